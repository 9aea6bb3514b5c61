/** The addresses of network interfaces, as `ip address` lists them. rtnetlink(7). */

import { ifaddrmsg } from '../families/netlink/layout.js';
import { inputBytes } from '../layout/memory.js';
import { attributeNumber, attributeText, parseNetlinkAttributes } from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { type IpFamily, ipFamilies, ipText } from './ip-text.js';

/** An address of an interface. */
export interface LinkAddress {
  /** The index of the interface. */
  readonly index: number;
  /** The address family. */
  readonly family: IpFamily;
  /** The local address, numeric. */
  readonly address: string;
  /** The address of the peer on a point-to-point link; otherwise equal to `address`. */
  readonly peer: string;
  /** The length of the network prefix, in bits. */
  readonly prefixLength: number;
  /** The broadcast address, for IPv4. */
  readonly broadcast: string | undefined;
  /** An `RT_SCOPE_` constant. */
  readonly scope: number;
  /** `IFA_F_` constants, or-ed: permanent, tentative, deprecated, … */
  readonly flags: number;
  /** The label, for IPv4: `'eth0:1'`. */
  readonly label: string | undefined;
}

/**
 * Parses the payload of RTM_NEWADDR or RTM_DELADDR.
 *
 * @returns `undefined` if it is of another address family, or too short
 * @throws TypeError naming the argument
 */
export function parseLinkAddress(payload: Uint8Array): LinkAddress | undefined {
  return linkAddressOf(inputBytes(payload, 'payload'));
}

function linkAddressOf(payload: Buffer): LinkAddress | undefined {
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
