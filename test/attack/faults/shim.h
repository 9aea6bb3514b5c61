/* What the wrappers of shim.c share: the plan, and the question whether to disturb a call. */
#ifndef FAULTS_SHIM_H
#define FAULTS_SHIM_H

#include <stdatomic.h>
#include <stdint.h>

/* Each function, or each command of a function that has several. table.ts has one row for each name. */
#define SLOTS(EACH)                                                                                      \
  EACH(accept4) EACH(bind) EACH(calloc) EACH(close) EACH(connect) EACH(dlsym) EACH(epoll_create1)        \
  EACH(epoll_ctl_add) EACH(epoll_ctl_mod) EACH(epoll_ctl_del) EACH(epoll_pwait) EACH(eventfd)            \
  EACH(fcntl_dup) EACH(fcntl_getfd) EACH(fcntl_setfd) EACH(fcntl_getfl) EACH(fcntl_setfl)                \
  EACH(getaddrinfo) EACH(gethostbyaddr_r) EACH(gethostbyname2_r) EACH(gethostname) EACH(getnameinfo)     \
  EACH(getpeername) EACH(getprotobyname) EACH(getservbyname) EACH(getservbyport) EACH(getsockname)       \
  EACH(getsockopt) EACH(if_indextoname) EACH(if_nameindex) EACH(if_nametoindex) EACH(ioctl) EACH(listen) \
  EACH(lseek64) EACH(malloc) EACH(ppoll) EACH(pread64) EACH(pthread_create) EACH(read) EACH(realloc)     \
  EACH(recvfrom) EACH(recvmmsg) EACH(recvmsg) EACH(sendfile64) EACH(sendmmsg) EACH(sendmsg) EACH(sendto) \
  EACH(sethostname) EACH(setsockopt) EACH(shutdown) EACH(sigtimedwait) EACH(socket) EACH(socketpair)     \
  EACH(splice) EACH(write)

enum slot {
#define NAME_SLOT(name) SLOT_##name,
  SLOTS(NAME_SLOT)
#undef NAME_SLOT
      SLOT_COUNT
};

enum { SLOT_MAX = 96, SLOT_NAME = 24 };

/* How a call is disturbed. */
enum action {
  NOTHING = 0,
  FAIL = 1,  /* the call fails with `value` */
  SHORT = 2, /* the call transfers at most `value` bytes, messages or events */
  LOSE = 3,  /* what the call would return is lost before, as a datagram with a wrong checksum is */
  READY = 4, /* the poller reports a readiness that does not exist */
};

/* The file that the program and this library share. control.ts has the same layout. */
struct control {
  _Atomic int32_t armed;  /* calls are only counted and disturbed while this is 1 */
  _Atomic int32_t slot;   /* the function to disturb; -1 for none */
  _Atomic int32_t first;  /* the number of calls of it that are not disturbed */
  _Atomic int32_t times;  /* the number of calls that are disturbed after these */
  _Atomic int32_t action;
  _Atomic int32_t value;
  _Atomic int32_t hits;   /* the number of calls that were disturbed */
  _Atomic int32_t step;   /* the number of the case, for the program that watches */
  _Atomic int32_t counts[SLOT_MAX];
  char names[SLOT_MAX][SLOT_NAME];
};

extern struct control *shim_control;

/* Returns the action for this call; NOTHING for a call that does not come from the addon. */
enum action shim_decide(enum slot slot, const void *caller);

/* Takes a decision back: the action does not apply to this call. */
void shim_spare(void);

/* Returns the next definition of a function. */
void *shim_next(const char *name);

#define CALLER __builtin_return_address(0)
#define VALUE ((int)atomic_load(&shim_control->value))

/* Defines a function of libc under another name in C, so that it does not conflict with the headers. */
#define EXPORT(result, name, parameters)                                                    \
  result shim_##name parameters __asm__(#name) __attribute__((visibility("default")));      \
  result shim_##name parameters

/* Declares `real`, the function of libc. */
#define REAL(result, name, parameters)        \
  static result(*real) parameters;            \
  if (real == NULL) real = shim_next(#name)

#endif
