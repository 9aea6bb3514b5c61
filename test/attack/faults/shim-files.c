/* Wrappers of the calls on any descriptor. */
#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

static long fail(void) {
  errno = VALUE;
  return -1;
}

/* The descriptor is closed even if close(2) fails; see its section "Dealing with error returns from close()". */
EXPORT(int, close, (int fd)) {
  REAL(int, close, (int));
  int result = real(fd);
  return shim_decide(SLOT_close, CALLER) == FAIL ? (int)fail() : result;
}

static enum slot slot_of(int command) {
  switch (command) {
    case F_GETFD:
      return SLOT_fcntl_getfd;
    case F_SETFD:
      return SLOT_fcntl_setfd;
    case F_GETFL:
      return SLOT_fcntl_getfl;
    case F_SETFL:
      return SLOT_fcntl_setfl;
    default:
      return SLOT_fcntl_dup;
  }
}

EXPORT(int, fcntl64, (int fd, int command, long argument)) {
  REAL(int, fcntl64, (int, int, ...));
  if (shim_decide(slot_of(command), CALLER) == FAIL) return (int)fail();
  return real(fd, command, argument);
}

#define FAILS(result, name, parameters, types, arguments)             \
  EXPORT(result, name, parameters) {                                  \
    REAL(result, name, types);                                        \
    if (shim_decide(SLOT_##name, CALLER) == FAIL) return (int)fail(); \
    return real arguments;                                            \
  }

FAILS(int, eventfd, (unsigned a, int b), (unsigned, int), (a, b))
FAILS(int, ioctl, (int a, unsigned long b, void *c), (int, unsigned long, ...), (a, b, c))
FAILS(off64_t, lseek64, (int a, off64_t b, int c), (int, off64_t, int), (a, b, c))

/* Transfers that can end after a part. An eventfd, which has no file type, never does: its counter has eight bytes. */
static size_t shorter(int fd, enum action action, size_t length) {
  struct stat status;
  if (action != SHORT) return length;
  int can = fstat(fd, &status) == 0 && (status.st_mode & S_IFMT) != 0;
  if (can && length > (size_t)VALUE) return (size_t)VALUE;
  shim_spare();
  return length;
}

#define SHORTENS(name, slot, parameters, types, length, arguments)  \
  EXPORT(ssize_t, name, parameters) {                               \
    REAL(ssize_t, name, types);                                     \
    enum action action = shim_decide(slot, CALLER);                 \
    if (action == FAIL) return fail();                              \
    length = shorter(a, action, length);                               \
    return real arguments;                                          \
  }

SHORTENS(read, SLOT_read, (int a, void *b, size_t c), (int, void *, size_t), c, (a, b, c))
SHORTENS(pread64, SLOT_pread64, (int a, void *b, size_t c, off64_t d), (int, void *, size_t, off64_t), c, (a, b, c, d))
SHORTENS(write, SLOT_write, (int a, const void *b, size_t c), (int, const void *, size_t), c, (a, b, c))
SHORTENS(sendfile64, SLOT_sendfile64, (int a, int b, off64_t *c, size_t d), (int, int, off64_t *, size_t), d,
         (a, b, c, d))
SHORTENS(splice, SLOT_splice, (int a, off64_t *b, int c, off64_t *d, size_t e, unsigned f),
         (int, off64_t *, int, off64_t *, size_t, unsigned), e, (a, b, c, d, e, f))
