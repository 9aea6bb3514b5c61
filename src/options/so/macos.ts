/** Options of level SOL_SOCKET that macOS has and Linux never had. */
import { boolean, natural } from '../codec.js';
import type { Option, ReadOnlyOption } from '../option.js';
import { so } from './level.js';

const mac = so.only({ man: 'getsockopt(2) of macOS' });

/** Lets sending to a closed peer fail with `EPIPE` without a signal. */
export const nosigpipe: Option<boolean> = mac.readWrite('SO_NOSIGPIPE', boolean, {
  note: 'this package sets it itself',
});

/** Bytes that wait to be read. */
export const nread: ReadOnlyOption<number> = mac.readOnly('SO_NREAD', natural);

/** Bytes that were written and not yet sent. */
export const nwrite: ReadOnlyOption<number> = mac.readOnly('SO_NWRITE', natural);

/** Datagrams that wait to be read. */
export const numrcvpkt: ReadOnlyOption<number> = mac.readOnly('SO_NUMRCVPKT', natural);

/** Whether each datagram says when it came, by the monotonic clock. */
export const timestampMonotonic: Option<boolean> = mac.readWrite('SO_TIMESTAMP_MONOTONIC', boolean);

/** Bypasses hardware where possible. */
export const useloopback: Option<boolean> = mac.readWrite('SO_USELOOPBACK', boolean);
