/** Options of level SOL_SOCKET, which sockets of every family have unless their row says otherwise. socket(7). */

export type { Credentials } from '../../families/unix/credentials.js';
export * from './bind.js';
export * from './buffers.js';
export * from './filter.js';
export * from './identity.js';
export * from './other-systems.js';
export * from './peer.js';
export * from './sending.js';
export * from './timestamps.js';
