import { SOCK_DGRAM, SOCK_RAW } from '../../constants/socket.js';
import * as inet from '../../families/inet/constants.js';
import * as inet6 from '../../families/inet6/constants.js';
import { defineLevel, type Level } from '../level.js';

const constants = { ...inet, ...inet6 };

type Ipv6 = Level<typeof constants, 'inet6'>;

/** The makers of rows of level IPPROTO_IPV6. */
export const ipv6: Ipv6 = defineLevel({
  constants,
  level: inet.IPPROTO_IPV6,
  families: ['inet6'],
  man: 'ipv6(7)',
});

/** Of raw sockets. */
export const ipv6Raw: Ipv6 = ipv6.only({ types: [SOCK_RAW] });

/** Of datagrams and raw packets. */
export const ipv6Packets: Ipv6 = ipv6.only({ types: [SOCK_DGRAM, SOCK_RAW] });
