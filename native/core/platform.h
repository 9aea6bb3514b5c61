/* The porting contract: the functions that a platform has to provide.
 *
 * One function per system call. Every function returns a number >= 0, or -errno; none sets errno for its caller, none
 * allocates for JavaScript, none interprets families, options or addresses. A call that a signal interrupts is
 * repeated (PEP 475), descriptors are created close-on-exec, and no write raises SIGPIPE.
 *
 * Memory is passed with its length (bk_span), and no function reads or writes beyond it. Data that does not fit is
 * -EFAULT.
 *
 * Nothing in this folder includes node_api.h, so all of it builds and is tested as plain C (native/test). */
#ifndef BERKELEY_PLATFORM_H
#define BERKELEY_PLATFORM_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#include "win32_errno.h"
#else
#include <errno.h>
#endif

#ifndef IOV_MAX
#define IOV_MAX 1024 /* Windows has no limit */
#endif

enum {
  /* No kernel returns a longer address (sockaddr_storage has 128 bytes; sun_path can use them all). */
  BK_ADDRESS_MAX = 256,
  /* The memory of an interface's name, with the final NUL: IF_NAMESIZE is 16 on Linux, 256 on Windows. */
  BK_INTERFACE_NAME_SIZE = 256,
};

typedef struct {
  uint8_t *bytes;
  size_t length;
} bk_span;

typedef struct {
  int32_t length; /* of the address the kernel had; above BK_ADDRESS_MAX if the address was cut */
  uint8_t bytes[BK_ADDRESS_MAX];
} bk_address;

/* ---- opening and closing (linux.c, bsd.c) ---- */
int bk_socket(int family, int type, int protocol);
int bk_socketpair(int family, int type, int protocol, int32_t pair[2]);
int bk_accept(int fd, bk_address *peer); /* peer can be NULL: AF_ALG refuses to name one */
int bk_dup(int fd);
/* Duplicates a file descriptor of the runtime (node:fs), or else a socket. Only on Windows a file and a socket can have the
 * same number. */
int bk_dup_file(int file);
int bk_close(int fd);

/* ---- names and connections (posix.c) ---- */
int bk_bind(int fd, bk_span address);
int bk_connect(int fd, bk_span address); /* not repeated: after EINTR the attempt continues, see connect(2) */
int bk_listen(int fd, int backlog);
int bk_shutdown(int fd, int how);
int bk_getsockname(int fd, bk_address *address);
int bk_getpeername(int fd, bk_address *address);

/* ---- data (posix.c) ---- */
int bk_recv(int fd, bk_span into, int flags);
int bk_recvfrom(int fd, bk_span into, int flags, bk_address *from);
int bk_send(int fd, bk_span data, int flags);
int bk_sendto(int fd, bk_span data, int flags, bk_span to);

/* ---- options and descriptor flags (options.c) ---- */
int bk_getsockopt(int fd, int level, int name, bk_span into); /* the length the kernel wrote */
int bk_setsockopt(int fd, int level, int name, bk_span value); /* value.bytes can be NULL, as in setsockopt(2) */
/* An option whose value is a struct sock_fprog, which holds a pointer to instructions (struct sock_filter). */
int bk_set_filter(int fd, int level, int name, bk_span instructions);
int bk_get_nonblocking(int fd);
int bk_set_nonblocking(int fd, int on);
int bk_get_inheritable(int fd);
int bk_set_inheritable(int fd, int on);

/* ---- messages (message.c; control.c) ---- */
/* The parts of a message, in both directions. A receive fills `control` and `name` and sets their lengths. */
typedef struct {
  const bk_span *buffers;
  size_t count; /* beyond IOV_MAX only the first IOV_MAX are used: a partial send or receive */
  bk_span control;
  bk_span name;
  int flags; /* out: MSG_TRUNC, MSG_CTRUNC, … */
} bk_message;

int bk_sendmsg(int fd, const bk_message *message, int flags);
/* Received descriptors are close-on-exec (MSG_CMSG_CLOEXEC). */
int bk_recvmsg(int fd, bk_message *message, int flags);
/* Calls `each` for every descriptor in received control data: SCM_RIGHTS and SCM_PIDFD (control.c). */
void bk_control_descriptors(bk_span control, void (*each)(void *context, int fd), void *context);

