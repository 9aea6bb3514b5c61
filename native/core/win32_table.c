/* The table of descriptors: a hash table of handles, with chains. */
#include "win32.h"

#include <stdlib.h>

enum { SLOTS = 1024 };

typedef struct node {
  int fd;
  bk_entry entry;
  struct node *next;
} node;

SRWLOCK bk_lock = SRWLOCK_INIT;
static node *slots[SLOTS];

/* Handles are multiples of four. */
static node **slot_of(int fd) { return &slots[(unsigned)fd / 4 % SLOTS]; }

static BOOL CALLBACK start(PINIT_ONCE once, PVOID result, PVOID *context) {
  (void)once, (void)context;
  WSADATA data;
  *(int *)result = WSAStartup(MAKEWORD(2, 2), &data);
  return *(int *)result == 0;
}

int bk_start_winsock(void) {
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
  int error = 0;
  return InitOnceExecuteOnce(&once, start, &error, NULL) ? 0 : bk_errno_of((DWORD)error);
}

bk_entry *bk_find(int fd) {
  for (node *each = *slot_of(fd); each != NULL; each = each->next)
    if (each->fd == fd) return &each->entry;
  return NULL;
}

void bk_for_duplicates(int fd, void (*each)(bk_entry *entry, int argument), int argument) {
  bk_entry *entry = bk_find(fd);
  if (entry != NULL && entry->connection == 0) each(entry, argument);
  if (entry == NULL || entry->connection == 0) return;
  for (size_t i = 0; i < SLOTS; i++)
    for (node *found = slots[i]; found != NULL; found = found->next)
      if (found->entry.connection == entry->connection) each(&found->entry, argument);
}

static void remove_node(int fd) {
  for (node **link = slot_of(fd); *link != NULL; link = &(*link)->next) {
    node *found = *link;
    if (found->fd != fd) continue;
    bk_afd_drop(&found->entry);
    *link = found->next;
    free(found);
    return;
  }
}

static node *new_node(int fd, const bk_entry *entry) {
  node *made = calloc(1, sizeof *made);
  if (made != NULL) *made = (node){.fd = fd, .entry = *entry};
  return made;
}

static void insert(node *added) {
  node **slot = slot_of(added->fd);
  added->next = *slot;
  *slot = added;
}

int bk_add(int fd, const bk_entry *entry) {
  node *added = new_node(fd, entry);
  if (added == NULL) return -ENOMEM;
  AcquireSRWLockExclusive(&bk_lock);
  remove_node(fd); /* other code has closed it, and Windows has reused its number */
  insert(added);
  ReleaseSRWLockExclusive(&bk_lock);
  return 0;
}

/* Adds the entry of a socket that other code has opened. If another thread has added one meanwhile, that one stays, because
 * a poller can have it already; it is copied instead. */
static int add_found(int fd, bk_entry *entry) {
  node *added = new_node(fd, entry);
  if (added == NULL) return -ENOMEM;
  AcquireSRWLockExclusive(&bk_lock);
  const bk_entry *present = bk_find(fd);
  if (present != NULL) *entry = *present;
  if (present == NULL) insert(added);
  ReleaseSRWLockExclusive(&bk_lock);
  if (present != NULL) free(added);
  return entry->kind == BK_SOCKET ? 0 : -ENOTSOCK;
}

void bk_forget(int fd, bk_entry *copy) {
  AcquireSRWLockExclusive(&bk_lock);
  const bk_entry *entry = bk_find(fd);
  if (entry != NULL) *copy = *entry;
  remove_node(fd);
  ReleaseSRWLockExclusive(&bk_lock);
}

int bk_is(int fd, bk_kind kind) {
  AcquireSRWLockExclusive(&bk_lock);
  const bk_entry *entry = bk_find(fd);
  int is = entry != NULL && entry->kind == kind;
  ReleaseSRWLockExclusive(&bk_lock);
  return is;
}

