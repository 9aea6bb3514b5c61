/** Options of level IPPROTO_IPV6. ipv6(7), RFC 3493, RFC 3542. */

export type { GroupMembership, GroupSource } from '../membership.js';
export type { SourceFilter } from '../source-filter.js';
export * from './headers.js';
export * from './multicast.js';
export * from './receiving.js';
export * from './routing.js';
export * from './sending.js';
