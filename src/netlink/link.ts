/** Links, which are network interfaces, as `ip link` lists them. rtnetlink(7). */

import { ifinfomsg } from '../families/netlink/layout.js';
import { inputBytes } from '../layout/memory.js';
import {
  attributeNumber,
  attributeText,
  nestedAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { hardwareTextOf } from './ip-text.js';

/** A network interface. */
export interface Link {
  /** The interface index. */
  readonly index: number;
  /** The interface name. */
  readonly name: string;
  /** `IFF_` constants, or-ed. */
  readonly flags: number;
  /** The maximum transmission unit, in bytes. */
  readonly mtu: number;
  /** The kind of device: an `ARPHRD_` constant. */
  readonly hardwareType: number;
  /** The hardware address: `'0a:1b:2c:3d:4e:5f'`. `undefined` if the link has none. */
  readonly hardwareAddress: string | undefined;
  /** The broadcast address of the link layer. */
  readonly hardwareBroadcast: string | undefined;
  /** The operational state of RFC 2863: an `IF_OPER_` constant. */
  readonly operationalState: number;
  /** The kind of virtual link: `'veth'`, `'bridge'`, `'vcan'`, … `undefined` for a physical device. */
  readonly kind: string | undefined;
  /** The index of the bridge or bond that the link belongs to. */
  readonly master: number | undefined;
  /** The index of the link below, for example of a VLAN, or of the peer of a veth pair. */
  readonly lower: number | undefined;
  /** The queueing discipline: `'noqueue'`, `'fq_codel'`. */
  readonly queueing: string | undefined;
  /** The length of the transmit queue, in packets. */
  readonly queueLength: number | undefined;
  /** The alias that an administrator gave the link. */
  readonly alias: string | undefined;
}

/**
 * Parses the payload of RTM_NEWLINK or RTM_DELLINK.
 *
 * @returns `undefined` if it is too short
 * @throws TypeError naming the argument
 */
export function parseLink(payload: Uint8Array): Link | undefined {
  return linkOf(inputBytes(payload, 'payload'));
}

function linkOf(payload: Buffer): Link | undefined {
  if (payload.length < ifinfomsg.size) return undefined;
  const view = viewOf(payload);
  const attributes = parseNetlinkAttributes(payload.subarray(ifinfomsg.size));
  return {
    index: view.getInt32(ifinfomsg.ifi_index, littleEndian),
    name: attributeText(attributes.get(c.IFLA_IFNAME)) ?? '',
    flags: view.getUint32(ifinfomsg.ifi_flags, littleEndian),
    mtu: attributeNumber(attributes.get(c.IFLA_MTU)) ?? 0,
    hardwareType: view.getUint16(ifinfomsg.ifi_type, littleEndian),
    hardwareAddress: hardwareTextOf(attributes.get(c.IFLA_ADDRESS)),
    hardwareBroadcast: hardwareTextOf(attributes.get(c.IFLA_BROADCAST)),
    operationalState: attributeNumber(attributes.get(c.IFLA_OPERSTATE)) ?? c.IF_OPER_UNKNOWN,
    kind: attributeText(nestedAttributes(attributes.get(c.IFLA_LINKINFO)).get(c.IFLA_INFO_KIND)),
    master: attributeNumber(attributes.get(c.IFLA_MASTER)),
    lower: attributeNumber(attributes.get(c.IFLA_LINK)),
    queueing: attributeText(attributes.get(c.IFLA_QDISC)),
    queueLength: attributeNumber(attributes.get(c.IFLA_TXQLEN)),
    alias: attributeText(attributes.get(c.IFLA_IFALIAS)),
  };
}
