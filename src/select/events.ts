/**
 * The events of poll(2), in Linux's numbers (`include/uapi/asm-generic/poll.h`), which epoll shares: what may be asked
 * of a descriptor, and what is answered.
 */
import * as reactor from '../reactor/events.js';

/** There is something to read, or a connection to accept, or the end. */
export const POLLIN: number = reactor.POLLIN;
/** There is something exceptional: urgent data of TCP, a state change of a pseudo-terminal. */
export const POLLPRI: number = reactor.POLLPRI;
/** Writing would not block; a connection that was being made is made, or has failed. */
export const POLLOUT: number = reactor.POLLOUT;
/** An error, to be read with `SO_ERROR` or from the error queue; or the reader of a pipe is gone. Always reported. */
export const POLLERR: number = reactor.POLLERR;
/** Hung up: both directions are shut down. Always reported. */
export const POLLHUP: number = reactor.POLLHUP;
/** The descriptor is not open. Always reported. */
export const POLLNVAL: number = 0x20;
/** The same as POLLIN, for most. */
export const POLLRDNORM: number = 0x40;
/** Priority data to read (DECnet). */
export const POLLRDBAND: number = 0x80;
/** The same as POLLOUT. */
export const POLLWRNORM: number = 0x100;
/** Priority data may be written. */
export const POLLWRBAND: number = 0x200;
/** The peer of a stream has shut down writing. */
export const POLLRDHUP: number = reactor.POLLRDHUP;

/** All that the kernel keeps in a C `short`. */
export const ANY_EVENT = 0x7fff;
