/* Duplicates of sockets, in this process and in others, and pairs of sockets. */
#include "win32.h"

#include <string.h>

_Static_assert(BK_SHARE_SIZE == sizeof(WSAPROTOCOL_INFOW), "the size of what socket.share() returns");

int bk_share(int fd, unsigned process, bk_span into) {
  bk_entry entry;
  WSAPROTOCOL_INFOW info;
  int result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  if (into.length < sizeof info) return -EFAULT;
  if (WSADuplicateSocketW(bk_socket_of(fd), process, &info) != 0) return bk_last_errno();
  memcpy(into.bytes, &info, sizeof info);
  return 0;
}

int bk_from_share(bk_span shared) {
  WSAPROTOCOL_INFOW info;
  int result = bk_start_winsock();
  if (result < 0) return result;
  if (shared.length != sizeof info) return -EINVAL;
  memcpy(&info, shared.bytes, sizeof info);
  SOCKET socket = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, WSA_FLAG_OVERLAPPED);
  return socket == INVALID_SOCKET ? bk_last_errno() : bk_keep(socket, 0);
}

/* Copies what Windows does not tell of a socket to its duplicate: the mode, and the directions that were shut down. */
static void copy_state(int fd, int copy) {
  static unsigned last;
  AcquireSRWLockExclusive(&bk_lock);
  bk_entry *from = bk_find(fd), *to = bk_find(copy);
  if (from != NULL && to != NULL) {
    if (from->connection == 0) from->connection = ++last;
    to->connection = from->connection;
    to->is_nonblocking = from->is_nonblocking;
    to->is_receive_shut = from->is_receive_shut;
    to->is_send_shut = from->is_send_shut;
  }
  ReleaseSRWLockExclusive(&bk_lock);
}

/* WSADuplicateSocketW for this process. DuplicateHandle must not be used for sockets (Microsoft Learn, "DuplicateHandle
 * function"): layered service providers do not learn of the duplicate. */
int bk_dup_socket(int fd) {
  bk_entry entry;
  uint8_t shared[BK_SHARE_SIZE];
  int result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  result = bk_share(fd, GetCurrentProcessId(), (bk_span){shared, sizeof shared});
  if (result < 0) return result;
  int copy = bk_from_share((bk_span){shared, sizeof shared});
  if (copy >= 0) copy_state(fd, copy);
  return copy;
}

/* The loopback address of a family, with port 0. */
static bk_span loopback(int family, struct sockaddr_storage *address) {
  memset(address, 0, sizeof *address);
  address->ss_family = (short)family;
  if (family == AF_INET6) {
    ((struct sockaddr_in6 *)address)->sin6_addr.s6_addr[15] = 1;
    return (bk_span){(uint8_t *)address, sizeof(struct sockaddr_in6)};
  }
  ((struct sockaddr_in *)address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return (bk_span){(uint8_t *)address, sizeof(struct sockaddr_in)};
}

static int bind_to_loopback(int fd, int family, bk_address *name) {
  struct sockaddr_storage address;
  int result = bk_bind(fd, loopback(family, &address));
  return result < 0 ? result : bk_getsockname(fd, name);
}

static bk_span span_of(bk_address *name) { return (bk_span){name->bytes, (size_t)name->length}; }

static int same(const bk_address *a, const bk_address *b) {
  return a->length == b->length && memcmp(a->bytes, b->bytes, (size_t)a->length) == 0;
}

/* Accepts the connection of `client`. Another process could connect first: such connections are closed. */
static int accept_client(int listener, int client) {
  bk_address name, peer;
  int result = bk_getsockname(client, &name);
  while (result >= 0) {
    result = bk_accept(listener, &peer);
    if (result < 0 || same(&peer, &name)) break;
    bk_close(result);
  }
  return result;
}

static int stream_pair(int family, const int pair[2], int *accepted) {
  bk_address name;
  int result = bind_to_loopback(pair[0], family, &name);
  if (result == 0) result = bk_listen(pair[0], 1);
  if (result == 0) result = bk_connect(pair[1], span_of(&name));
  if (result < 0) return result;
  *accepted = accept_client(pair[0], pair[1]);
  return *accepted < 0 ? *accepted : 0;
}

static int datagram_pair(int family, const int pair[2]) {
  bk_address names[2];
  int result = 0;
  for (int i = 0; i < 2 && result == 0; i++) result = bind_to_loopback(pair[i], family, &names[i]);
  for (int i = 0; i < 2 && result == 0; i++) result = bk_connect(pair[i], span_of(&names[1 - i]));
  return result;
}

static int connect_pair(int family, int type, int fds[2]) {
  if (type != SOCK_STREAM) return datagram_pair(family, fds);
  int accepted, result = stream_pair(family, fds, &accepted);
  if (result < 0) return result;
  bk_close(fds[0]); /* the listener */
  fds[0] = accepted;
  return 0;
}

int bk_socketpair(int family, int type, int protocol, int32_t pair[2]) {
  int kind = type & ~(BK_SOCK_NONBLOCK | BK_SOCK_CLOEXEC);
  if (family != AF_INET && family != AF_INET6) return -EAFNOSUPPORT;
  if (kind != SOCK_STREAM && kind != SOCK_DGRAM) return -ENOTSUP;
  int fds[2] = {bk_socket(family, kind, protocol), -1};
  if (fds[0] < 0) return fds[0];
  fds[1] = bk_socket(family, kind, protocol);
  int result = fds[1] < 0 ? fds[1] : connect_pair(family, kind, fds);
  for (int i = 0; i < 2; i++) {
    if (result == 0) bk_set_nonblocking(fds[i], (type & BK_SOCK_NONBLOCK) != 0);
    if (result < 0 && fds[i] >= 0) bk_close(fds[i]);
    pair[i] = fds[i];
  }
  return result;
}
