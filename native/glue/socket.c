/* Sockets: marshalling only. Addresses and data are Uint8Arrays; returned addresses are in shared memory. */
#include "call.h"

/* (family, type, protocol) -> descriptor */
static BK_FUNCTION(socket_) {
  BK_ARGUMENTS(3);
  int fd = bk_socket(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]));
  return bk_number(env, bk_owned_keep(&environment->owned, fd));
}

/* Adds both descriptors to the table, or closes both. */
static int keep_pair(bk_owned *owned, const int32_t pair[2]) {
  int first = bk_owned_keep(owned, pair[0]), second = bk_owned_keep(owned, pair[1]);
  if (first >= 0 && second >= 0) return 0;
  for (int i = 0; i < 2; i++) {
    if (!bk_owned_has(owned, pair[i])) continue;
    bk_owned_remove(owned, pair[i]);
    bk_close(pair[i]);
  }
  return -ENOMEM;
}

/* (family, type, protocol) -> 0, the descriptors in words 0 and 1 */
static BK_FUNCTION(socketpair_) {
  BK_ARGUMENTS(3);
  int32_t *pair = environment->shared->words;
  int result = bk_socketpair(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]), pair);
  return bk_number(env, result < 0 ? result : keep_pair(&environment->owned, pair));
}

/* (fd, named: 0 | 1) -> descriptor; with `named`, the peer's address in shared memory */
static BK_FUNCTION(accept_) {
  BK_ARGUMENTS(2);
  bk_address *peer = &environment->shared->address;
  peer->length = 0;
  int fd = bk_accept(bk_int(env, arguments[0]), bk_int(env, arguments[1]) ? peer : NULL);
  return bk_number(env, bk_owned_keep(&environment->owned, fd));
}

static BK_FUNCTION(dup_) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_owned_keep(&environment->owned, bk_dup(bk_int(env, arguments[0]))));
}

/* (file): a file descriptor of the runtime, or a socket */
static BK_FUNCTION(dup_file) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_owned_keep(&environment->owned, bk_dup_file(bk_int(env, arguments[0]))));
}

/* (fd): the number is free even if close(2) reports an error, so it is no longer owned */
static BK_FUNCTION(close_) {
  BK_ARGUMENTS(1);
  int fd = bk_int(env, arguments[0]);
  bk_owned_remove(&environment->owned, fd);
  return bk_number(env, bk_close(fd));
}

/* (fd, address) */
static BK_FUNCTION(bind_) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_bind(bk_int(env, arguments[0]), bk_bytes(env, arguments[1])));
}

/* (fd, address) */
static BK_FUNCTION(connect_) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_connect(bk_int(env, arguments[0]), bk_bytes(env, arguments[1])));
}

/* (fd, backlog) */
static BK_FUNCTION(listen_) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_listen(bk_int(env, arguments[0]), bk_int(env, arguments[1])));
}

/* (fd, how) */
static BK_FUNCTION(shutdown_) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_shutdown(bk_int(env, arguments[0]), bk_int(env, arguments[1])));
}

/* (fd) -> 0, the address in shared memory */
static BK_FUNCTION(getsockname_) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_getsockname(bk_int(env, arguments[0]), &environment->shared->address));
}

/* (fd) -> 0, the address in shared memory */
static BK_FUNCTION(getpeername_) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_getpeername(bk_int(env, arguments[0]), &environment->shared->address));
}

/* (fd, into, flags) -> bytes received */
static BK_FUNCTION(recv_) {
  BK_ARGUMENTS(3);
  bk_span into;
  int result = bk_memory(env, arguments[1], &into);
  if (result == 0) result = bk_recv(bk_int(env, arguments[0]), into, bk_int(env, arguments[2]));
  return bk_number(env, result);
}

/* (fd, into, flags) -> bytes received, the sender's address in shared memory */
static BK_FUNCTION(recvfrom_) {
  BK_ARGUMENTS(3);
  bk_span into;
  int result = bk_memory(env, arguments[1], &into);
  if (result == 0) {
    bk_address *sender = &environment->shared->address;
    result = bk_recvfrom(bk_int(env, arguments[0]), into, bk_int(env, arguments[2]), sender);
  }
  return bk_number(env, result);
}

/* (fd, data, flags) -> bytes sent */
static BK_FUNCTION(send_) {
  BK_ARGUMENTS(3);
  bk_span data;
  int result = bk_memory(env, arguments[1], &data);
  if (result == 0) result = bk_send(bk_int(env, arguments[0]), data, bk_int(env, arguments[2]));
  return bk_number(env, result);
}

/* (fd, data, flags, address) -> bytes sent */
static BK_FUNCTION(sendto_) {
  BK_ARGUMENTS(4);
  bk_span data, to = bk_bytes(env, arguments[3]);
  int result = bk_memory(env, arguments[1], &data);
  if (result == 0) result = bk_sendto(bk_int(env, arguments[0]), data, bk_int(env, arguments[2]), to);
  return bk_number(env, result);
}

void bk_socket_exports(bk_exports *exports) {
  bk_export(exports, "socket", socket_);
  bk_export(exports, "socketpair", socketpair_);
  bk_export(exports, "accept", accept_);
  bk_export(exports, "dup", dup_);
  bk_export(exports, "dupFile", dup_file);
  bk_export(exports, "close", close_);
  bk_export(exports, "bind", bind_);
  bk_export(exports, "connect", connect_);
  bk_export(exports, "listen", listen_);
  bk_export(exports, "shutdown", shutdown_);
  bk_export(exports, "getsockname", getsockname_);
  bk_export(exports, "getpeername", getpeername_);
  bk_export(exports, "recv", recv_);
  bk_export(exports, "recvfrom", recvfrom_);
  bk_export(exports, "send", send_);
  bk_export(exports, "sendto", sendto_);
}
