/* What the Windows files of the core share. Winsock's headers are included only here. */
#ifndef BERKELEY_WIN32_H
#define BERKELEY_WIN32_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>

#include "platform.h"

/* The numbers of flags and options that Winsock lacks and this core does in its place: tables/private.ts. */
enum {
  BK_MSG_DONTWAIT = 0x40000000,
  BK_MSG_NOSIGNAL = 0x20000000,
  BK_SOCK_NONBLOCK = 0x10000,
  BK_SOCK_CLOEXEC = 0x20000,
  BK_SO_PROTOCOL = 0x10026,
  BK_SO_DOMAIN = 0x10027,
};

/* The events of poll(2) in the numbers of the porting contract, which are Linux's. Winsock's POLLIN is another number. */
enum {
  BK_POLLIN = 0x1,
  BK_POLLPRI = 0x2,
  BK_POLLOUT = 0x4,
  BK_POLLERR = 0x8,
  BK_POLLHUP = 0x10,
  BK_POLLNVAL = 0x20,
  BK_POLLRDHUP = 0x2000,
};

/* ---- errors (win32_errors.c) ---- */
/* -errno for a code of Winsock or of Windows; a code without an errno is returned negative as it is. */
int bk_errno_of(DWORD code);
/* -errno of the call that has just failed in this thread. */
int bk_last_errno(void);

/* ---- descriptors (win32_table.c) ----
 *
 * A descriptor is a handle, cut to 32 bits: Windows uses no more (interoperability of 32-bit and 64-bit processes). The
 * table has what Windows does not tell of a handle. A handle that something else made is added when it is first used. */
typedef enum { BK_SOCKET, BK_FILE, BK_POLLER } bk_kind;

typedef struct bk_watch bk_watch;
typedef struct bk_poller bk_poller;

typedef struct {
  bk_kind kind;
  SOCKET socket; /* what AFD knows it as: without the layers of service providers above */
  int is_stream;
  int is_nonblocking;
  int is_receive_shut, is_send_shut; /* by a shutdown of ours */
  bk_watch *watches;                 /* the pollers that it is in */
  bk_poller *poller;
} bk_entry;

static inline SOCKET bk_socket_of(int fd) { return (SOCKET)(unsigned)fd; }
static inline HANDLE bk_handle_of(int fd) { return (HANDLE)(uintptr_t)(unsigned)fd; }
static inline int bk_fd_of(SOCKET socket) { return (int)(unsigned)socket; }

/* Guards the table and all pollers. */
extern SRWLOCK bk_lock;

/* Starts Winsock, once per process. 0 or -errno. */
int bk_start_winsock(void);
/* The entry of a descriptor, valid while the caller has bk_lock; NULL if there is none. */
bk_entry *bk_find(int fd);
/* Adds an entry, or replaces a stale one. 0 or -ENOMEM. */
int bk_add(int fd, const bk_entry *entry);
/* Removes an entry, and what watches it. */
void bk_forget(int fd);
/* Copies the entry of a socket; makes one for a socket of others. 0, -EBADF, -ENOTSOCK or -ENOMEM. */
int bk_look_up(int fd, bk_entry *copy);
/* Makes a new socket ours: non-blocking for Winsock, and not inherited. Closes it if that fails. fd or -errno. */
int bk_keep(SOCKET socket, int is_nonblocking);
/* Whether an ICMP "port unreachable" fails the next receive of a datagram socket. It is right only for one that is
 * connected: to another socket any peer of it would do that. Families without it refuse. */
void bk_report_unreachable(int fd, BOOL on);
/* Whether the entry of a descriptor is of this kind. */
int bk_is(int fd, bk_kind kind);

/* ---- waiting (win32_wait.c) ---- */
/* Milliseconds of a clock that only goes forward. */
double bk_now(void);

/* The time limit of one blocking call. */
typedef struct {
  double deadline; /* 0: not known yet; negative: none */
} bk_clock;

/* Waits for `event` until the socket's own limit, SO_RCVTIMEO or SO_SNDTIMEO. 0, -EAGAIN when it has passed, or -errno. */
int bk_wait_in_call(int fd, int event, bk_clock *clock);

/* ---- readiness (afd.c) ---- */
typedef struct {
  int fd, events, ready;
  bk_entry entry;
} bk_afd_item;
/* poll(2) of sockets by one AFD request. How many are ready, or -errno. */
int bk_afd_poll(bk_afd_item *items, size_t count, double milliseconds);
/* A call found nothing to do: edge-triggered pollers report the event again when it holds. */
void bk_afd_arm(int fd, int event);
/* Reports events that AFD does not: those of a local shutdown. */
void bk_afd_report(int fd, int events);
/* Takes an entry out of all pollers. The caller has bk_lock. */
void bk_afd_drop(bk_entry *entry);
void bk_poller_close(bk_poller *poller);
/* Waits until a poller has an event. Its POLLIN, 0 when the time is over, or -errno. */
int bk_poller_wait(int poller, double milliseconds);

/* ---- files (win32_files.c) ---- */
/* The handle of a file descriptor of the C library of the executable, or of a duplicate of ours. NULL if there is none. */
HANDLE bk_file_handle(int file);
int bk_dup_file(int file);
/* The events of poll(2) that hold for a file. */
int bk_file_events(int file, int events);

#endif
