/** Options of netlink sockets, level SOL_NETLINK. netlink(7). */
import { SOL_NETLINK } from '../constants/socket.js';
import * as constants from '../families/netlink/constants.js';
import { list } from '../layout/bytes.js';
import type { Codec } from '../layout/codec.js';
import { boolean, natural, uint32 } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from './option.js';

const netlink = defineLevel({ constants, level: SOL_NETLINK, families: ['netlink'], man: 'netlink(7)' });

/** Joins a group, by its number: `RTNLGRP_LINK`, or what the control protocol of generic netlink says. */
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

/** The bits of group numbers, in words of 32; the first bit is group 1. */
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

/** Whether each message says the group it was sent to: the control message `NETLINK_PKTINFO`. */
export const pktinfo: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_PKTINFO', boolean);

/** Lets sending to a group fail if it fails for one of its members. */
export const broadcastError: Option<boolean, 'netlink'> = netlink.readWrite(
  'NETLINK_BROADCAST_ERROR',
  boolean,
);

/** Reports no `ENOBUFS` when messages were dropped for want of space. */
export const noEnobufs: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_NO_ENOBUFS', boolean);

/** Receives the messages of all network namespaces that have a number in this one’s. */
export const listenAllNsid: Option<boolean, 'netlink'> = netlink.readWrite(
  'NETLINK_LISTEN_ALL_NSID',
  boolean,
  {
    needs: 'CAP_NET_BROADCAST',
    note: 'old kernels do not let it be read',
  },
);

/** Leaves what was asked out of acknowledgements: their head is enough. */
export const capAck: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_CAP_ACK', boolean);

/** Lets acknowledgements say more: attributes with a message, the place of the mistake. */
export const extAck: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_EXT_ACK', boolean);

/** Has requests for lists checked strictly, and heeds what they ask for. */
export const getStrictChk: Option<boolean, 'netlink'> = netlink.readWrite('NETLINK_GET_STRICT_CHK', boolean, {
  since: '4.20',
});
