/* Put before libc with LD_PRELOAD: writes down every byte that the addon passes to the kernel, as lines
 *
 *   <call> <part> <hexadecimal bytes>
 *
 * in the file that BERKELEY_WATCH names, and with which flags it opens descriptors (`<call> flags <number>`). Calls of other
 * callers are passed on. After each call, the stack below is overwritten with poison, so that the next function of the addon
 * that does not initialise its memory passes poison on. For memory of malloc(3), MALLOC_PERTURB_ does the same. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { POISON = 0xA5, DEEP = 32768, LONGEST = 8192 };

__attribute__((noinline)) static void poison_stack(void) {
  unsigned char below[DEEP];
  memset(below, POISON, sizeof below);
  __asm__ volatile("" : : "r"(below) : "memory"); /* the compiler must not leave the writes out */
}

static int from_addon(void *caller) {
  Dl_info where;
  if (!dladdr(caller, &where) || where.dli_fname == NULL) return 0;
  size_t length = strlen(where.dli_fname);
  return length > 5 && strcmp(where.dli_fname + length - 5, ".node") == 0;
}

static int file_of_record(void) {
  static int file = -1;
  const char *name = getenv("BERKELEY_WATCH");
  if (file < 0 && name != NULL) file = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  return file;
}

static void record_bytes(const char *call, const char *part, const void *bytes, size_t length) {
  char line[2 * LONGEST + 64];
  if (bytes == NULL) return;
  if (length > LONGEST) length = LONGEST;
  int end = snprintf(line, sizeof line, "%s %s ", call, part);
  for (size_t i = 0; i < length; i++) end += snprintf(line + end, 3, "%02x", ((const unsigned char *)bytes)[i]);
  line[end++] = '\n';
  if (write(file_of_record(), line, end) < 0) abort();
}

static void record_flags(const char *call, int flags) {
  char line[64];
  int end = snprintf(line, sizeof line, "%s flags %d\n", call, flags);
  if (write(file_of_record(), line, end) < 0) abort();
}

static void record_message(const char *call, const struct msghdr *head) {
  record_bytes(call, "name", head->msg_name, head->msg_namelen);
  record_bytes(call, "control", head->msg_control, head->msg_controllen);
  for (size_t i = 0; i < head->msg_iovlen; i++)
    record_bytes(call, "data", head->msg_iov[i].iov_base, head->msg_iov[i].iov_len);
}

/* Records if the addon calls, calls libc's function, and poisons the stack. */
#define WATCHED(type, name, parameters, arguments, record)                             \
  type name parameters {                                                               \
    static type(*next) parameters;                                                     \
    if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, #name);                       \
    int is_ours = from_addon(__builtin_return_address(0));                             \
    if (is_ours) { record; }                                                           \
    type result = next arguments;                                                      \
    if (is_ours) poison_stack();                                                       \
    return result;                                                                     \
  }

WATCHED(int, socket, (int family, int type, int protocol), (family, type, protocol), record_flags("socket", type))
WATCHED(int, socketpair, (int family, int type, int protocol, int pair[2]), (family, type, protocol, pair),
        record_flags("socketpair", type))
WATCHED(int, accept4, (int fd, struct sockaddr *peer, socklen_t *length, int flags), (fd, peer, length, flags),
        record_flags("accept4", flags))
WATCHED(int, epoll_create1, (int flags), (flags), record_flags("epoll_create1", flags))
WATCHED(int, eventfd, (unsigned value, int flags), (value, flags), record_flags("eventfd", flags))

WATCHED(int, bind, (int fd, const struct sockaddr *name, socklen_t length), (fd, name, length),
        record_bytes("bind", "name", name, length))
WATCHED(int, connect, (int fd, const struct sockaddr *name, socklen_t length), (fd, name, length),
        record_bytes("connect", "name", name, length))
WATCHED(int, setsockopt, (int fd, int level, int name, const void *value, socklen_t length),
        (fd, level, name, value, length), record_bytes("setsockopt", "value", value, length))
WATCHED(int, getsockopt, (int fd, int level, int name, void *value, socklen_t *length),
        (fd, level, name, value, length), record_bytes("getsockopt", "space", value, *length))
WATCHED(ssize_t, sendmsg, (int fd, const struct msghdr *head, int flags), (fd, head, flags),
        record_message("sendmsg", head))
WATCHED(int, sendmmsg, (int fd, struct mmsghdr *heads, unsigned count, int flags), (fd, heads, count, flags),
        for (unsigned i = 0; i < count; i++) record_message("sendmmsg", &heads[i].msg_hdr))
WATCHED(ssize_t, recvmsg, (int fd, struct msghdr *head, int flags), (fd, head, flags),
        if (head->msg_controllen > 0) record_flags("recvmsg", flags))
WATCHED(int, recvmmsg, (int fd, struct mmsghdr *heads, unsigned count, int flags, struct timespec *limit),
        (fd, heads, count, flags, limit), if (count > 0 && heads->msg_hdr.msg_controllen > 0) record_flags("recvmmsg", flags))
WATCHED(ssize_t, write, (int fd, const void *bytes, size_t length), (fd, bytes, length),
        record_bytes("write", "data", bytes, length))
WATCHED(int, ioctl, (int fd, unsigned long request, void *memory), (fd, request, memory), )

/* The addon calls send and sendto without the cancellation points of libc (native/core/uncancelled.h). */
long syscall(long number, ...) {
  static long (*next)(long, ...);
  if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "syscall");
  long a[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  int is_ours = from_addon(__builtin_return_address(0));
  if (is_ours && number == SYS_sendto) {
    record_bytes("sendto", "data", (void *)a[1], a[2]);
    record_bytes("sendto", "name", (void *)a[4], a[5]);
  }
  long result = next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  if (is_ours) poison_stack();
  return result;
}

/* The commands that duplicate a descriptor are told. */
int fcntl64(int fd, int command, ...) {
  static int (*next)(int, int, ...);
  if (next == NULL) *(void **)&next = dlsym(RTLD_NEXT, "fcntl64");
  va_list list;
  va_start(list, command);
  long argument = va_arg(list, long);
  va_end(list);
  int is_ours = from_addon(__builtin_return_address(0));
  if (is_ours && (command == F_DUPFD || command == F_DUPFD_CLOEXEC)) record_flags("fcntl", command);
  int result = next(fd, command, argument);
  if (is_ours) poison_stack();
  return result;
}
