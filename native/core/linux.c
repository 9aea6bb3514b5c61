/* Functions that use calls of Linux: the creation of close-on-exec descriptors, sendfile(2), splice(2), and a flag
 * between threads. */
#include "nosignal.h"
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

int bk_socket(int family, int type, int protocol) {
  int fd = socket(family, type | SOCK_CLOEXEC, protocol);
  return fd < 0 ? -errno : fd;
}

int bk_socketpair(int family, int type, int protocol, int32_t pair[2]) {
  int fds[2];
  if (socketpair(family, type | SOCK_CLOEXEC, protocol, fds) < 0) return -errno;
  pair[0] = fds[0];
  pair[1] = fds[1];
  return 0;
}

int bk_accept(int fd, bk_address *peer) {
  socklen_t length;
  int accepted;
  do {
    length = sizeof peer->bytes;
    accepted = accept4(fd, peer ? (struct sockaddr *)peer->bytes : NULL, peer ? &length : NULL, SOCK_CLOEXEC);
  } while (accepted < 0 && errno == EINTR);
  if (accepted < 0) return -errno;
  if (peer) peer->length = (int32_t)length;
  return accepted;
}

int bk_sendfile(int fd, int file, int64_t offset, int64_t count) {
  off_t at = (off_t)offset;
  ssize_t result;
  if (count < 0) return -EINVAL;
  if (count > INT_MAX) count = INT_MAX; /* the kernel moves less than 2 GiB per call */
  bk_quiet quiet = bk_quiet_begin();
  do result = sendfile(fd, file, &at, (size_t)count);
  while (result < 0 && errno == EINTR);
  bk_quiet_end(&quiet, result < 0);
  return result < 0 ? -errno : (int)result;
}

int bk_splice(int fd, int pipe, int64_t count) {
  ssize_t result;
  if (count < 0) return -EINVAL;
  if (count > INT_MAX) count = INT_MAX;
  bk_quiet quiet = bk_quiet_begin();
  do result = splice(pipe, NULL, fd, NULL, (size_t)count, SPLICE_F_NONBLOCK);
  while (result < 0 && errno == EINTR);
  bk_quiet_end(&quiet, result < 0);
  return result < 0 ? -errno : (int)result;
}

int bk_flag_open(bk_flag *flag) {
  flag->reader = flag->writer = eventfd(0, EFD_CLOEXEC);
  return flag->reader < 0 ? -errno : 0;
}

void bk_flag_raise(const bk_flag *flag) {
  uint64_t one = 1;
  while (write(flag->writer, &one, sizeof one) < 0 && errno == EINTR) continue;
}

int bk_flag_take(const bk_flag *flag) {
  uint64_t count;
  ssize_t result;
  do result = read(flag->reader, &count, sizeof count);
  while (result < 0 && errno == EINTR);
  return result < 0 ? -errno : 0;
}

void bk_flag_close(const bk_flag *flag) {
  if (flag->reader >= 0) close(flag->reader);
}
