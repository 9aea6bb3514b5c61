/** Neighbours: the tables of ARP and neighbour discovery, as `ip neighbour` lists them. rtnetlink(7). */

import { ndmsg } from '../families/netlink/layout.js';
import { inputBytes } from '../layout/memory.js';
import { parseNetlinkAttributes } from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { hardwareTextOf, type IpFamily, ipFamilies, ipText } from './ip-text.js';

/** A neighbour on a link. */
export interface Neighbour {
  /** The index of the interface. */
  readonly index: number;
  /** The address family. */
  readonly family: IpFamily;
  /** The IP address, numeric. */
  readonly address: string;
  /** The hardware address: `'0a:1b:2c:3d:4e:5f'`. `undefined` while it is unknown. */
  readonly hardwareAddress: string | undefined;
  /** `NUD_` constants, or-ed; usually one: `NUD_REACHABLE`. */
  readonly state: number;
  /** `NTF_` constants, or-ed: `NTF_ROUTER`, … */
  readonly flags: number;
  /** An `RTN_` constant. */
  readonly type: number;
}

/**
 * Parses the payload of RTM_NEWNEIGH or RTM_DELNEIGH.
 *
 * @returns `undefined` if it is of another address family, or too short
 * @throws TypeError naming the argument
 */
export function parseNeighbour(payload: Uint8Array): Neighbour | undefined {
  return neighbourOf(inputBytes(payload, 'payload'));
}

function neighbourOf(payload: Buffer): Neighbour | undefined {
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
    hardwareAddress: hardwareTextOf(attributes.get(c.NDA_LLADDR)),
    state: view.getUint16(ndmsg.ndm_state, littleEndian),
    flags: payload[ndmsg.ndm_flags]!,
    type: payload[ndmsg.ndm_type]!,
  };
}
