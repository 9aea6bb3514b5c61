/** Options of netlink sockets, level SOL_NETLINK. netlink(7). */
import { SOL_NETLINK } from '../constants/socket.js';
import * as constants from '../families/netlink/constants.js';
import { list } from '../layout/bytes.js';
import type { Codec } from '../layout/codec.js';
import { boolean, natural, uint32 } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from './option.js';

const netlink = defineLevel({ constants, level: SOL_NETLINK, families: ['netlink'], man: 'netlink(7)' });

/** Joins a group, by its number: `RTNLGRP_LINK`, or a number that generic netlink’s control family reports. */
export const addMembership: WriteOnlyOption<number, 'netlink'> = netlink.writeOnly(
  'NETLINK_ADD_MEMBERSHIP',
  natural,
  { needs: 'CAP_NET_ADMIN for some protocols' },
);

/** Leaves a group. */
export const dropMembership: WriteOnlyOption<number, 'netlink'> = netlink.writeOnly(
  'NETLINK_DROP_MEMBERSHIP',
  natural,
);

/** Group numbers as bits, in 32-bit words. The first bit is group 1. */
const words = list(uint32, 4);

const groups: Codec<readonly number[], never> = {
  ...words,
  type: 'array of group numbers',
  decode(bytes) {
    const numbers = words
      .decode(bytes)
      .flatMap((word, i) =>
        Array.from({ length: 32 }, (_, bit) => ((word >>> bit) & 1 ? i * 32 + bit + 1 : 0)),
      );
    return Object.freeze(numbers.filter(number => number > 0));
  },
};

/** The groups that the socket has joined. */
export const listMemberships: ReadOnlyOption<readonly number[], 'netlink'> = netlink.readOnly(
  'NETLINK_LIST_MEMBERSHIPS',
  groups,
);

/** Adds the control message `NETLINK_PKTINFO` to each message: the group it was sent to. */
export const pktinfo: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_PKTINFO', boolean);

/** Makes sending to a group fail if it fails for one of the members. */
export const broadcastError: Option<boolean, 'netlink'> = netlink.readWrite(
  'NETLINK_BROADCAST_ERROR',
  boolean,
);

/** Suppresses `ENOBUFS` errors when messages were dropped because the buffer was full. */
export const noEnobufs: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_NO_ENOBUFS', boolean);

/** Receives messages from all network namespaces that have an id in the socket’s namespace. */
export const listenAllNsid: Option<boolean, 'netlink'> = netlink.readWrite(
  'NETLINK_LISTEN_ALL_NSID',
  boolean,
  {
    needs: 'CAP_NET_BROADCAST',
    note: 'write-only on old kernels',
  },
);

/** Omits the payload of the request from acknowledgements; they contain only its header. */
export const capAck: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_CAP_ACK', boolean);

/** Adds attributes to acknowledgements: an error message, and the position of the error in the request. */
export const extAck: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_EXT_ACK', boolean);

/** Makes the kernel check requests for lists strictly and apply the filters in them. */
export const getStrictChk: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_GET_STRICT_CHK', boolean, {
  since: '4.20',
});
