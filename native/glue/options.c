/* Options and descriptor flags, and waiting in the calling thread. */
#include "call.h"

/* (fd, level, name, into) -> the length the kernel wrote */
static BK_FUNCTION(getsockopt_) {
  BK_ARGUMENTS(4);
  return bk_number(env, bk_getsockopt(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]),
                                      bk_bytes(env, arguments[3])));
}

/* (fd, level, name) -> 0, the value in word 0 */
static BK_FUNCTION(getsockopt_int) {
  BK_ARGUMENTS(3);
  int32_t *word = environment->shared->words;
  *word = 0;
  int result = bk_getsockopt(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]),
                             (bk_span){(uint8_t *)word, sizeof *word});
  return bk_number(env, result < 0 ? result : 0);
}

/* Reads the first `length` bytes of a Uint8Array; for null only the length, as setsockopt(2) takes it. Returns 0 or
 * -errno. */
static int read_value(napi_env env, napi_value array, int32_t length, bk_span *value) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, array, &type);
  if (length < 0) return -EINVAL;
  int result = 0;
  if (type == napi_null)
    *value = (bk_span){NULL, (size_t)length};
  else
    result = bk_memory(env, array, value);
  if (result < 0) return result;
  if ((size_t)length > value->length) return -EFAULT;
  value->length = (size_t)length;
  return 0;
}

/* (fd, level, name, value: Uint8Array | null, length) */
static BK_FUNCTION(setsockopt_) {
  BK_ARGUMENTS(5);
  bk_span value;
  int result = read_value(env, arguments[3], bk_int(env, arguments[4]), &value);
  if (result == 0)
    result = bk_setsockopt(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]), value);
  return bk_number(env, result);
}

/* (fd, level, name, instructions: Uint8Array) */
static BK_FUNCTION(set_filter) {
  BK_ARGUMENTS(4);
  return bk_number(env, bk_set_filter(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]),
                                      bk_bytes(env, arguments[3])));
}

/* (fd, level, name, value) */
static BK_FUNCTION(setsockopt_int) {
  BK_ARGUMENTS(4);
  int32_t value = bk_int(env, arguments[3]);
  return bk_number(env, bk_setsockopt(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]),
                                      (bk_span){(uint8_t *)&value, sizeof value}));
}

static BK_FUNCTION(get_nonblocking) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_get_nonblocking(bk_int(env, arguments[0])));
}

static BK_FUNCTION(set_nonblocking) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_set_nonblocking(bk_int(env, arguments[0]), bk_int(env, arguments[1])));
}

static BK_FUNCTION(get_inheritable) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_get_inheritable(bk_int(env, arguments[0])));
}

static BK_FUNCTION(set_inheritable) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_set_inheritable(bk_int(env, arguments[0]), bk_int(env, arguments[1])));
}

/* (fd, events, milliseconds) -> the events that hold; 0 on timeout */
static BK_FUNCTION(wait_) {
  BK_ARGUMENTS(3);
  return bk_number(env,
                   bk_wait(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_double(env, arguments[2])));
}

void bk_options_exports(bk_exports *exports) {
  bk_export(exports, "getsockopt", getsockopt_);
  bk_export(exports, "getsockoptInt", getsockopt_int);
  bk_export(exports, "setsockopt", setsockopt_);
  bk_export(exports, "setsockoptInt", setsockopt_int);
  bk_export(exports, "setFilter", set_filter);
  bk_export(exports, "getNonblocking", get_nonblocking);
  bk_export(exports, "setNonblocking", set_nonblocking);
  bk_export(exports, "getInheritable", get_inheritable);
  bk_export(exports, "setInheritable", set_inheritable);
  bk_export(exports, "wait", wait_);
}
