/* getsockopt, setsockopt, and the two flags a descriptor carries. */
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

int bk_getsockopt(int fd, int level, int name, bk_span into) {
  socklen_t length = (socklen_t)into.length;
  return getsockopt(fd, level, name, into.bytes, &length) < 0 ? -errno : (int)length;
}

int bk_setsockopt(int fd, int level, int name, bk_span value) {
  return setsockopt(fd, level, name, value.bytes, (socklen_t)value.length) < 0 ? -errno : 0;
}

static int set_flag(int fd, int get, int set, int flag, int on) {
  int flags = fcntl(fd, get);
  if (flags < 0) return -errno;
  int wanted = on ? flags | flag : flags & ~flag;
  if (wanted == flags) return 0;
  return fcntl(fd, set, wanted) < 0 ? -errno : 0;
}

int bk_get_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL);
  return flags < 0 ? -errno : (flags & O_NONBLOCK) != 0;
}

int bk_set_nonblocking(int fd, int on) { return set_flag(fd, F_GETFL, F_SETFL, O_NONBLOCK, on); }

int bk_get_inheritable(int fd) {
  int flags = fcntl(fd, F_GETFD);
  return flags < 0 ? -errno : (flags & FD_CLOEXEC) == 0;
}

int bk_set_inheritable(int fd, int on) { return set_flag(fd, F_GETFD, F_SETFD, FD_CLOEXEC, !on); }
