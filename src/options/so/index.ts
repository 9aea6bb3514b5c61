/** Options of level SOL_SOCKET. Sockets of every family have them, unless a row restricts them. socket(7). */

export type { Credentials } from '../../families/unix/credentials.js';
export * from './bind.js';
export * from './buffers.js';
export * from './filter.js';
export * from './identity.js';
export * from './other-systems.js';
export * from './peer.js';
export * from './sending.js';
export * from './timestamps.js';
