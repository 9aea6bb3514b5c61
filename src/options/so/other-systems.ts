/** Options of level SOL_SOCKET that macOS or Windows has and Linux does not. */
import { boolean, natural } from '../../layout/numbers.js';
import { so } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

const mac = so.only({ man: 'getsockopt(2) of macOS' });

/** Suppresses the signal when sending to a closed peer. The call fails with `EPIPE`. */
export const nosigpipe: Option<boolean> = mac.readWrite('SO_NOSIGPIPE', boolean, {
  note: 'this package sets it itself',
});

/** The number of bytes that are ready to be read. */
export const nread: ReadOnlyOption<number> = mac.readOnly('SO_NREAD', natural);

/** The number of bytes that are written and not yet sent. */
export const nwrite: ReadOnlyOption<number> = mac.readOnly('SO_NWRITE', natural);

/** The number of datagrams that are ready to be read. */
export const numrcvpkt: ReadOnlyOption<number> = mac.readOnly('SO_NUMRCVPKT', natural);

/** Adds a control message to each datagram: the time it was received, by the monotonic clock. */
export const timestampMonotonic: Option<boolean> = mac.readWrite('SO_TIMESTAMP_MONOTONIC', boolean);

/** Bypasses hardware where possible. */
export const useloopback: Option<boolean> = mac.readWrite('SO_USELOOPBACK', boolean);

const windows = so.only({ man: 'SOL_SOCKET socket options (Windows)' });

/** Prevents other sockets from binding to this address. */
export const exclusiveaddruse: Option<boolean> = windows.readWrite('SO_EXCLUSIVEADDRUSE', boolean);

/** Lets the program instead of the system accept or reject each connection. */
export const conditionalAccept: Option<boolean> = windows.readWrite('SO_CONDITIONAL_ACCEPT', boolean);

/** The time since the socket was connected, in seconds; 4294967295 if it is not connected. */
export const connectTime: ReadOnlyOption<number> = windows.readOnly('SO_CONNECT_TIME', natural);

/** The maximum length of a datagram. */
export const maxMsgSize: ReadOnlyOption<number> = windows.readOnly('SO_MAX_MSG_SIZE', natural);

/** Stops accepting connections temporarily, without closing the socket. */
export const pauseAccept: Option<boolean> = windows.readWrite('SO_PAUSE_ACCEPT', boolean);

/** Chooses automatic ports at random. */
export const randomizePort: Option<boolean> = windows.readWrite('SO_RANDOMIZE_PORT', boolean);

/** Allows sockets to share automatic ports if their local addresses differ. */
export const portScalability: Option<boolean> = windows.readWrite('SO_PORT_SCALABILITY', boolean);

/** Chooses the port in connect() instead of bind(). Connections to different peers can then share a port. */
export const reuseUnicastport: Option<boolean> = windows.readWrite('SO_REUSE_UNICASTPORT', boolean);

/** Shares a port with other sockets of the same multicast group. */
export const reuseMulticastport: Option<boolean> = windows.readWrite('SO_REUSE_MULTICASTPORT', boolean);
