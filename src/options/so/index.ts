/** Options of level SOL_SOCKET, which sockets of every family have unless their row says otherwise. socket(7). */

export type { Credentials, Linger } from '../structures.js';
export * from './address.js';
export * from './buffers.js';
export * from './device.js';
export * from './filter.js';
export * from './identity.js';
export * from './macos.js';
export * from './peer.js';
export * from './sending.js';
export * from './timestamps.js';
export * from './windows.js';
