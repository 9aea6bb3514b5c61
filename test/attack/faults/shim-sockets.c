/* Wrappers of the socket calls. */
#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long fail(void) {
  errno = VALUE;
  return -1;
}

static int option(int fd, int name) {
  int value = 0;
  socklen_t length = sizeof value;
  if (syscall(SYS_getsockopt, fd, SOL_SOCKET, name, &value, &length) < 0) return -1;
  return value;
}

#define FAILS(name, parameters, types, arguments)                        \
  EXPORT(int, name, parameters) {                                        \
    REAL(int, name, types);                                              \
    if (shim_decide(SLOT_##name, CALLER) == FAIL) return (int)fail();    \
    return real arguments;                                               \
  }

FAILS(socket, (int a, int b, int c), (int, int, int), (a, b, c))
FAILS(socketpair, (int a, int b, int c, int *d), (int, int, int, int *), (a, b, c, d))
FAILS(bind, (int a, const void *b, unsigned c), (int, const void *, unsigned), (a, b, c))
FAILS(listen, (int a, int b), (int, int), (a, b))
FAILS(shutdown, (int a, int b), (int, int), (a, b))
FAILS(getsockname, (int a, void *b, void *c), (int, void *, void *), (a, b, c))
FAILS(getpeername, (int a, void *b, void *c), (int, void *, void *), (a, b, c))
FAILS(getsockopt, (int a, int b, int c, void *d, void *e), (int, int, int, void *, void *), (a, b, c, d, e))
FAILS(setsockopt, (int a, int b, int c, const void *d, unsigned e), (int, int, int, const void *, unsigned),
      (a, b, c, d, e))

/* A connection that is aborted before it is accepted: the kernel forgets it, and accept waits for the next one. */
EXPORT(int, accept4, (int fd, void *address, void *length, int flags)) {
  REAL(int, accept4, (int, void *, void *, int));
  enum action action = shim_decide(SLOT_accept4, CALLER);
  if (action == FAIL) return (int)fail();
  if (action == LOSE) {
    int lost = real(fd, NULL, NULL, flags);
    if (lost < 0) return lost;
    close(lost);
  }
  return real(fd, address, length, flags);
}

/* An interrupted connect(2) goes on in the background, and so does one that has to wait (EINPROGRESS). One to a Unix
 * socket has not begun: it was waiting for space in the backlog (net/unix/af_unix.c, unix_stream_connect). */
EXPORT(int, connect, (int fd, const void *address, unsigned length)) {
  REAL(int, connect, (int, const void *, unsigned));
  if (shim_decide(SLOT_connect, CALLER) != FAIL) return real(fd, address, length);
  int goes_on = VALUE == EINTR || VALUE == EINPROGRESS;
  if (goes_on && option(fd, SO_DOMAIN) != AF_UNIX) {
    int flags = fcntl(fd, F_GETFL);
    fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    int result = real(fd, address, length);
    fcntl(fd, F_SETFL, flags);
    if (result == 0 || errno != EINPROGRESS) return result;
  }
  return (int)fail();
}

/* Whether the kernel can end this transfer after a part: it sends a part of a stream when its buffer is full, and
 * receives a part of a Unix stream where the credentials of the senders differ. From TCP it receives all that is there. */
static int can_send_part(int fd) { return option(fd, SO_TYPE) == SOCK_STREAM; }
static int can_receive_part(int fd) { return can_send_part(fd) && option(fd, SO_DOMAIN) == AF_UNIX; }

static size_t shorter(size_t length, int can) {
  size_t most = (size_t)VALUE;
  if (can && length > most) return most;
  shim_spare();
  return length;
}

/* Loses the first datagram of the queue, as the kernel does when its checksum is wrong (net/ipv4/udp.c, udp_recvmsg). */
static void lose_datagram(int fd, int flags) {
  char byte;
  int can = option(fd, SO_TYPE) == SOCK_DGRAM && option(fd, SO_DOMAIN) != AF_UNIX && !(flags & MSG_ERRQUEUE);
  if (!can || syscall(SYS_recvfrom, fd, &byte, 1, MSG_DONTWAIT, NULL, NULL) < 0) shim_spare();
}

/* Makes the buffers shorter. The copy has to be large enough for them. */
static struct msghdr cut(const struct msghdr *message, struct iovec *copy, int can) {
  struct msghdr head = *message;
  size_t total = 0, at = 0;
  for (size_t i = 0; i < head.msg_iovlen; i++) total += head.msg_iov[i].iov_len;
  size_t rest = shorter(total, can);
  for (; at < head.msg_iovlen && (rest > 0 || at == 0); at++) {
    copy[at] = head.msg_iov[at];
    if (copy[at].iov_len > rest) copy[at].iov_len = rest;
    rest -= copy[at].iov_len;
  }
  head.msg_iov = copy;
  head.msg_iovlen = at;
  return head;
}

EXPORT(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags)) {
  REAL(ssize_t, sendmsg, (int, const struct msghdr *, int));
  struct iovec copy[1024];
  enum action action = shim_decide(SLOT_sendmsg, CALLER);
  if (action == FAIL) return fail();
  if (action != SHORT) return real(fd, message, flags);
  struct msghdr head = cut(message, copy, can_send_part(fd));
  return real(fd, &head, flags);
}

EXPORT(ssize_t, recvmsg, (int fd, struct msghdr *message, int flags)) {
  REAL(ssize_t, recvmsg, (int, struct msghdr *, int));
  struct iovec copy[1024];
  enum action action = shim_decide(SLOT_recvmsg, CALLER);
  if (action == FAIL) return fail();
  if (action == LOSE) lose_datagram(fd, flags);
  if (action != SHORT) return real(fd, message, flags);
  struct iovec *own = message->msg_iov;
  size_t count = message->msg_iovlen;
  struct msghdr head = cut(message, copy, can_receive_part(fd) && !(flags & MSG_WAITALL));
  ssize_t result = real(fd, &head, flags);
  *message = head;
  message->msg_iov = own;
  message->msg_iovlen = count;
  return result;
}

EXPORT(int, sendmmsg, (int fd, void *messages, unsigned count, int flags)) {
  REAL(int, sendmmsg, (int, void *, unsigned, int));
  enum action action = shim_decide(SLOT_sendmmsg, CALLER);
  if (action == FAIL) return (int)fail();
  return real(fd, messages, action == SHORT ? (unsigned)shorter(count, 1) : count, flags);
}

EXPORT(int, recvmmsg, (int fd, void *messages, unsigned count, int flags, void *limit)) {
  REAL(int, recvmmsg, (int, void *, unsigned, int, void *));
  enum action action = shim_decide(SLOT_recvmmsg, CALLER);
  if (action == FAIL) return (int)fail();
  if (action == LOSE) lose_datagram(fd, flags);
  return real(fd, messages, action == SHORT ? (unsigned)shorter(count, 1) : count, flags, limit);
}

static long receive(enum action action, long *call) {
  int fd = (int)call[1], flags = (int)call[4];
  if (action == FAIL) return fail();
  if (action == LOSE) lose_datagram(fd, flags);
  if (action == SHORT) call[3] = (long)shorter((size_t)call[3], can_receive_part(fd) && !(flags & MSG_WAITALL));
  return 0;
}

static long transmit(enum action action, long *call) {
  if (action == FAIL) return fail();
  if (action == SHORT) call[3] = (long)shorter((size_t)call[3], can_send_part((int)call[1]));
  return 0;
}

/* The last descriptor that was registered, by poller: the one that a false event is for. */
static _Thread_local struct {
  int poller;
  epoll_data_t data;
} last_watched = {.poller = -1};

static long collect(enum action action, long *call) {
  long (*real)(long, ...) = shim_next("syscall");
  struct epoll_event *events = (struct epoll_event *)call[2];
  if (action == FAIL) return fail();
  if (action == SHORT) call[3] = (long)shorter((size_t)call[3], 1);
  long count = real(call[0], call[1], call[2], call[3], call[4], call[5], call[6]);
  if (action != READY || count < 0) return count;
  if (count == call[3] || last_watched.poller != (int)call[1]) return shim_spare(), count;
  events[count] = (struct epoll_event){.events = EPOLLIN | EPOLLOUT, .data = last_watched.data};
  return count + 1;
}

/* The calls that native/core/uncancelled.h makes. */
EXPORT(long, syscall, (long number, long a, long b, long c, long d, long e, long f)) {
  REAL(long, syscall, (long, ...));
  long call[] = {number, a, b, c, d, e, f}, failure = 0;
  if (number == SYS_recvfrom) failure = receive(shim_decide(SLOT_recvfrom, CALLER), call);
  if (number == SYS_sendto) failure = transmit(shim_decide(SLOT_sendto, CALLER), call);
  if (number == SYS_epoll_pwait) {
    enum action action = shim_decide(SLOT_epoll_pwait, CALLER);
    if (action != NOTHING) return collect(action, call);
  }
  return failure < 0 ? failure : real(call[0], call[1], call[2], call[3], call[4], call[5], call[6]);
}

FAILS(epoll_create1, (int a), (int), (a))

EXPORT(int, epoll_ctl, (int poller, int operation, int fd, struct epoll_event *event)) {
  REAL(int, epoll_ctl, (int, int, int, struct epoll_event *));
  enum slot slot = operation == EPOLL_CTL_ADD   ? SLOT_epoll_ctl_add
                   : operation == EPOLL_CTL_MOD ? SLOT_epoll_ctl_mod
                                                : SLOT_epoll_ctl_del;
  if (shim_decide(slot, CALLER) == FAIL) return (int)fail();
  if (operation != EPOLL_CTL_DEL) {
    last_watched.poller = poller;
    last_watched.data = event->data;
  }
  return real(poller, operation, fd, event);
}

EXPORT(int, ppoll, (struct pollfd *entries, nfds_t count, const struct timespec *limit, const sigset_t *mask)) {
  REAL(int, ppoll, (struct pollfd *, nfds_t, const struct timespec *, const sigset_t *));
  enum action action = shim_decide(SLOT_ppoll, CALLER);
  if (action == FAIL) return (int)fail();
  if (action != READY) return real(entries, count, limit, mask);
  int ready = 0;
  for (nfds_t i = 0; i < count; i++) {
    entries[i].revents = entries[i].events & (POLLIN | POLLOUT);
    ready += entries[i].revents != 0;
  }
  return ready;
}
