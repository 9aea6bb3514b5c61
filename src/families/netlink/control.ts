/** The control messages of netlink. netlink(7). */

import { SOL_NETLINK } from '../../constants/socket.js';
import { int } from '../../layout/numbers.js';
import { single, u32 } from '../../layout/record.js';
import { defineReceived, type Receivable } from '../../message/codec.js';
import { NETLINK_LISTEN_ALL_NSID, NETLINK_PKTINFO } from './constants.js';
import { nl_pktinfo } from './layout.js';

/**
 * The number of the multicast group that a message was sent to; 0 if it was sent only to this socket. Use it for groups above 32,
 * which do not fit in the mask of an address.
 *
 * Enable it with `setsockopt(SOL_NETLINK, NETLINK_PKTINFO, 1)`.
 *
 * @see netlink(7), NETLINK_PKTINFO
 */
export const netlinkGroup: Receivable<number> = defineReceived(
  {
    name: 'NETLINK_PKTINFO',
    level: SOL_NETLINK,
    type: NETLINK_PKTINFO,
    man: 'netlink(7)',
    option: 'NETLINK_PKTINFO',
  },
  single('integer, 32 bits unsigned', u32(nl_pktinfo.group)),
);

/**
 * The network namespace that a message comes from, by its number in this namespace (`ip netns list-id`). Only messages
 * of other namespaces have it.
 *
 * Enable it with `setsockopt(SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1)`.
 *
 * @see netlink(7), NETLINK_LISTEN_ALL_NSID
 */
export const netlinkNamespace: Receivable<number> = defineReceived(
  {
    name: 'NETLINK_LISTEN_ALL_NSID',
    level: SOL_NETLINK,
    type: NETLINK_LISTEN_ALL_NSID,
    man: 'netlink(7)',
    option: 'NETLINK_LISTEN_ALL_NSID',
  },
  int,
);
