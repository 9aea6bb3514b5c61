import { SOCK_DGRAM, SOCK_RAW, SOCK_STREAM } from '../../constants/socket.js';
import * as constants from '../../families/inet/constants.js';
import { defineLevel, type Level } from '../level.js';

/** IPv6 sockets have the options of IPv4 too, for the IPv4 that they carry (raw ones excepted). */
export type Inet = 'inet' | 'inet6';

type Ip<F extends Inet = Inet> = Level<typeof constants, F>;

/** The makers of rows of level IPPROTO_IP. */
export const ip: Ip = defineLevel({
  constants,
  level: constants.IPPROTO_IP,
  families: ['inet', 'inet6'],
  man: 'ip(7)',
});

/** Of raw sockets. */
export const ipRaw: Ip<'inet'> = ip.only({ families: ['inet'], types: [SOCK_RAW], man: 'raw(7)' });

/** Of datagrams and raw packets: a stream has no groups, and no one packet that a message came in. */
export const ipPackets: Ip = ip.only({ types: [SOCK_DGRAM, SOCK_RAW] });

/** Of streams. */
export const ipStream: Ip = ip.only({ types: [SOCK_STREAM] });
