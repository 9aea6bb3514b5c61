/** Options of level IPPROTO_IP, for IPv4 sockets and for IPv6 sockets that carry IPv4. ip(7), raw(7). */

export type * from '../membership.js';
export type { SourceFilter } from '../source-filter.js';
export * from './multicast.js';
export * from './other-systems.js';
export * from './receiving.js';
export * from './routing.js';
export * from './sending.js';
