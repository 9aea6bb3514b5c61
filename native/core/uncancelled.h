/* System calls that are no cancellation points.
 *
 * The functions of libc for these calls are: in a process with several threads, such as every JavaScript runtime, each
 * call switches the thread's cancellation type on and off with atomic instructions (nptl/cancellation.c), which takes
 * about 20 ns. Nothing cancels the threads that run this code. */
#ifndef BERKELEY_UNCANCELLED_H
#define BERKELEY_UNCANCELLED_H

#ifdef __linux__
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define recvfrom(fd, bytes, size, flags, address, length) \
  syscall(SYS_recvfrom, (fd), (bytes), (size), (flags), (address), (length))
#define recv(fd, bytes, size, flags) recvfrom(fd, bytes, size, flags, NULL, NULL)
#define sendto(fd, bytes, size, flags, address, length) \
  syscall(SYS_sendto, (fd), (bytes), (size), (flags), (address), (length))
#define send(fd, bytes, size, flags) sendto(fd, bytes, size, flags, NULL, 0)

/* Newer architectures have only the call with a signal mask. Its size is that of the kernel's mask. */
#define epoll_wait(poller, events, most, milliseconds) \
  ((int)syscall(SYS_epoll_pwait, (poller), (events), (most), (milliseconds), NULL, _NSIG / 8))
#endif

#endif
