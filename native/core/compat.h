/* Calls that Linux and FreeBSD have but macOS or musl lack; darwin.c has macOS's functions. */
#ifndef BERKELEY_COMPAT_H
#define BERKELEY_COMPAT_H

#include "platform.h"

#ifdef __APPLE__

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

/* Sockets are created so that they do not raise SIGPIPE (bsd.c). Received descriptors are made close-on-exec one by
 * one. */
#undef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#define MSG_CMSG_CLOEXEC 0
/* A bit above all flags of the kernel. bk_recvmmsg sets it, and the function below clears it. */
#define MSG_WAITFORONE 0x40000000

struct mmsghdr {
  struct msghdr msg_hdr;
  unsigned msg_len;
};

int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout);

/* Waits at least as long as requested, unless EINTR ends it earlier. */
int ppoll(struct pollfd *entries, nfds_t count, const struct timespec *limit, const void *signals);

/* Makes the descriptors in received control data close-on-exec. */
void bk_close_received_on_exec(bk_span control);

#else

static inline void bk_close_received_on_exec(bk_span control) { (void)control; }

#endif

/* musl's sendmsg copies control data to 1,024 bytes of its stack and refuses more (ENOMEM), and its sendmmsg sends one
 * message per call. Its structures are those of a little-endian kernel, apart from padding, which is zero in ours. */
#if defined(__linux__) && !defined(__GLIBC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#define sendmsg(fd, message, flags) ((ssize_t)syscall(SYS_sendmsg, fd, message, flags))
#define sendmmsg(fd, messages, count, flags) ((int)syscall(SYS_sendmmsg, fd, messages, count, flags))
#endif

#endif
