/* Declarations that the Windows files of the core share. Only this header includes Winsock's headers. */
#ifndef BERKELEY_WIN32_H
#define BERKELEY_WIN32_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>

#include "platform.h"

/* Flags and options that Winsock lacks and this core implements. Their numbers are from tables/private.ts. */
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
 * A descriptor is a handle, truncated to 32 bits: Windows uses no more of a handle (Microsoft Learn, "Interprocess
 * Communication Between 32-bit and 64-bit Applications"). A number above INT_MAX would look like an error, so bk_fd_of
 * refuses it. The table stores what Windows cannot be asked about a handle. A handle that other code has created is added
 * when it is first used. */
typedef enum { BK_SOCKET, BK_FILE, BK_POLLER } bk_kind;

typedef struct bk_watch bk_watch;
typedef struct bk_poller bk_poller;

typedef struct {
  bk_kind kind;
  SOCKET socket; /* the handle that AFD knows, below the layered service providers (SIO_BASE_HANDLE) */
  int is_stream;
  int is_nonblocking;
  int is_receive_shut, is_send_shut; /* bk_shutdown was called for this direction */
  bk_watch *watches;                 /* one for each poller that has the socket */
  bk_poller *poller;
  unsigned connection; /* equal for all duplicates of a socket; 0 if it was never duplicated */
} bk_entry;

static inline SOCKET bk_socket_of(int fd) { return (SOCKET)(unsigned)fd; }
static inline HANDLE bk_handle_of(int fd) { return (HANDLE)(uintptr_t)(unsigned)fd; }
/* The descriptor of a handle, or -EMFILE if its number does not fit. */
static inline int bk_fd_of(uintptr_t handle) { return handle > INT_MAX ? -EMFILE : (int)handle; }

/* Guards the table and all pollers. */
extern SRWLOCK bk_lock;

/* Starts Winsock, once per process. 0 or -errno. */
int bk_start_winsock(void);
/* The entry of a descriptor, valid while the caller has bk_lock; NULL if there is none. */
bk_entry *bk_find(int fd);
/* Calls `each` for a descriptor and its duplicates in this process. The caller holds bk_lock. */
void bk_for_duplicates(int fd, void (*each)(bk_entry *entry, int argument), int argument);
/* Adds an entry for a new handle. Replaces the entry of a handle with the same number that other code has closed. 0 or
 * -ENOMEM. */
int bk_add(int fd, const bk_entry *entry);
/* Removes an entry and its watches. Copies it first, if there is one. */
void bk_forget(int fd, bk_entry *copy);
/* Copies the entry of a socket. Creates one for a socket that other code has opened. 0, -EBADF, -ENOTSOCK or -ENOMEM. */
int bk_look_up(int fd, bk_entry *copy);
/* Adds a new socket to the table, and makes it non-blocking for Winsock and not inheritable. Closes it if that fails. fd or
 * -errno. */
int bk_keep(SOCKET socket, int is_nonblocking);
/* Sets whether an ICMP "port unreachable" makes the next receive call of a datagram socket fail (SIO_UDP_CONNRESET). Linux
 * reports it only on connected sockets (udp(7)). Families without the request refuse it, which is ignored. */
void bk_report_unreachable(int fd, BOOL on);
/* Whether the entry of a descriptor is of this kind. */
int bk_is(int fd, bk_kind kind);

/* ---- waiting (win32_wait.c) ---- */
/* The time of a monotonic clock, in milliseconds. */
double bk_now(void);

/* The time limit of one blocking call. */
typedef struct {
  double deadline; /* 0: not known yet; negative: none */
} bk_clock;

/* A time limit as a number for Windows, rounded up. INFINITE if it is negative. */
DWORD bk_whole_milliseconds(double milliseconds);

/* Waits for `event` until the limit of the socket has passed: SO_RCVTIMEO or SO_SNDTIMEO. 0, -EAGAIN after the limit, or
 * -errno. */
int bk_wait_in_call(int fd, int event, bk_clock *clock);

/* ---- readiness (afd.c) ---- */
typedef struct {
  int fd, events, ready;
  bk_entry entry;
} bk_afd_item;
/* poll(2) of sockets, by one AFD request. Returns the number of sockets that are ready, or -errno. */
int bk_afd_poll(bk_afd_item *items, size_t count, double milliseconds);
/* Called when a call would have to wait. Edge-triggered pollers report the event again when it holds. */
void bk_afd_arm(int fd, int event);
/* Reports events that AFD does not report: those of bk_shutdown. The caller holds bk_lock. */
void bk_afd_report(const bk_entry *entry, int events);
/* Removes an entry from all pollers. The caller holds bk_lock. */
void bk_afd_drop(bk_entry *entry);
void bk_poller_close(bk_poller *poller);
/* Waits until a poller has an event. Returns POLLIN, 0 after the time limit, or -errno. */
int bk_poller_wait(int poller, double milliseconds);

/* ---- files (win32_files.c) ---- */
/* The handle of a duplicate that bk_dup_file created, or of a file descriptor of the executable's C library. NULL if there
 * is none. */
HANDLE bk_file_handle(int file);
/* Duplicates a socket (win32_share.c). */
int bk_dup_socket(int fd);
/* The events of poll(2) that hold for a file. */
int bk_file_events(int file, int events);

#endif
