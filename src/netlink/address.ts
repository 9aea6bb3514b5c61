/** The addresses of links: what `ip address` lists. rtnetlink(7). */

import { ifaddrmsg } from '../families/netlink/layout.js';
import { attributeNumber, attributeText, parseNetlinkAttributes } from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { type IpFamily, ipFamilies, ipText } from './ip-text.js';

/** An address of an interface. */
export interface LinkAddress {
  /** The index of the interface. */
  readonly index: number;
  /** Of IPv4 or of IPv6. */
  readonly family: IpFamily;
  /** The local address, in numbers. */
  readonly address: string;
  /** The other end's, on a point-to-point link; else the same. */
  readonly peer: string;
  /** How many leading bits are the network's. */
  readonly prefixLength: number;
  /** The broadcast address; IPv4 alone has one. */
  readonly broadcast: string | undefined;
  /** An `RT_SCOPE_` constant. */
  readonly scope: number;
  /** `IFA_F_` constants, or-ed: whether it is permanent, tentative, deprecated, … */
  readonly flags: number;
  /** The label, `'eth0:1'`; IPv4 alone has one. */
  readonly label: string | undefined;
}

/** Reads the payload of RTM_NEWADDR or RTM_DELADDR; `undefined` for one of another family, or too short to be one. */
export function parseLinkAddress(payload: Buffer): LinkAddress | undefined {
  if (payload.length < ifaddrmsg.size) return undefined;
  const number = payload[ifaddrmsg.ifa_family]!;
  const family = ipFamilies.get(number);
  if (family === undefined) return undefined;
  const attributes = parseNetlinkAttributes(payload.subarray(ifaddrmsg.size));
  const peer = ipText(number, attributes.get(c.IFA_ADDRESS));
  const address = ipText(number, attributes.get(c.IFA_LOCAL)) ?? peer;
  if (address === undefined) return undefined;
  const view = viewOf(payload);
  return {
    index: view.getUint32(ifaddrmsg.ifa_index, littleEndian),
    family,
    address,
    peer: peer ?? address,
    prefixLength: payload[ifaddrmsg.ifa_prefixlen]!,
    broadcast: ipText(number, attributes.get(c.IFA_BROADCAST)),
    scope: payload[ifaddrmsg.ifa_scope]!,
    flags: attributeNumber(attributes.get(c.IFA_FLAGS)) ?? payload[ifaddrmsg.ifa_flags]!,
    label: attributeText(attributes.get(c.IFA_LABEL)),
  };
}
