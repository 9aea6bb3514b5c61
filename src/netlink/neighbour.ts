/** Neighbours, the tables of ARP and of neighbour discovery: what `ip neighbour` lists. rtnetlink(7). */

import { ndmsg } from '../families/netlink/layout.js';
import { parseNetlinkAttributes } from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { hardwareText, type IpFamily, ipFamilies, ipText } from './ip-text.js';

/** A neighbour on a link. */
export interface Neighbour {
  /** The index of the interface. */
  readonly index: number;
  /** Of IPv4 or of IPv6. */
  readonly family: IpFamily;
  /** Its address, in numbers. */
  readonly address: string;
  /** Its hardware address, `'0a:1b:2c:3d:4e:5f'`; `undefined` while it is not known. */
  readonly hardwareAddress: string | undefined;
  /** `NUD_` constants, or-ed; mostly one: `NUD_REACHABLE`. */
  readonly state: number;
  /** `NTF_` constants, or-ed: whether it is a router, … */
  readonly flags: number;
  /** An `RTN_` constant. */
  readonly type: number;
}

/** Reads the payload of RTM_NEWNEIGH or RTM_DELNEIGH; `undefined` for one of another family, or too short to be one. */
export function parseNeighbour(payload: Buffer): Neighbour | undefined {
  if (payload.length < ndmsg.size) return undefined;
  const number = payload[ndmsg.ndm_family]!;
  const family = ipFamilies.get(number);
  const attributes = parseNetlinkAttributes(payload.subarray(ndmsg.size));
  const address = ipText(number, attributes.get(c.NDA_DST));
  if (family === undefined || address === undefined) return undefined;
  const view = viewOf(payload);
  return {
    index: view.getInt32(ndmsg.ndm_ifindex, littleEndian),
    family,
    address,
    hardwareAddress: hardwareText(attributes.get(c.NDA_LLADDR)),
    state: view.getUint16(ndmsg.ndm_state, littleEndian),
    flags: payload[ndmsg.ndm_flags]!,
    type: payload[ndmsg.ndm_type]!,
  };
}
