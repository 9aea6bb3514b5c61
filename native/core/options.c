/* getsockopt, setsockopt, and the two flags of a descriptor. */
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/socket.h>
#ifdef __linux__
#include <linux/filter.h>
#endif

/* The unit in which the kernel counts the length of this option, in bytes. SO_GET_FILTER counts instructions, in and
 * out (sk_get_filter of net/core/filter.c): with a length in bytes the kernel would write eight times as much as the
 * caller has memory for. */
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
  if (value.length > INT_MAX) return -EINVAL;
  return setsockopt(fd, level, name, value.bytes, (socklen_t)value.length) < 0 ? -errno : 0;
}

int bk_set_filter(int fd, int level, int name, bk_span instructions) {
#ifdef __linux__
  if (instructions.length / sizeof(struct sock_filter) > USHRT_MAX) return -EINVAL;
  struct sock_fprog program = {.len = (unsigned short)(instructions.length / sizeof(struct sock_filter)),
                               .filter = (struct sock_filter *)instructions.bytes};
  return setsockopt(fd, level, name, &program, sizeof program) < 0 ? -errno : 0;
#else
  (void)fd, (void)level, (void)name, (void)instructions;
  return -ENOPROTOOPT;
#endif
}

/* fcntl(2), repeated when a signal interrupts it: its EINTR must not look like that of the call that comes next. */
static int control(int fd, int command, int argument) {
  int result;
  do result = fcntl(fd, command, argument);
  while (result < 0 && errno == EINTR);
  return result < 0 ? -errno : result;
}

static int set_flag(int fd, int get, int set, int flag, int on) {
  int flags = control(fd, get, 0);
  if (flags < 0) return flags;
  int wanted = on ? flags | flag : flags & ~flag;
  if (wanted == flags) return 0;
  int result = control(fd, set, wanted);
  return result < 0 ? result : 0;
}

int bk_get_nonblocking(int fd) {
  int flags = control(fd, F_GETFL, 0);
  return flags < 0 ? flags : (flags & O_NONBLOCK) != 0;
}

int bk_set_nonblocking(int fd, int on) { return set_flag(fd, F_GETFL, F_SETFL, O_NONBLOCK, on); }

int bk_get_inheritable(int fd) {
  int flags = control(fd, F_GETFD, 0);
  return flags < 0 ? flags : (flags & FD_CLOEXEC) == 0;
}

int bk_set_inheritable(int fd, int on) { return set_flag(fd, F_GETFD, F_SETFD, FD_CLOEXEC, !on); }
