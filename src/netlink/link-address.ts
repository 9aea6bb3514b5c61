/** The addresses of network interfaces, as `ip address` lists them. rtnetlink(7). */

import { checkText } from '../errors/argument.js';
import { ifaddrmsg } from '../families/netlink/layout.js';
import type { NetlinkAttributeInput } from '../layout/netlink-attributes.js';
import { u8, u32 } from '../layout/record.js';
import * as c from './constants.js';
import type { IpFamily } from './ip-text.js';
import {
  attribute,
  bitsOf,
  checkInput,
  familyOf,
  field,
  ipAddress,
  number,
  type Properties,
  type Property,
  packOfFamily,
  readOfFamily,
  required,
  text,
} from './properties.js';

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

/** An address of an interface to pack. */
export interface LinkAddressInput {
  /** The index of the interface. */
  readonly index: number;
  /** The address family. The default is that of the address. */
  readonly family?: IpFamily | undefined;
  /** The local address, numeric. */
  readonly address: string;
  /** The address of the peer on a point-to-point link. The default is `address`. */
  readonly peer?: string | undefined;
  /** The length of the network prefix, in bits. The default is the length of the address: 32 or 128. */
  readonly prefixLength?: number | undefined;
  /** The broadcast address, for IPv4. */
  readonly broadcast?: string | undefined;
  /** An `RT_SCOPE_` constant. `RT_SCOPE_UNIVERSE`, which is 0, by default. */
  readonly scope?: number | undefined;
  /** `IFA_F_` constants, or-ed. */
  readonly flags?: number | undefined;
  /** The label, for IPv4, at most 15 bytes. It begins with the name of the interface. */
  readonly label?: string | undefined;
  /** Further attributes: `[[IFA_CACHEINFO, …]]`. */
  readonly attributes?: readonly NetlinkAttributeInput[] | undefined;
}

/** IFNAMSIZ of include/uapi/linux/if.h. */
const LABEL_SIZE = 16;

const local = attribute(c.IFA_LOCAL, ipAddress);
const peer = attribute(c.IFA_ADDRESS, ipAddress);
const allFlags = attribute(c.IFA_FLAGS, number(4));
const firstFlags = field(u8(ifaddrmsg.ifa_flags));

/** The attribute has all flags, the structure only the first eight. */
const flags: Property<number> = {
  read: from => allFlags.read(from) ?? firstFlags.read(from),
  write(into, value, argument) {
    allFlags.write(into, value, argument);
    firstFlags.write(into, value & 0xff, argument);
  },
};

const properties: Properties<Omit<LinkAddress, 'family' | 'address' | 'peer'>> & {
  readonly address: Property<string | undefined>;
  readonly peer: Property<string | undefined>;
} = {
  index: required(field(u32(ifaddrmsg.ifa_index))),
  address: { read: from => local.read(from) ?? peer.read(from), write: local.write },
  peer: { read: from => peer.read(from) ?? local.read(from), write: peer.write },
  prefixLength: field(u8(ifaddrmsg.ifa_prefixlen)),
  broadcast: attribute(c.IFA_BROADCAST, ipAddress),
  scope: field(u8(ifaddrmsg.ifa_scope)),
  flags,
  label: attribute(c.IFA_LABEL, text(LABEL_SIZE)),
};

/**
 * Parses the payload of RTM_NEWADDR or RTM_DELADDR.
 *
 * @returns `undefined` if it is of another address family, or too short
 * @throws TypeError naming the argument
 */
export function parseLinkAddress(payload: Uint8Array): LinkAddress | undefined {
  const found = readOfFamily(payload, ifaddrmsg.size, ifaddrmsg.ifa_family, properties);
  return found?.address === undefined ? undefined : (found as LinkAddress);
}

/**
 * Packs the payload of RTM_NEWADDR or RTM_DELADDR, as {@link parseLinkAddress} reads it.
 *
 * ```ts
 * const address = packLinkAddress({ index, address: '192.0.2.1', prefixLength: 24 });
 * await route.request(RTM_NEWADDR, address, NLM_F_CREATE | NLM_F_EXCL);
 * ```
 *
 * An address of `listAddresses()` is valid too, for example for RTM_DELADDR.
 *
 * @throws TypeError or RangeError naming the property
 * @see rtnetlink(7), ip-address(8)
 */
export function packLinkAddress(address: LinkAddressInput): Buffer {
  checkInput(address, 'address', properties, ['family']);
  checkText(address.address, 'address.address');
  const family = familyOf(address.family, 'address.family', [address.address]);
  const { address: host, peer: other = host, prefixLength = bitsOf(family) } = address;
  const given = { ...address, peer: other, prefixLength };
  return packOfFamily(ifaddrmsg.size, ifaddrmsg.ifa_family, properties, given, 'address', family);
}
