/** The control messages of UDP, TCP and DCCP, over IPv4 and IPv6 alike. udp(7), tcp(7). */
import { SOL_DCCP } from '../../constants/socket.js';
import { natural, short, uint32 } from '../../layout/numbers.js';
import { type Control, defineControl, defineReceived, type Receivable } from '../../message/codec.js';
import {
  DCCP_SCM_PRIORITY,
  IPPROTO_TCP,
  IPPROTO_UDP,
  TCP_CM_INQ,
  UDP_GRO,
  UDP_SEGMENT,
} from './constants.js';

/**
 * How many bytes of the data sent go into each datagram (generic segmentation offload): 1 to 65535, or 0 for one datagram
 * although the socket has UDP_SEGMENT set. Sent only, since Linux 4.18; the kernel makes at most 64 datagrams of it, newer ones
 * 128.
 *
 * @throws TypeError or RangeError naming `UDP_SEGMENT`
 * @see udp(7), UDP_SEGMENT
 */
export const segment: Control<number> = defineControl(
  { name: 'UDP_SEGMENT', level: IPPROTO_UDP, type: UDP_SEGMENT, man: 'udp(7)', since: '4.18' },
  short(2),
);

/**
 * How many bytes of the data received were in each datagram, all but the last, which may be shorter: several of one flow
 * came as one message.
 *
 * Switched on with `setsockopt(IPPROTO_UDP, UDP_GRO, 1)`, since Linux 5.0; a datagram that came alone has none.
 *
 * @see udp(7), UDP_GRO
 */
export const gro: Receivable<number> = defineReceived(
  { name: 'UDP_GRO', level: IPPROTO_UDP, type: UDP_GRO, man: 'udp(7)', since: '5.0', option: 'UDP_GRO' },
  natural,
);

/**
 * How many bytes are left to be read in a TCP stream, after this message; one more where the stream has ended: its end is
 * to be read, too.
 *
 * Switched on with `setsockopt(IPPROTO_TCP, TCP_INQ, 1)`, since Linux 4.18.
 *
 * @see tcp(7), TCP_INQ
 */
export const tcpInq: Receivable<number> = defineReceived(
  {
    name: 'TCP_CM_INQ',
    level: IPPROTO_TCP,
    type: TCP_CM_INQ,
    man: 'tcp(7)',
    since: '4.18',
    option: 'TCP_INQ',
  },
  natural,
);

/**
 * The priority of the packet sent over DCCP: of those that wait, the highest leaves first, and when the queue is full, the
 * lowest is dropped. Sent only, with `dccp.qpolicyId` at `DCCPQ_POLICY_PRIO`; gone with DCCP since Linux 6.16.
 *
 * @throws TypeError or RangeError naming `DCCP_SCM_PRIORITY`
 * @see Documentation/networking/dccp.rst
 */
export const dccpPriority: Control<number> = defineControl(
  {
    name: 'DCCP_SCM_PRIORITY',
    level: SOL_DCCP,
    type: DCCP_SCM_PRIORITY,
    man: 'Documentation/networking/dccp.rst',
  },
  uint32,
);
