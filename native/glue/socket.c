/* Sockets: marshalling only. Addresses and data are Uint8Arrays; an address that comes back is in shared memory. */
#include "call.h"

/* (family, type, protocol) -> descriptor */
static BK_FUNCTION(socket_) {
  BK_ARGUMENTS(3);
  return bk_number(env, bk_socket(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2])));
}

/* (family, type, protocol) -> 0, the descriptors in words 0 and 1 */
static BK_FUNCTION(socketpair_) {
  BK_ARGUMENTS(3);
  int32_t *pair = bk_environment_of(env)->shared->words;
  return bk_number(env,
                   bk_socketpair(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]), pair));
}

/* (fd, named: 0 | 1) -> descriptor, the peer's address in shared memory if it is to be named */
static BK_FUNCTION(accept_) {
  BK_ARGUMENTS(2);
  bk_address *peer = &bk_environment_of(env)->shared->address;
  peer->length = 0;
  return bk_number(env, bk_accept(bk_int(env, arguments[0]), bk_int(env, arguments[1]) ? peer : NULL));
}

static BK_FUNCTION(dup_) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_dup(bk_int(env, arguments[0])));
}

static BK_FUNCTION(close_) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_close(bk_int(env, arguments[0])));
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
  return bk_number(env, bk_getsockname(bk_int(env, arguments[0]), &bk_environment_of(env)->shared->address));
}

/* (fd) -> 0, the address in shared memory */
static BK_FUNCTION(getpeername_) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_getpeername(bk_int(env, arguments[0]), &bk_environment_of(env)->shared->address));
}

/* (fd, into, flags) -> bytes received */
static BK_FUNCTION(recv_) {
  BK_ARGUMENTS(3);
  return bk_number(env, bk_recv(bk_int(env, arguments[0]), bk_bytes(env, arguments[1]), bk_int(env, arguments[2])));
}

/* (fd, into, flags) -> bytes received, the sender's address in shared memory */
static BK_FUNCTION(recvfrom_) {
  BK_ARGUMENTS(3);
  return bk_number(env, bk_recvfrom(bk_int(env, arguments[0]), bk_bytes(env, arguments[1]), bk_int(env, arguments[2]),
                                    &bk_environment_of(env)->shared->address));
}

/* (fd, data, flags) -> bytes sent */
static BK_FUNCTION(send_) {
  BK_ARGUMENTS(3);
  return bk_number(env, bk_send(bk_int(env, arguments[0]), bk_bytes(env, arguments[1]), bk_int(env, arguments[2])));
}

/* (fd, data, flags, address) -> bytes sent */
static BK_FUNCTION(sendto_) {
  BK_ARGUMENTS(4);
  return bk_number(env, bk_sendto(bk_int(env, arguments[0]), bk_bytes(env, arguments[1]), bk_int(env, arguments[2]),
                                  bk_bytes(env, arguments[3])));
}

void bk_socket_exports(napi_env env, napi_value exports) {
  bk_export(env, exports, "socket", socket_);
  bk_export(env, exports, "socketpair", socketpair_);
  bk_export(env, exports, "accept", accept_);
  bk_export(env, exports, "dup", dup_);
  bk_export(env, exports, "close", close_);
  bk_export(env, exports, "bind", bind_);
  bk_export(env, exports, "connect", connect_);
  bk_export(env, exports, "listen", listen_);
  bk_export(env, exports, "shutdown", shutdown_);
  bk_export(env, exports, "getsockname", getsockname_);
  bk_export(env, exports, "getpeername", getpeername_);
  bk_export(env, exports, "recv", recv_);
  bk_export(env, exports, "recvfrom", recvfrom_);
  bk_export(env, exports, "send", send_);
  bk_export(env, exports, "sendto", sendto_);
}
