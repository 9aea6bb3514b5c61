/* The table of descriptors: a hash of handles with chains. */
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

int bk_add(int fd, const bk_entry *entry) {
  node *added = calloc(1, sizeof *added);
  if (added == NULL) return -ENOMEM;
  added->fd = fd;
  added->entry = *entry;
  AcquireSRWLockExclusive(&bk_lock);
  remove_node(fd); /* someone else has closed it, and the number is in use again */
  node **slot = slot_of(fd);
  added->next = *slot;
  *slot = added;
  ReleaseSRWLockExclusive(&bk_lock);
  return 0;
}

void bk_forget(int fd) {
  AcquireSRWLockExclusive(&bk_lock);
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

/* Winsock says "not a socket" of closed handles as well. */
static int not_a_socket(int fd) {
  DWORD flags;
  int error = bk_last_errno();
  return error == -ENOTSOCK && !GetHandleInformation(bk_handle_of(fd), &flags) ? -EBADF : error;
}

/* Under service providers with layers, AFD knows the socket by the handle of the lowest. */
static SOCKET base_of(SOCKET socket) {
  SOCKET base = socket;
  DWORD length;
  if (WSAIoctl(socket, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base, &length, NULL, NULL) != 0) return socket;
  return base;
}

void bk_report_unreachable(int fd, BOOL on) {
  DWORD ignored;
  WSAIoctl(bk_socket_of(fd), SIO_UDP_CONNRESET, &on, sizeof on, NULL, 0, &ignored, NULL, NULL);
}

/* Makes the entry of a socket. Winsock cannot be asked whether a socket is non-blocking, and has no flag for one call
 * that does not wait. So every socket is non-blocking for Winsock, and calls that block wait here. */
static int make_entry(SOCKET socket, int is_nonblocking, bk_entry *entry) {
  int type = 0, length = sizeof type;
  u_long on = 1;
  if (getsockopt(socket, SOL_SOCKET, SO_TYPE, (char *)&type, &length) != 0) return not_a_socket(bk_fd_of(socket));
  if (ioctlsocket(socket, (long)FIONBIO, &on) != 0) return bk_last_errno();
  if (type == SOCK_DGRAM) bk_report_unreachable(bk_fd_of(socket), 0);
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
  return result < 0 ? result : bk_add(fd, copy);
}

int bk_keep(SOCKET socket, int is_nonblocking) {
  bk_entry entry;
  int fd = bk_fd_of(socket);
  SetHandleInformation((HANDLE)socket, HANDLE_FLAG_INHERIT, 0);
  int result = make_entry(socket, is_nonblocking, &entry);
  if (result == 0) result = bk_add(fd, &entry);
  if (result == 0) return fd;
  closesocket(socket);
  return result;
}
