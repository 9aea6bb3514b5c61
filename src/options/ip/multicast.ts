/**
 * Options for multicast groups: RFC 1112, and the protocol-independent options of RFC 3678. The functions of
 * `multicast` are easier to use.
 */
import { boolean, rangeOrDefault } from '../../layout/numbers.js';
import { type Inet, ip, ipPackets } from '../levels.js';
import * as m from '../membership.js';
import type { Option, WriteOnlyOption } from '../option.js';
import { ipv4SourceFilter, type SourceFilter, sourceFilter } from '../source-filter.js';

const MEMBER = 'the socket must be a member';

/**
 * The interface for sent multicast packets: its index, its name, or one of its addresses, which is then the source
 * address. With an index or a name, the source is the first address of the interface.
 */
export const multicastIf: Option<string, Inet, m.MulticastInterface> = ipPackets.readWrite(
  'IP_MULTICAST_IF',
  m.multicastInterface,
  { note: 'reading returns the source address' },
);

/** The time to live of multicast packets; -1 for the default, 1, with which they stay in the local network. */
export const multicastTtl: Option<number, Inet> = ipPackets.readWrite(
  'IP_MULTICAST_TTL',
  rangeOrDefault(0, 255),
);

/** Whether this machine receives its own multicast packets. */
export const multicastLoop: Option<boolean, Inet> = ip.readWrite('IP_MULTICAST_LOOP', boolean);

/** Whether the socket receives groups that other sockets of this machine joined. */
export const multicastAll: Option<boolean, Inet> = ip.readWrite('IP_MULTICAST_ALL', boolean, {
  note: 'true by default',
});

/** Joins a group. */
export const addMembership: WriteOnlyOption<m.Membership, Inet> = ipPackets.writeOnly(
  'IP_ADD_MEMBERSHIP',
  m.membership,
  { reasons: m.joining, note: 'at most net.ipv4.igmp_max_memberships groups: 20' },
);

/** Leaves a group. */
export const dropMembership: WriteOnlyOption<m.Membership, Inet> = ipPackets.writeOnly(
  'IP_DROP_MEMBERSHIP',
  m.membership,
  { reasons: m.leaving },
);

/** Joins a group, only for one source. */
export const addSourceMembership: WriteOnlyOption<m.SourceMembership, Inet> = ipPackets.writeOnly(
  'IP_ADD_SOURCE_MEMBERSHIP',
  m.sourceMembership,
  { reasons: m.joining },
);

/** Leaves a group for one source. */
export const dropSourceMembership: WriteOnlyOption<m.SourceMembership, Inet> = ipPackets.writeOnly(
  'IP_DROP_SOURCE_MEMBERSHIP',
  m.sourceMembership,
  { reasons: m.leaving },
);

/** Blocks one source of a joined group. */
export const blockSource: WriteOnlyOption<m.SourceMembership, Inet> = ipPackets.writeOnly(
  'IP_BLOCK_SOURCE',
  m.sourceMembership,
);

/** Unblocks a source. */
export const unblockSource: WriteOnlyOption<m.SourceMembership, Inet> = ipPackets.writeOnly(
  'IP_UNBLOCK_SOURCE',
  m.sourceMembership,
);

/** The whole source list of a group: the only sources that are received, or those that are not. */
export const msfilter: Option<SourceFilter<string>, Inet> = ipPackets.readWrite(
  'IP_MSFILTER',
  ipv4SourceFilter,
  { note: `${MEMBER}; read it with withParameter(ip.msfilter, { group, interface })` },
);

const rfc3678 = ipPackets.only({ man: 'RFC 3678' });

/** Joins a group on an interface, by index or name. */
export const mcastJoinGroup: WriteOnlyOption<m.GroupMembership, Inet> = rfc3678.writeOnly(
  'MCAST_JOIN_GROUP',
  m.groupMembership,
  { reasons: m.joining },
);

/** Leaves a group. */
export const mcastLeaveGroup: WriteOnlyOption<m.GroupMembership, Inet> = rfc3678.writeOnly(
  'MCAST_LEAVE_GROUP',
  m.groupMembership,
  { reasons: m.leaving },
);

/** Joins a group, only for one source. */
export const mcastJoinSourceGroup: WriteOnlyOption<m.GroupSource, Inet> = rfc3678.writeOnly(
  'MCAST_JOIN_SOURCE_GROUP',
  m.groupSource,
  { reasons: m.joining },
);

/** Leaves a group for one source. */
export const mcastLeaveSourceGroup: WriteOnlyOption<m.GroupSource, Inet> = rfc3678.writeOnly(
  'MCAST_LEAVE_SOURCE_GROUP',
  m.groupSource,
  { reasons: m.leaving },
);

/** Blocks one source of a joined group. */
export const mcastBlockSource: WriteOnlyOption<m.GroupSource, Inet> = rfc3678.writeOnly(
  'MCAST_BLOCK_SOURCE',
  m.groupSource,
);

/** Unblocks a source. */
export const mcastUnblockSource: WriteOnlyOption<m.GroupSource, Inet> = rfc3678.writeOnly(
  'MCAST_UNBLOCK_SOURCE',
  m.groupSource,
);

/** The whole source list of a group: the only sources that are received, or those that are not. */
export const mcastMsfilter: Option<SourceFilter, Inet> = rfc3678.readWrite('MCAST_MSFILTER', sourceFilter, {
  note: `${MEMBER}; read it with withParameter(ip.mcastMsfilter, { group, interface })`,
});
