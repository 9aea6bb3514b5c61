/** AF_TIPC. */
import type { Difference } from './difference.js';

export const tipc: readonly Difference[] = [
  {
    rows: 'tipc',
    behaviours: ['bind gives the name'],
    why: 'the name of a socket is its number; what is bound is what it offers: net/tipc/socket.c, tipc_getname',
    fails: /undefined/,
  },
  {
    rows: 'tipc',
    behaviours: ['a name that is taken'],
    why: 'many may offer the same, and the number of a socket cannot be bound: net/tipc/socket.c, tipc_bind',
    fails: /bind EAFNOSUPPORT/,
  },
  {
    rows: 'tipc',
    behaviours: ['binding twice fails'],
    why: 'a socket may offer many services: net/tipc/socket.c, __tipc_bind',
    fails: /did not fail/,
  },
  {
    rows: 'tipc',
    behaviours: ['connect to where nobody listens'],
    why: 'a service that nobody offers has no place: net/tipc/socket.c, __tipc_sendmsg',
    fails: /connect EHOSTUNREACH/,
  },
  {
    rows: 'tipc',
    behaviours: ['connectEx gives 0', 'connect of a connected socket', 'connect leaves the descriptor'],
    why: 'connecting ends when it is accepted: net/tipc/socket.c, tipc_accept',
    waits: true,
  },
  ...['tipc stream', 'tipc seqpacket'].map(rows => ({
    rows,
    behaviours: ['connect acts at once'],
    why: 'connecting ends when it is accepted: net/tipc/socket.c, tipc_accept',
    waits: true as const,
  })),
  {
    rows: 'tipc',
    behaviours: ['send with MSG_DONTWAIT fails'],
    why: 'it does, but closing a full socket blocks for eight seconds: net/tipc/socket.c, __tipc_shutdown',
  },
  {
    rows: 'tipc',
    behaviours: ['MSG_TRUNC tells'],
    why: 'the true length is never told: net/tipc/socket.c, tipc_recvmsg',
    fails: /3 !== 8/,
  },
  {
    rows: 'tipc',
    behaviours: ['a message may be empty', 'an empty message', 'datagrams gives each message'],
    why: 'a receive passes over empty messages: net/tipc/socket.c, tipc_recvmsg',
  },
  {
    rows: 'tipc',
    behaviours: ['a receive of nothing'],
    why: 'is refused: net/tipc/socket.c, tipc_recvmsg',
    fails: /recv EINVAL/,
  },
  ...['tipc rdm', 'tipc dgram'].map(rows => ({
    rows,
    behaviours: [
      'each end knows its own name',
      'what is printed',
      'connect acts at once',
      'a datagram socket may be connected again',
    ],
    why: 'only connections have a peer with a name: net/tipc/socket.c, tipc_getname',
    fails: /getpeername ENOTCONN/,
  })),
];
