/** The events of poll(2), which epoll shares, in Linux's numbers: `include/uapi/asm-generic/poll.h`. */
import * as reactor from '../reactor/events.js';

/** Data can be read, a connection can be accepted, or the stream has ended. */
export const POLLIN: number = reactor.POLLIN;
/** An exceptional condition: urgent data of TCP, a state change of a pseudo-terminal. */
export const POLLPRI: number = reactor.POLLPRI;
/** Writing does not block; a pending connection has succeeded or failed. */
export const POLLOUT: number = reactor.POLLOUT;
/** An error, which `SO_ERROR` or the error queue describes; or the read end of a pipe is closed. Always reported. */
export const POLLERR: number = reactor.POLLERR;
/** Hung up: both directions are shut down. Always reported. */
export const POLLHUP: number = reactor.POLLHUP;
/** The descriptor is not open. Always reported. */
export const POLLNVAL: number = 0x20;
/** Equivalent to POLLIN for most descriptors. */
export const POLLRDNORM: number = 0x40;
/** Priority data to read (DECnet). */
export const POLLRDBAND: number = 0x80;
/** Equivalent to POLLOUT. */
export const POLLWRNORM: number = 0x100;
/** Priority data can be written. */
export const POLLWRBAND: number = 0x200;
/** The peer of a stream has shut down its writing half. */
export const POLLRDHUP: number = reactor.POLLRDHUP;

/** The largest set of events: the kernel keeps them in a C `short`. */
export const ANY_EVENT = 0x7fff;
