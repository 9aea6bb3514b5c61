/** The events of poll(2), whose numbers epoll shares (`include/uapi/asm-generic/poll.h`). */
export const POLLIN = 0x1;
export const POLLPRI = 0x2;
export const POLLOUT = 0x4;
export const POLLERR = 0x8;
export const POLLHUP = 0x10;
export const POLLRDHUP = 0x2000;

/** Or-ed to the events of a poller: report an event once, when it comes (`BK_EDGE` in native/core/poller.h). */
export const EDGE: number = 1 << 30;

/** One or more of these events, or-ed. */
export type EventMask = number;
