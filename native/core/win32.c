/* Opening, closing, names and connections on Windows. The pages that are named here are those of Microsoft Learn. */
#include "win32.h"

#include <string.h>

static const DWORD SOCKET_FLAGS = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;

static int number(int result) { return result == SOCKET_ERROR ? bk_last_errno() : result; }

int bk_socket(int family, int type, int protocol) {
  int result = bk_start_winsock();
  if (result < 0) return result;
  int kind = type & ~(BK_SOCK_NONBLOCK | BK_SOCK_CLOEXEC);
  SOCKET socket = WSASocketW(family, kind, protocol, NULL, 0, SOCKET_FLAGS);
  return socket == INVALID_SOCKET ? bk_last_errno() : bk_keep(socket, (type & BK_SOCK_NONBLOCK) != 0);
}

int bk_accept(int fd, bk_address *peer) {
  bk_entry entry;
  bk_clock clock = {0};
  int result = bk_look_up(fd, &entry);
  while (result == 0) {
    int length = sizeof peer->bytes;
    SOCKET accepted = accept(bk_socket_of(fd), peer ? (struct sockaddr *)peer->bytes : NULL, peer ? &length : NULL);
    if (accepted != INVALID_SOCKET) {
      if (peer) peer->length = length;
      return bk_keep(accepted, 0);
    }
    result = bk_last_errno();
    /* The peer reset the connection while it was in the queue ("accept function"): POSIX has ECONNABORTED for that. */
    if (result == -ECONNRESET) result = -ECONNABORTED;
    if (result != -EAGAIN) break;
    bk_afd_arm(fd, BK_POLLIN);
    if (!entry.is_nonblocking) result = bk_wait_in_call(fd, BK_POLLIN, &clock);
  }
  return result;
}

/* Winsock does not close a non-blocking socket that has SO_LINGER with a time: the call fails with WSAEWOULDBLOCK, and the
 * socket stays open ("closesocket function"). All sockets are non-blocking here, so such a socket is made blocking first.
 * Then the call waits, as close(2) does on Linux in both modes (net/ipv4/tcp.c, tcp_close). */
static int close_socket(SOCKET socket) {
  u_long off = 0;
  int result = number(closesocket(socket));
  if (result == -EAGAIN && ioctlsocket(socket, (long)FIONBIO, &off) == 0) result = number(closesocket(socket));
  return result == -ENOTSOCK ? -EBADF : result;
}

int bk_close(int fd) {
  bk_entry entry = {.kind = BK_SOCKET};
  bk_forget(fd, &entry);
  if (entry.kind == BK_SOCKET) return close_socket(bk_socket_of(fd));
  if (entry.kind == BK_POLLER) bk_poller_close(entry.poller);
  return CloseHandle(bk_handle_of(fd)) ? 0 : bk_last_errno();
}

int bk_bind(int fd, bk_span address) {
  bk_entry entry;
  int result = bk_look_up(fd, &entry);
  return result < 0 ? result : number(bind(bk_socket_of(fd), (struct sockaddr *)address.bytes, (int)address.length));
}

/* Waits for a connection that was started. -EINPROGRESS when SO_SNDTIMEO has passed, as on Linux. */
static int wait_for_connection(int fd) {
  bk_clock clock = {0};
  int error = 0, length = sizeof error;
  int result = bk_wait_in_call(fd, BK_POLLOUT, &clock);
  if (result < 0) return result == -EAGAIN ? -EINPROGRESS : result;
  if (getsockopt(bk_socket_of(fd), SOL_SOCKET, SO_ERROR, (char *)&error, &length) != 0) return bk_last_errno();
  return error == 0 ? 0 : bk_errno_of((DWORD)error);
}

static int unbound_name(int fd, bk_address *address);

/* Connecting a datagram socket to AF_UNSPEC removes its peer (connect(2)). Winsock does not accept that family: it removes
 * the peer for an address of the socket's own family whose bytes are all zero ("connect function"). */
static int connect_datagrams(int fd, bk_span address) {
  short family = AF_UNSPEC;
  bk_address nobody;
  if (address.length >= sizeof family) memcpy(&family, address.bytes, sizeof family);
  if (family == AF_UNSPEC) {
    int result = unbound_name(fd, &nobody);
    if (result < 0) return result;
    address = (bk_span){nobody.bytes, (size_t)nobody.length};
  }
  int result = number(connect(bk_socket_of(fd), (struct sockaddr *)address.bytes, (int)address.length));
  if (result == 0) bk_report_unreachable(fd, family != AF_UNSPEC);
  return result;
}

int bk_connect(int fd, bk_span address) {
  bk_entry entry;
  int result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  if (!entry.is_stream) return connect_datagrams(fd, address);
  result = number(connect(bk_socket_of(fd), (struct sockaddr *)address.bytes, (int)address.length));
  if (result != -EAGAIN) return result;
  bk_afd_arm(fd, BK_POLLOUT);
  return entry.is_nonblocking ? -EINPROGRESS : wait_for_connection(fd);
}

int bk_listen(int fd, int backlog) {
  bk_entry entry;
  int result = bk_look_up(fd, &entry);
  return result < 0 ? result : number(listen(bk_socket_of(fd), backlog < 0 ? 0 : backlog));
}

static void note_shutdown(bk_entry *entry, int how) {
  entry->is_receive_shut |= how != SD_SEND;
  entry->is_send_shut |= how != SD_RECEIVE;
  if (how != SD_SEND) bk_afd_report(entry, BK_POLLIN | BK_POLLRDHUP);
}

int bk_shutdown(int fd, int how) {
  bk_entry entry;
  int result = bk_look_up(fd, &entry);
  if (result == 0) result = number(shutdown(bk_socket_of(fd), how));
  if (result < 0) return result;
  AcquireSRWLockExclusive(&bk_lock);
  bk_for_duplicates(fd, note_shutdown, how);
  ReleaseSRWLockExclusive(&bk_lock);
  return 0;
}

/* Winsock fails with WSAEINVAL for a socket that is not bound ("getsockname function"). Linux returns the unspecified address
 * of its family, so this builds that address. */
static int unbound_name(int fd, bk_address *address) {
  WSAPROTOCOL_INFOW info;
  int length = sizeof info;
  if (getsockopt(bk_socket_of(fd), SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &length) != 0) return bk_last_errno();
  short family = (short)info.iAddressFamily;
  address->length = info.iMinSockAddr < BK_ADDRESS_MAX ? info.iMinSockAddr : BK_ADDRESS_MAX;
  if (family == AF_INET6) address->length = sizeof(struct sockaddr_in6);
  if (family == AF_UNIX) address->length = sizeof family;
  memset(address->bytes, 0, (size_t)address->length);
  memcpy(address->bytes, &family, sizeof family);
  return 0;
}

int bk_getsockname(int fd, bk_address *address) {
  bk_entry entry;
  int length = sizeof address->bytes, result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  result = number(getsockname(bk_socket_of(fd), (struct sockaddr *)address->bytes, &length));
  address->length = length;
  return result == -EINVAL ? unbound_name(fd, address) : result;
}

int bk_getpeername(int fd, bk_address *address) {
  bk_entry entry;
  int length = sizeof address->bytes, result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  result = number(getpeername(bk_socket_of(fd), (struct sockaddr *)address->bytes, &length));
  address->length = length;
  return result;
}
