/** The events of poll(2). epoll uses the same numbers (`include/uapi/asm-generic/poll.h`). */
export const POLLIN = 0x1;
export const POLLPRI = 0x2;
export const POLLOUT = 0x4;
export const POLLERR = 0x8;
export const POLLHUP = 0x10;
export const POLLRDHUP = 0x2000;

/** Flag for the events of a poller: reports each event once, when it occurs (`BK_EDGE` in native/core/poller.h). */
export const EDGE: number = 1 << 30;

/** One or more of these events, combined with `|`. */
export type EventMask = number;