/* Winsock reports WSAENOTSOCK for closed handles, too. A file descriptor of node:fs is not a handle, but it is open. */
static int not_a_socket(SOCKET socket) {
  DWORD flags;
  int error = bk_last_errno();
  if (error == -ENOTSOCK && bk_file_handle((int)socket) != NULL) return error;
  return error == -ENOTSOCK && !GetHandleInformation((HANDLE)socket, &flags) ? -EBADF : error;
}

/* A layered service provider gives out handles of its own. AFD only knows the handle of the base provider, which
 * SIO_BASE_HANDLE returns (Microsoft Learn, "Winsock IOCTLs"). wepoll and libuv do the same before they poll. */
static SOCKET base_of(SOCKET socket) {
  SOCKET base = socket;
  DWORD length;
  if (WSAIoctl(socket, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base, &length, NULL, NULL) != 0) return socket;
  return base;
}

#ifndef SIO_UDP_NETRESET /* MinGW's headers lack it */
#define SIO_UDP_NETRESET _WSAIOW(IOC_VENDOR, 15)
#endif

static void set_switch(SOCKET socket, DWORD request, BOOL on) {
  DWORD ignored;
  WSAIoctl(socket, request, &on, sizeof on, NULL, 0, &ignored, NULL, NULL);
}

void bk_report_unreachable(int fd, BOOL on) { set_switch(bk_socket_of(fd), SIO_UDP_CONNRESET, on); }

/* By default an ICMP message about a datagram that was sent makes a later receive call fail, whoever sent the datagram that
 * is received: WSAECONNRESET for "port unreachable", WSAENETRESET for "time to live exceeded" ("recvfrom function"). Linux
 * reports the first on connected sockets only, and the second only with IP_RECVERR (net/ipv4/udp.c, __udp4_lib_err). Go's
 * runtime disables both, too (internal/poll/fd_windows.go). */
static void disable_icmp_errors(SOCKET socket) {
  set_switch(socket, SIO_UDP_CONNRESET, FALSE);
  set_switch(socket, SIO_UDP_NETRESET, FALSE);
}

/* Creates the entry of a socket. Winsock does not tell whether a socket is non-blocking, and has no flag for one call that
 * does not wait (MSG_DONTWAIT). So every socket is non-blocking for Winsock, and calls that block wait here. */
static int make_entry(SOCKET socket, int is_nonblocking, bk_entry *entry) {
  int type = 0, length = sizeof type;
  u_long on = 1;
  if (getsockopt(socket, SOL_SOCKET, SO_TYPE, (char *)&type, &length) != 0) return not_a_socket(socket);
  if (ioctlsocket(socket, (long)FIONBIO, &on) != 0) return bk_last_errno();
  if (type == SOCK_DGRAM) disable_icmp_errors(socket);
  *entry = (bk_entry){.kind = BK_SOCKET, .socket = base_of(socket), .is_stream = type == SOCK_STREAM};
  entry->is_nonblocking = is_nonblocking;
  return 0;
}

int bk_look_up(int fd, bk_entry *copy) {
  if (fd < 0 || bk_start_winsock() < 0) return -EBADF;
  AcquireSRWLockExclusive(&bk_lock);
  const bk_entry *entry = bk_find(fd);
  if (entry != NULL) *copy = *entry;
  ReleaseSRWLockExclusive(&bk_lock);
  if (entry != NULL) return copy->kind == BK_SOCKET ? 0 : -ENOTSOCK;
  int result = make_entry(bk_socket_of(fd), 0, copy);
  return result < 0 ? result : add_found(fd, copy);
}

int bk_keep(SOCKET socket, int is_nonblocking) {
  bk_entry entry;
  int fd = bk_fd_of(socket);
  SetHandleInformation((HANDLE)socket, HANDLE_FLAG_INHERIT, 0);
  int result = fd < 0 ? fd : make_entry(socket, is_nonblocking, &entry);
  if (result == 0) result = bk_add(fd, &entry);
  if (result == 0) return fd;
  closesocket(socket);
  return result;
}
