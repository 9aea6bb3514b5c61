import { addAbortSignal } from 'node:stream';
import { AF_UNIX } from '../families/unix/constants.js';
import type { AnyCore } from '../socket/core.js';
import { checkDuplexOptions, type DuplexOptions, SocketDuplex } from './duplex.js';
import type { Endpoint } from './endpoint.js';
import { UnixDuplex } from './unix-duplex.js';

/**
 * Creates a Node stream over a socket. If it throws, the caller still owns the socket; otherwise the stream does. If
 * `signal` is already aborted, the stream is destroyed.
 */
export function toDuplex(endpoint: Endpoint, core: AnyCore, options: DuplexOptions): SocketDuplex {
  const checked = checkDuplexOptions(options);
  const Stream = endpoint.family === AF_UNIX ? UnixDuplex : SocketDuplex;
  const stream = new Stream(endpoint, core, checked);
  if (checked.signal !== undefined) addAbortSignal(checked.signal, stream);
  return stream;
}
