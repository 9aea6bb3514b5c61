/** The control messages of UDP: datagrams that cross the kernel in one piece, over IPv4 and IPv6 alike. udp(7). */
import { IPPROTO_UDP, UDP_GRO, UDP_SEGMENT } from '../families/inet/constants.js';
import { natural, short } from '../layout/numbers.js';
import { type Control, defineControl, defineReceived, type Receivable } from './codec.js';

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