/* Many messages in one call, their parts in parallel slabs: message i has data + i * size, names + i * BK_NAME_SIZE,
 * controls + i * control_size, and its bk_batch_row in `rows`. Sending reads the rows, receiving writes them: the lengths
 * of data and name are what is in their slots, and `full_length` is what the kernel returned, which can be longer. */
enum { BK_BATCH_MAX = 1024, BK_NAME_SIZE = 128 };
typedef struct {
  int32_t length, name_length, control_length, flags, full_length;
} bk_batch_row;
typedef struct {
  bk_span data, names, controls, rows;
  int32_t size, control_size;
} bk_batch;

/* The number of messages, which can be fewer than `count`. A blocking receive waits for the first message only.
 * -EFAULT if the messages do not fit into their slabs, -EINVAL for a count or a size below 0. */
int bk_sendmmsg(int fd, bk_batch *batch, int first, int count, int flags);
int bk_recvmmsg(int fd, bk_batch *batch, int count, int flags);
/* Returns the control data of message `index`. */
bk_span bk_batch_control(const bk_batch *batch, int index);

/* ---- files (linux.c, bsd.c; posix.c) ---- */
/* Copies from a file to a socket inside the kernel. Returns the number of bytes sent; 0 at the end of the file. */
int bk_sendfile(int fd, int file, int64_t offset, int64_t count);
/* Moves bytes from a pipe to a socket inside the kernel. Bytes that are not sent stay in the pipe. Never waits for
 * the pipe, and for the socket only if the socket blocks. Returns the number of bytes sent; 0 when the pipe is empty
 * and has no writers; -EINVAL if `pipe` is not a pipe, -ENOSYS if the platform has no such call. */
int bk_splice(int fd, int pipe, int64_t count);
/* Reads from a file at `position`; if that is negative, at the file's own position. */
int bk_read(int file, bk_span into, int64_t position);
/* Sets a file's position, counted from its beginning. Returns 0, or -ESPIPE for pipes, sockets and terminals. */
int bk_seek(int file, int64_t offset);

/* ---- waiting in the calling thread (wait.c) ---- */
/* poll(2), with the time limit of bk_wait. `ready` is written: the events that hold. */
typedef struct {
  int32_t fd, events, ready;
} bk_poll_entry;
int bk_poll(bk_poll_entry *entries, size_t count, double milliseconds);

/* Waits until one of `events` (POLL*) or an error holds. A negative time waits indefinitely; fd -1 only sleeps.
 * Returns the events that hold; 0 on timeout. */
int bk_wait(int fd, int events, double milliseconds);

/* ---- a flag that one thread raises and another waits for (linux.c, bsd.c) ---- */
typedef struct {
  int32_t reader; /* readable while the flag is raised: for bk_poll; -1 where it could not be opened */
  int32_t writer;
} bk_flag;
int bk_flag_open(bk_flag *flag); /* close it also where this fails */
void bk_flag_raise(const bk_flag *flag);
int bk_flag_take(const bk_flag *flag); /* waits until the flag is raised, and lowers it. 0 or -errno */
void bk_flag_close(const bk_flag *flag);

/* ---- names (names.c) ---- */
int bk_gethostname(char *name, size_t size);
int bk_sethostname(const char *name, size_t length);
int bk_if_nametoindex(const char *name);
int bk_if_indextoname(unsigned index, char name[BK_INTERFACE_NAME_SIZE]);
/* Calls `each` for every interface, in the kernel's order. */
int bk_if_nameindex(void (*each)(void *context, unsigned index, const char *name), void *context);
int bk_getservbyname(const char *name, const char *protocol); /* a port, or -ENOENT */
int bk_getservbyport(int port, const char *protocol, char *name, size_t size);
int bk_getprotobyname(const char *name); /* a number, or -ENOENT */
/* Calls ioctl(2) with memory that the request reads or writes. A request that needs more than `memory` is -EFAULT if
 * its number has its size. Otherwise it reads zeros after `memory`, and the bytes that it writes there are dropped. */
int bk_ioctl(int fd, unsigned request, bk_span memory);

/* ---- sharing with another process (win32_share.c); only Windows has it ---- */
enum { BK_SHARE_SIZE = 628 };
/* Duplicates a socket for a process. Writes what bk_from_share opens there: BK_SHARE_SIZE bytes. 0 or -errno. */
int bk_share(int fd, unsigned process, bk_span into);
int bk_from_share(bk_span shared);

#endif
