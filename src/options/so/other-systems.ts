/** Options of level SOL_SOCKET that macOS or Windows has and Linux never had. */
import { boolean, natural } from '../../layout/numbers.js';
import { so } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

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

const windows = so.only({ man: 'SOL_SOCKET socket options (Windows)' });

/** Keeps every other socket from binding this address. */
export const exclusiveaddruse: Option<boolean> = windows.readWrite('SO_EXCLUSIVEADDRUSE', boolean);

/** Lets the program, and not the system, take or refuse each connection. */
export const conditionalAccept: Option<boolean> = windows.readWrite('SO_CONDITIONAL_ACCEPT', boolean);

/** How long the socket has been connected, in seconds; 4294967295 if it is not. */
export const connectTime: ReadOnlyOption<number> = windows.readOnly('SO_CONNECT_TIME', natural);

/** The longest datagram. */
export const maxMsgSize: ReadOnlyOption<number> = windows.readOnly('SO_MAX_MSG_SIZE', natural);

/** Takes no connections for the time being, without closing. */
export const pauseAccept: Option<boolean> = windows.readWrite('SO_PAUSE_ACCEPT', boolean);

/** Chooses automatic ports at random. */
export const randomizePort: Option<boolean> = windows.readWrite('SO_RANDOMIZE_PORT', boolean);

/** Lets many sockets share automatic ports of different local addresses. */
export const portScalability: Option<boolean> = windows.readWrite('SO_PORT_SCALABILITY', boolean);

/** Chooses the port at connect() and not at bind(), so that connections to different peers may share one. */
export const reuseUnicastport: Option<boolean> = windows.readWrite('SO_REUSE_UNICASTPORT', boolean);

/** Shares a port with other sockets of the same multicast group. */
export const reuseMulticastport: Option<boolean> = windows.readWrite('SO_REUSE_MULTICASTPORT', boolean);
