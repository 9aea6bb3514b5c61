/** AF_CAN. */
import type { Difference } from './difference.js';

export const can: readonly Difference[] = [
  ...['can raw', 'can isotp'].map(rows => ({
    rows,
    behaviours: ['the kernel says what the socket is'],
    why: 'the protocol is not told: net/can/af_can.c, can_create',
    fails: /0 !== /,
  })),
  {
    rows: 'can isotp',
    behaviours: ['a datagram that is too long'],
    why: 'is EINVAL: net/can/isotp.c, isotp_sendmsg',
    fails: /send EINVAL/,
  },
  {
    rows: 'can isotp',
    behaviours: ['each end knows its own name', 'what is printed'],
    why: 'a channel has no peer with a name: net/can/isotp.c, isotp_getname',
    fails: /getpeername ENOTSUP/,
  },
  {
    rows: 'can j1939',
    behaviours: ['a datagram that is too long'],
    why: 'is sent in pieces, as many as there is memory for: net/can/j1939/socket.c, j1939_sk_send_loop',
    fails: /did not fail/,
  },
  {
    rows: 'can j1939',
    behaviours: ['MSG_PEEK leaves', 'MSG_TRUNC tells', 'breaking off the loop over datagrams'],
    why: 'there are no such flags: net/can/j1939/socket.c, j1939_sk_recvmsg',
    fails: /recv EINVAL/,
  },
  {
    rows: 'can j1939',
    behaviours: ['sending without an address'],
    why: 'is for all nodes, which takes SO_BROADCAST: net/can/j1939/socket.c, j1939_sk_sendmsg',
    fails: /send EACCES/,
  },
  {
    rows: 'can j1939',
    behaviours: ['a name that is taken', 'binding twice fails'],
    why: 'many sockets may be one node, and change it: net/can/j1939/socket.c, j1939_sk_bind',
    fails: /did not fail/,
  },
  {
    rows: 'can j1939',
    behaviours: ['getpeername of what is not connected', 'connect acts at once'],
    why: 'is EADDRNOTAVAIL: net/can/j1939/socket.c, j1939_sk_getname',
    fails: /getpeername EADDRNOTAVAIL/,
  },
];
