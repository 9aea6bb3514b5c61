/** The control messages of UDP over IPv4 and IPv6: segmentation and receive offload. udp(7). */
import { IPPROTO_UDP, UDP_GRO, UDP_SEGMENT } from '../families/inet/constants.js';
import { natural, short } from '../layout/numbers.js';
import { type Control, defineControl, defineReceived, type Receivable } from './codec.js';

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
