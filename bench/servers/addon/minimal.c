/* The least that a call from JavaScript to a system call costs through Node-API: the arguments are read, and nothing is
 * checked. What these servers cost above C is the floor of every Sync call of an addon. */
#include <errno.h>
#include <node_api.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

static struct sockaddr_storage sender;
static socklen_t sender_length;

typedef struct {
  int fd, flags;
  void *bytes;
  size_t length;
} call;

/* (fd, Uint8Array, flags) */
static call read_call(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  size_t count = 3;
  napi_typedarray_type type;
  call result;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_value_int32(env, arguments[0], &result.fd);
  napi_get_typedarray_info(env, arguments[1], &type, &result.length, &result.bytes, NULL, NULL);
  napi_get_value_int32(env, arguments[2], &result.flags);
  return result;
}

static napi_value number(napi_env env, ssize_t result) {
  napi_value value;
  napi_create_int32(env, result < 0 ? -errno : (int32_t)result, &value);
  return value;
}

static napi_value receive(napi_env env, napi_callback_info info) {
  call c = read_call(env, info);
  return number(env, recv(c.fd, c.bytes, c.length, c.flags));
}

static napi_value transmit(napi_env env, napi_callback_info info) {
  call c = read_call(env, info);
  return number(env, send(c.fd, c.bytes, c.length, c.flags | MSG_NOSIGNAL));
}

static napi_value receive_from(napi_env env, napi_callback_info info) {
  call c = read_call(env, info);
  sender_length = sizeof sender;
  return number(env, recvfrom(c.fd, c.bytes, c.length, c.flags, (struct sockaddr *)&sender, &sender_length));
}

/* To the sender of the last datagram. */
static napi_value answer(napi_env env, napi_callback_info info) {
  call c = read_call(env, info);
  return number(env, sendto(c.fd, c.bytes, c.length, c.flags, (struct sockaddr *)&sender, sender_length));
}

static void export_function(napi_env env, napi_value exports, const char *name, napi_callback function) {
  napi_value value;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, function, NULL, &value);
  napi_set_named_property(env, exports, name, value);
}

NAPI_MODULE_INIT() {
  export_function(env, exports, "recv", receive);
  export_function(env, exports, "send", transmit);
  export_function(env, exports, "recvfrom", receive_from);
  export_function(env, exports, "answer", answer);
  return exports;
}
