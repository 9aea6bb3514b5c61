/* getsockopt, setsockopt, and the two flags a descriptor carries. */
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#ifdef __linux__
#include <linux/filter.h>
#endif

/* How many bytes a length of this option counts. SO_GET_FILTER, alone of all, counts instructions both ways
 * (sk_get_filter of net/core/filter.c): taken as bytes, the kernel would write eight times what the caller has room
 * for. */
static size_t length_unit(int level, int name) {
#ifdef __linux__
  if (level == SOL_SOCKET && name == SO_GET_FILTER) return sizeof(struct sock_filter);
#endif
  (void)level, (void)name;
  return 1;
}

int bk_getsockopt(int fd, int level, int name, bk_span into) {
  size_t unit = length_unit(level, name);
  socklen_t length = (socklen_t)(into.length / unit);
  return getsockopt(fd, level, name, into.bytes, &length) < 0 ? -errno : (int)(length * unit);
}

int bk_setsockopt(int fd, int level, int name, bk_span value) {
  return setsockopt(fd, level, name, value.bytes, (socklen_t)value.length) < 0 ? -errno : 0;
}

int bk_set_filter(int fd, int level, int name, bk_span instructions) {
#ifdef __linux__
  struct sock_fprog program = {.len = (unsigned short)(instructions.length / sizeof(struct sock_filter)),
                               .filter = (struct sock_filter *)instructions.bytes};
  return setsockopt(fd, level, name, &program, sizeof program) < 0 ? -errno : 0;
#else
  (void)fd, (void)level, (void)name, (void)instructions;
  return -ENOPROTOOPT;
#endif
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
