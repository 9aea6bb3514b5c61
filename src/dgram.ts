/**
 * A replacement for `node:dgram`, with what it does not have. This module contains only the exports of
 * `berkeley/dgram`.
 *
 * ```ts
 * import { createSocket } from 'berkeley/dgram';
 *
 * const socket = createSocket('udp4');
 * socket.on('message', (message, { address, port }) => socket.send(message, port, address));
 * socket.bind(7);
 * ```
 *
 * @packageDocumentation
 */

export type { AddressInfo, RemoteInfo } from './dgram/addresses.js';
export { type CommonEvents, DatagramSocket } from './dgram/base.js';
export { createSocket } from './dgram/create-socket.js';
export type { OptionAtBirth } from './dgram/handle.js';
export type { Lookup, LookupCallback } from './dgram/lookup.js';
export { dgram as default } from './dgram/module.js';
export type { Interface, Interfaces } from './dgram/multicast.js';
export type { AddressFilter, CommonOptions, SocketOptions, UnixSocketOptions } from './dgram/options.js';
export type { SendOptions } from './dgram/outgoing.js';
export {
  type BindOptions,
  type BindSyncOptions,
  type MessageListener,
  Socket,
  type SocketEvents,
} from './dgram/socket.js';
export {
  type UnixAddressInfo,
  type UnixBindOptions,
  type UnixMessageListener,
  type UnixRemoteInfo,
  UnixSocket,
  type UnixSocketEvents,
} from './dgram/unix-socket.js';
export type { Data, SendCallback } from './dgram/validate.js';
