/** Cases that found a fault of this package once: they are played in every run, also in the shortest. */
export const found: readonly string[] = [
  // A Unix socket was reported as connected, and was not.
  'connect, Unix, promise: EINTR in call 1 of connect',
  'connect, Unix, Sync: EINTR in call 1 of connect',
  // A piece was sent twice when it could not be removed from its source.
  'sendfile of a socket, promise: EIO in call 2 of recvfrom',
  'sendfile of a socket, Sync: at most 1 in call 2 of recvfrom',
  // One failed allocation ended the thread of the wake-up.
  'recv, UDP, waiting, promise: ENOMEM in call 1 of calloc',
  // A failed registration was taken for a lost connection, and repeated for ever.
  'net: listen, connect, write and end, promise: EPERM in every call of epoll_ctl_add',
];
