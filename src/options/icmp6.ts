/** Options of raw ICMPv6 sockets, level IPPROTO_ICMPV6. RFC 3542. */
import { SOCK_RAW } from '../constants/socket.js';
import { IPPROTO_ICMPV6 } from '../families/inet/constants.js';
import * as constants from '../families/inet6/constants.js';
import { icmp6_filter } from '../families/inet6/layout.js';
import { type IcmpFilter, type IcmpFilterInput, icmpFilter } from './icmp-filter.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

export type { IcmpFilter, IcmpFilterInput } from './icmp-filter.js';

const icmp6 = defineLevel({
  constants,
  level: IPPROTO_ICMPV6,
  families: ['inet6'],
  types: [SOCK_RAW],
  protocols: [IPPROTO_ICMPV6],
  man: 'RFC 3542',
});

const TYPES = icmp6_filter.size * 8;

/** The message types that are blocked: `{ block: […] }`, or the only ones that pass: `{ pass: […] }`. */
export const filter: Option<IcmpFilter, 'inet6', IcmpFilterInput> = icmp6.readWrite(
  'ICMP6_FILTER',
  icmpFilter(TYPES),
);
