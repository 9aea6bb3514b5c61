/** The package, over the scripted addon. It is loaded here, after the addon and the time are in place. */
import type { Socket } from 'berkeley';
import { install } from './addon.js';
import { time } from './virtual-time.js';

export type AnySocket = Socket<'inet'> | Socket<'unix'>;

install();
time.install();
export const {
  AF_INET,
  AF_UNIX,
  isTimeout,
  MSG_WAITALL,
  SOCK_DGRAM,
  SOCK_STREAM,
  Socket: SocketClass,
  SocketError,
} = await import('berkeley');
