/** Neighbours: the tables of ARP and neighbour discovery, as `ip neighbour` lists them. rtnetlink(7). */

import { checkText } from '../errors/argument.js';
import { ndmsg } from '../families/netlink/layout.js';
import type { NetlinkAttributeInput } from '../layout/netlink-attributes.js';
import { i32, u8, u16 } from '../layout/record.js';
import * as c from './constants.js';
import type { IpFamily } from './ip-text.js';
import {
  attribute,
  checkInput,
  familyOf,
  field,
  hardware,
  ipAddress,
  type Properties,
  type Property,
  packOfFamily,
  readOfFamily,
  required,
} from './properties.js';

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

/** A neighbour on a link to pack. */
export interface NeighbourInput {
  /** The index of the interface. */
  readonly index: number;
  /** The address family. The default is that of the address. */
  readonly family?: IpFamily | undefined;
  /** The IP address, numeric. */
  readonly address: string;
  /** The hardware address: `'0a:1b:2c:3d:4e:5f'`. */
  readonly hardwareAddress?: string | undefined;
  /** `NUD_` constants, or-ed. `NUD_PERMANENT` by default. */
  readonly state?: number | undefined;
  /** `NTF_` constants, or-ed. None by default. */
  readonly flags?: number | undefined;
  /** An `RTN_` constant. The kernel ignores it. */
  readonly type?: number | undefined;
  /** Further attributes. */
  readonly attributes?: readonly NetlinkAttributeInput[] | undefined;
}

const properties: Properties<Omit<Neighbour, 'family' | 'address'>> & {
  readonly address: Property<string | undefined>;
} = {
  index: required(field(i32(ndmsg.ndm_ifindex))),
  address: attribute(c.NDA_DST, ipAddress),
  hardwareAddress: attribute(c.NDA_LLADDR, hardware),
  state: field(u16(ndmsg.ndm_state)),
  flags: field(u8(ndmsg.ndm_flags)),
  type: field(u8(ndmsg.ndm_type)),
};

/**
 * Parses the payload of RTM_NEWNEIGH or RTM_DELNEIGH.
 *
 * @returns `undefined` if it is of another address family, or too short
 * @throws TypeError naming the argument
 */
export function parseNeighbour(payload: Uint8Array): Neighbour | undefined {
  const found = readOfFamily(payload, ndmsg.size, ndmsg.ndm_family, properties);
  return found?.address === undefined ? undefined : (found as Neighbour);
}

/**
 * Packs the payload of RTM_NEWNEIGH or RTM_DELNEIGH, as {@link parseNeighbour} reads it. A neighbour of `listNeighbours()`
 * is valid too.
 *
 * ```ts
 * const neighbour = packNeighbour({ index, address: '192.0.2.254', hardwareAddress: '02:00:00:00:00:fe' });
 * await route.request(RTM_NEWNEIGH, neighbour, NLM_F_CREATE | NLM_F_REPLACE);
 * ```
 *
 * @throws TypeError or RangeError naming the property
 * @see rtnetlink(7), ip-neighbour(8)
 */
export function packNeighbour(neighbour: NeighbourInput): Buffer {
  checkInput(neighbour, 'neighbour', properties, ['family']);
  checkText(neighbour.address, 'neighbour.address');
  const family = familyOf(neighbour.family, 'neighbour.family', [neighbour.address]);
  const { state = c.NUD_PERMANENT } = neighbour;
  const given = { ...neighbour, state };
  return packOfFamily(ndmsg.size, ndmsg.ndm_family, properties, given, 'neighbour', family);
}
