/** AF_NETLINK, AF_RDS and AF_QIPCRTR. */
import type { Difference } from './difference.js';

export const messages: readonly Difference[] = [
  {
    rows: 'netlink',
    behaviours: ['a message may be empty', 'an empty message', 'datagrams gives each message'],
    why: 'no message is empty: net/netlink/af_netlink.c, netlink_sendmsg',
    fails: /send(to)? ENODATA/,
  },
  {
    rows: 'netlink',
    behaviours: ['sending without an address'],
    why: 'goes to the kernel, which does not hear NETLINK_USERSOCK: net/netlink/af_netlink.c, netlink_getsockbyportid',
    fails: /send ECONNREFUSED/,
  },
  {
    rows: 'netlink',
    behaviours: ['getpeername of what is not connected'],
    why: 'is the kernel: net/netlink/af_netlink.c, netlink_getname',
    fails: /did not fail/,
  },
  {
    rows: 'rds',
    behaviours: ['sending without an address'],
    why: 'is not connected: net/rds/send.c, rds_sendmsg',
    fails: /send ENOTCONN/,
  },
  {
    rows: 'rds',
    behaviours: ['shutdown of what is not connected'],
    why: 'there is no shutdown: net/rds/af_rds.c, rds_proto_ops',
    fails: /shutdown ENOTSUP/,
  },
  {
    rows: 'rds',
    behaviours: ['connect acts at once'],
    why: 'connecting gives no address of its own: net/rds/af_rds.c, rds_connect',
    fails: /send ENOTCONN/,
  },
  {
    rows: 'rds',
    behaviours: ['the kernel’s own timeout'],
    why: 'ends with ETIMEDOUT: net/rds/recv.c, rds_recvmsg',
    fails: /recv ETIMEDOUT/,
  },
  {
    rows: 'qipcrtr',
    behaviours: ['MSG_TRUNC tells'],
    why: 'the true length is never told: net/qrtr/af_qrtr.c, qrtr_recvmsg',
    fails: /3 !== 8/,
  },
  {
    rows: 'qipcrtr',
    behaviours: ['sending without an address'],
    why: 'is not connected: net/qrtr/af_qrtr.c, qrtr_sendmsg',
    fails: /send ENOTCONN/,
  },
  {
    rows: 'qipcrtr',
    behaviours: ['binding twice fails'],
    why: 'a socket may be bound anew: net/qrtr/af_qrtr.c, __qrtr_bind',
    fails: /did not fail/,
  },
];
