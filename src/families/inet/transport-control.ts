/** The control messages of UDP, TCP and DCCP over IPv4 and IPv6. udp(7), tcp(7). */
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
 * The number of bytes in each datagram that the sent data is split into (generic segmentation offload), 1 to 65535. 0
 * sends one datagram even if UDP_SEGMENT is set on the socket. Send only, since Linux 4.18. The kernel sends at most 64
 * datagrams per call; newer kernels send 128.
 *
 * @throws TypeError or RangeError that names `UDP_SEGMENT`
 * @see udp(7), UDP_SEGMENT
 */
export const segment: Control<number> = defineControl(
  { name: 'UDP_SEGMENT', level: IPPROTO_UDP, type: UDP_SEGMENT, man: 'udp(7)', since: '4.18' },
  short(2),
);

/**
 * The size of the datagrams that the kernel merged into one received message (generic receive offload), in bytes. The
 * last datagram can be shorter.
 *
 * Enable it with `setsockopt(IPPROTO_UDP, UDP_GRO, 1)`, since Linux 5.0. A datagram that was not merged does not have
 * it.
 *
 * @see udp(7), UDP_GRO
 */
export const gro: Receivable<number> = defineReceived(
  { name: 'UDP_GRO', level: IPPROTO_UDP, type: UDP_GRO, man: 'udp(7)', since: '5.0', option: 'UDP_GRO' },
  natural,
);

/**
 * The number of bytes left to read in a TCP stream after this message. It is one more if the peer has closed the
 * stream, because the end is still to be read.
 *
 * Enable it with `setsockopt(IPPROTO_TCP, TCP_INQ, 1)`, since Linux 4.18.
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
 * The priority of a packet that is sent over DCCP. The queued packet with the highest priority is sent first. If the
 * queue is full, the one with the lowest is dropped. Send only, if `dccp.qpolicyId` is `DCCPQ_POLICY_PRIO`. Linux 6.16
 * removed DCCP.
 *
 * @throws TypeError or RangeError that names `DCCP_SCM_PRIORITY`
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
