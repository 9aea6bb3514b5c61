/** Links, the network interfaces: what `ip link` lists. rtnetlink(7). */

import { ifinfomsg } from '../families/netlink/layout.js';
import {
  attributeNumber,
  attributeText,
  nestedAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { hardwareText } from './ip-text.js';

/** A network interface. */
export interface Link {
  /** The interface’s index. */
  readonly index: number;
  /** Its name. */
  readonly name: string;
  /** `IFF_` constants, or-ed. */
  readonly flags: number;
  /** The largest packet, in bytes. */
  readonly mtu: number;
  /** The kind of device: an `ARPHRD_` constant. */
  readonly hardwareType: number;
  /** The hardware address, `'0a:1b:2c:3d:4e:5f'`; `undefined` where it has none. */
  readonly hardwareAddress: string | undefined;
  /** The address that all on the link hear. */
  readonly hardwareBroadcast: string | undefined;
  /** An `IF_OPER_` constant: whether it works (RFC 2863). */
  readonly operationalState: number;
  /** `'veth'`, `'bridge'`, `'vcan'`, …; `undefined` for a plain device. */
  readonly kind: string | undefined;
  /** The index of the bridge or bond that it belongs to. */
  readonly master: number | undefined;
  /** The index of the link below it, as of a VLAN, or of the other end of a veth pair. */
  readonly lower: number | undefined;
  /** The queueing discipline: `'noqueue'`, `'fq_codel'`. */
  readonly queueing: string | undefined;
  /** The length of the transmit queue, in packets. */
  readonly queueLength: number | undefined;
  /** What somebody called it. */
  readonly alias: string | undefined;
}

/** Reads the payload of RTM_NEWLINK or RTM_DELLINK; `undefined` where it is too short to be one. */
export function parseLink(payload: Buffer): Link | undefined {
  if (payload.length < ifinfomsg.size) return undefined;
  const view = viewOf(payload);
  const attributes = parseNetlinkAttributes(payload.subarray(ifinfomsg.size));
  return {
    index: view.getInt32(ifinfomsg.ifi_index, littleEndian),
    name: attributeText(attributes.get(c.IFLA_IFNAME)) ?? '',
    flags: view.getUint32(ifinfomsg.ifi_flags, littleEndian),
    mtu: attributeNumber(attributes.get(c.IFLA_MTU)) ?? 0,
    hardwareType: view.getUint16(ifinfomsg.ifi_type, littleEndian),
    hardwareAddress: hardwareText(attributes.get(c.IFLA_ADDRESS)),
    hardwareBroadcast: hardwareText(attributes.get(c.IFLA_BROADCAST)),
    operationalState: attributeNumber(attributes.get(c.IFLA_OPERSTATE)) ?? c.IF_OPER_UNKNOWN,
    kind: attributeText(nestedAttributes(attributes.get(c.IFLA_LINKINFO)).get(c.IFLA_INFO_KIND)),
    master: attributeNumber(attributes.get(c.IFLA_MASTER)),
    lower: attributeNumber(attributes.get(c.IFLA_LINK)),
    queueing: attributeText(attributes.get(c.IFLA_QDISC)),
    queueLength: attributeNumber(attributes.get(c.IFLA_TXQLEN)),
    alias: attributeText(attributes.get(c.IFLA_IFALIAS)),
  };
}
