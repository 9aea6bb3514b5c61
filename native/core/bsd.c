/* macOS and FreeBSD: descriptors that are close-on-exec, files sent to sockets, and a flag between threads.
 *
 * FreeBSD creates close-on-exec descriptors, as Linux does. macOS cannot: the flag is set after the creation, and
 * a process that another thread starts in between inherits the descriptor. macOS sends without SIGPIPE by an option of
 * the socket (SO_NOSIGPIPE), which its copies share; MSG_NOSIGNAL is not in every release. */
#include "nosignal.h"
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#ifdef SOCK_CLOEXEC

static int open_socket(int family, int type, int protocol) { return socket(family, type | SOCK_CLOEXEC, protocol); }

static int open_pair(int family, int type, int protocol, int fds[2]) {
  return socketpair(family, type | SOCK_CLOEXEC, protocol, fds);
}

static int accept_once(int fd, struct sockaddr *peer, socklen_t *length) {
  return accept4(fd, peer, length, SOCK_CLOEXEC);
}

static int open_pipe(int fds[2]) { return pipe2(fds, O_CLOEXEC); }

#else

static int set_close_on_exec(int fd) { return fd < 0 ? fd : fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 ? -1 : fd; }

/* Prepares a socket that a call has just returned. Returns the -1 of a failed call unchanged. */
static int newborn(int fd) {
  int on = 1;
  if (set_close_on_exec(fd) >= 0) setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
  return fd;
}

static int open_socket(int family, int type, int protocol) { return newborn(socket(family, type, protocol)); }

static int open_pair(int family, int type, int protocol, int fds[2]) {
  int result = socketpair(family, type, protocol, fds);
  for (int i = 0; i < 2 && result == 0; i++) newborn(fds[i]);
  return result;
}

/* On these systems, an accepted socket is non-blocking if the listening one is. */
static int accept_once(int fd, struct sockaddr *peer, socklen_t *length) {
  int accepted = newborn(accept(fd, peer, length));
  if (accepted >= 0) bk_set_nonblocking(accepted, 0);
  return accepted;
}

static int open_pipe(int fds[2]) {
  int result = pipe(fds);
  for (int i = 0; i < 2 && result == 0; i++) set_close_on_exec(fds[i]);
  return result;
}

#endif

int bk_socket(int family, int type, int protocol) {
  int fd = open_socket(family, type, protocol);
  return fd < 0 ? -errno : fd;
}

int bk_socketpair(int family, int type, int protocol, int32_t pair[2]) {
  int fds[2];
  if (open_pair(family, type, protocol, fds) < 0) return -errno;
  pair[0] = fds[0];
  pair[1] = fds[1];
  return 0;
}

int bk_accept(int fd, bk_address *peer) {
  socklen_t length;
  int accepted;
  do {
    length = sizeof peer->bytes;
    accepted = accept_once(fd, peer ? (struct sockaddr *)peer->bytes : NULL, peer ? &length : NULL);
  } while (accepted < 0 && errno == EINTR);
  if (accepted < 0) return -errno;
  if (peer) peer->length = (int32_t)length;
  return accepted;
}

/* Makes one sendfile(2) call. Returns 0 or -1. `*sent` is the number of bytes sent, even if the call then failed. */
static int send_some(int fd, int file, int64_t offset, int64_t count, off_t *sent) {
#ifdef __APPLE__
  *sent = (off_t)count;
  return sendfile(file, fd, (off_t)offset, sent, NULL, 0);
#else
  *sent = 0;
  bk_quiet quiet = bk_quiet_begin();
  int result = sendfile(file, fd, (off_t)offset, (size_t)count, NULL, sent, 0);
  bk_quiet_end(&quiet, result < 0);
  return result;
#endif
}

int bk_sendfile(int fd, int file, int64_t offset, int64_t count) {
  off_t sent;
  int result;
  if (count < 0) return -EINVAL;
  if (count == 0) return 0; /* here 0 means "to the end of the file" to the kernel */
  if (count > INT_MAX) count = INT_MAX;
  do result = send_some(fd, file, offset, count, &sent);
  while (result < 0 && errno == EINTR && sent == 0);
  return result < 0 && sent == 0 ? -errno : (int)sent;
}

int bk_splice(int fd, int pipe, int64_t count) {
  (void)fd, (void)pipe, (void)count;
  return -ENOSYS;
}

int bk_flag_open(bk_flag *flag) {
  int fds[2];
  *flag = (bk_flag){-1, -1};
  if (open_pipe(fds) < 0) return -errno;
  *flag = (bk_flag){fds[0], fds[1]};
  return bk_set_nonblocking(flag->writer, 1);
}

/* If the pipe is full, the flag is already raised. */
void bk_flag_raise(const bk_flag *flag) {
  while (write(flag->writer, "", 1) < 0 && errno == EINTR) continue;
}

int bk_flag_take(const bk_flag *flag) {
  char bytes[512]; /* however often it was raised, it is taken once */
  ssize_t result;
  do result = read(flag->reader, bytes, sizeof bytes);
  while (result < 0 && errno == EINTR);
  return result < 0 ? -errno : 0;
}

void bk_flag_close(const bk_flag *flag) {
  if (flag->reader >= 0) close(flag->reader);
  if (flag->writer >= 0) close(flag->writer);
}
