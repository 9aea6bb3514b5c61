/**
 * Options for multicast groups and anycast addresses: RFC 3493, RFC 3678. The functions of `multicast` are easier to
 * use.
 */

import { interfaceAt, interfaceNumber } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { ipv6_mreq } from '../../families/inet6/layout.js';
import type { Codec } from '../../layout/codec.js';
import { ipv6 as host } from '../../layout/ip.js';
import { boolean, rangeOrDefault } from '../../layout/numbers.js';
import { optional, record } from '../../layout/record.js';
import { ipv6, ipv6Packets } from '../levels.js';
import {
  type GroupMembership,
  type GroupSource,
  groupMembership,
  groupSource,
  joining,
  leaving,
} from '../membership.js';
import type { Option, WriteOnlyOption } from '../option.js';
import { type SourceFilter, sourceFilter } from '../source-filter.js';

/** The interface for sent multicast packets; 0 for the route’s. */
export const multicastIf: Option<number, 'inet6', InterfaceInput> = ipv6Packets.readWrite(
  'IPV6_MULTICAST_IF',
  interfaceNumber,
);

/** The hop limit of multicast packets; -1 for the default, 1, with which they stay in the local network. */
export const multicastHops: Option<number, 'inet6'> = ipv6Packets.readWrite(
  'IPV6_MULTICAST_HOPS',
  rangeOrDefault(0, 255),
);

/** Whether this machine receives its own multicast packets. */
export const multicastLoop: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_MULTICAST_LOOP', boolean);

/** Whether the socket receives groups that other sockets of this machine joined. */
export const multicastAll: Option<boolean, 'inet6'> = ipv6.readWrite('IPV6_MULTICAST_ALL', boolean, {
  since: '4.20',
  note: 'true by default',
});

const membership: Codec<GroupMembership> = record<GroupMembership>(ipv6_mreq.size, {
  group: host(ipv6_mreq.ipv6mr_multiaddr),
  interface: optional(interfaceAt(ipv6_mreq.ipv6mr_interface), 0),
});

/** Joins a group. */
export const joinGroup: WriteOnlyOption<GroupMembership, 'inet6'> = ipv6Packets.writeOnly(
  'IPV6_JOIN_GROUP',
  membership,
  { reasons: joining },
);

/** Leaves a group. */
export const leaveGroup: WriteOnlyOption<GroupMembership, 'inet6'> = ipv6Packets.writeOnly(
  'IPV6_LEAVE_GROUP',
  membership,
  { reasons: leaving },
);

/** Joins an anycast address. Several machines have the same one, and the nearest answers. */
export const joinAnycast: WriteOnlyOption<GroupMembership, 'inet6'> = ipv6.writeOnly(
  'IPV6_JOIN_ANYCAST',
  membership,
  { needs: 'CAP_NET_ADMIN' },
);

/** Leaves an anycast address. */
export const leaveAnycast: WriteOnlyOption<GroupMembership, 'inet6'> = ipv6.writeOnly(
  'IPV6_LEAVE_ANYCAST',
  membership,
);

const rfc3678 = ipv6Packets.only({ man: 'RFC 3678' });

/** Joins a group on an interface, by index or name. */
export const mcastJoinGroup: WriteOnlyOption<GroupMembership, 'inet6'> = rfc3678.writeOnly(
  'MCAST_JOIN_GROUP',
  groupMembership,
  { reasons: joining },
);

/** Leaves a group. */
export const mcastLeaveGroup: WriteOnlyOption<GroupMembership, 'inet6'> = rfc3678.writeOnly(
  'MCAST_LEAVE_GROUP',
  groupMembership,
  { reasons: leaving },
);

/** Joins a group, only for one source. */
export const mcastJoinSourceGroup: WriteOnlyOption<GroupSource, 'inet6'> = rfc3678.writeOnly(
  'MCAST_JOIN_SOURCE_GROUP',
  groupSource,
  { reasons: joining },
);

/** Leaves a group for one source. */
export const mcastLeaveSourceGroup: WriteOnlyOption<GroupSource, 'inet6'> = rfc3678.writeOnly(
  'MCAST_LEAVE_SOURCE_GROUP',
  groupSource,
  { reasons: leaving },
);

/** Blocks one source of a joined group. */
export const mcastBlockSource: WriteOnlyOption<GroupSource, 'inet6'> = rfc3678.writeOnly(
  'MCAST_BLOCK_SOURCE',
  groupSource,
);

/** Unblocks a source. */
export const mcastUnblockSource: WriteOnlyOption<GroupSource, 'inet6'> = rfc3678.writeOnly(
  'MCAST_UNBLOCK_SOURCE',
  groupSource,
);

/** The whole source list of a group: the only sources that are received, or those that are not. */
export const mcastMsfilter: Option<SourceFilter, 'inet6'> = rfc3678.readWrite(
  'MCAST_MSFILTER',
  sourceFilter,
  {
    note: 'the socket must be a member; read it with withParameter(ipv6.mcastMsfilter, { group, interface })',
  },
);
