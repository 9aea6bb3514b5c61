/** Multipath TCP and SCTP. */
import type { Difference } from './difference.js';

export const internet: readonly Difference[] = [
  {
    rows: 'mptcp',
    behaviours: ['sending to an end that is closed'],
    why: 'what is sent is kept for other subflows until close_timeout: net/mptcp/protocol.c',
    fails: /a hundred sends to nobody/,
  },
  {
    rows: 'mptcp',
    behaviours: ['booleans count as 1 and 0'],
    why: 'SO_BROADCAST is passed over: net/mptcp/sockopt.c',
    fails: /0 !== 1/,
  },
  {
    rows: 'mptcp',
    behaviours: ['a length without a value'],
    why: 'SO_BINDTODEVICE is taken as an integer: net/mptcp/sockopt.c',
    fails: /setsockopt EINVAL/,
  },
  {
    rows: 'mptcp',
    behaviours: ['an option that does not exist'],
    why: 'unknown options are EOPNOTSUPP: net/mptcp/sockopt.c, mptcp_setsockopt_sol_socket',
    fails: /setsockopt ENOTSUP/,
  },
  {
    rows: 'sctp inet',
    behaviours: ['a receive on what is not connected'],
    why: 'only a receive that may wait is told: net/sctp/socket.c, sctp_wait_for_packet',
    waits: true,
  },
  {
    rows: 'sctp',
    behaviours: ['connect that nobody answers'],
    why: 'a backlog of 0 means not to listen: net/sctp/socket.c, sctp_inet_listen',
    fails: /listen EINVAL/,
  },
];
