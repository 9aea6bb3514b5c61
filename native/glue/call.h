/* Converts a JavaScript call to a C call: it reads the arguments and returns a number.
 *
 * The glue is the only code that includes node_api.h. It has no policy: TypeScript has checked the meaning of the
 * arguments before the call, and makes the error from a negative number, which is -errno (EAGAIN as a number costs a
 * tenth of what it costs as an exception). The glue checks memory: it trusts no length that JavaScript passes. */
#ifndef BERKELEY_CALL_H
#define BERKELEY_CALL_H

#include "node_functions.h"

#include "core/owned.h"
#include "core/platform.h"
#include "core/poller.h"

/* Memory that an instance shares with its JavaScript, for results that are more than one number, so that no call has to
 * build an object. It is an ArrayBuffer that only src/binding.ts sees, so nothing can detach it. */
enum {
  BK_WORD_CALLING = 4, /* 1 while the wake-up calls JavaScript, and applies BK_WORD_KEEP afterwards */
  BK_WORD_KEEP = 5,    /* 1 if a waiting promise keeps the process alive */
};

typedef struct {
  int32_t words[16];
  bk_address address;
  bk_event events[BK_EVENTS_MAX];
} bk_shared;

/* The state of one instance of the package, which every function of the instance gets as its data pointer. A thread has
 * one instance for each copy of the package that runs in it: two bundles, or the realms of a test runner. */
typedef struct {
  napi_env env;
  bk_shared *shared;
  napi_ref shared_reference;
  struct bk_wakeup *wakeup;
  bk_owned owned;
  int closes_at_end;
  napi_threadsafe_function last_task; /* NULL unless the runtime needs one: addon.c */
} bk_environment;

#define BK_FUNCTION(name) napi_value name(napi_env env, napi_callback_info info)

/* Declares `environment`, and `arguments` with what JavaScript passed; missing ones are `undefined`. */
#define BK_ARGUMENTS(count)                                             \
  napi_value arguments[count];                                          \
  bk_environment *environment = bk_call(env, info, count, arguments);   \
  (void)environment

static inline bk_environment *bk_call(napi_env env, napi_callback_info info, size_t count, napi_value *arguments) {
  void *environment = NULL;
  napi_get_cb_info(env, info, &count, arguments, NULL, &environment);
  return environment;
}

static inline int32_t bk_int(napi_env env, napi_value value) {
  int32_t result = 0;
  napi_get_value_int32(env, value, &result);
  return result;
}

/* Converts a number. NaN is 0, and numbers outside the range of an int64_t become its nearest value. */
static inline int64_t bk_int64(napi_env env, napi_value value) {
  int64_t result = 0;
  napi_get_value_int64(env, value, &result);
  return result;
}

static inline double bk_double(napi_env env, napi_value value) {
  double result = 0;
  napi_get_value_double(env, value, &result);
  return result;
}

/* Returns the bytes of a Uint8Array; {NULL, 0} for anything else. Their address and length come from the engine, not
 * from the `length` property of the array. They are read per call, because a buffer can be detached between calls. */
static inline bk_span bk_bytes(napi_env env, napi_value value) {
  void *data = NULL;
  size_t length = 0;
  napi_typedarray_type type;
  napi_status status = napi_get_typedarray_info(env, value, &type, &length, &data, NULL, NULL);
  if (status != napi_ok || type != napi_uint8_array || data == NULL) return (bk_span){NULL, 0};
  return (bk_span){data, length};
}

/* Returns 0 if `value` is an empty Uint8Array, -EFAULT if it is detached or not a Uint8Array. */
int bk_check_empty(napi_env env, napi_value value);

/* Reads the address of memory that a call needs. Returns -EFAULT for a detached Uint8Array: with its length of 0, a
 * receive would look like the end of the stream, and a send like an empty message. */
static inline int bk_memory(napi_env env, napi_value value, bk_span *memory) {
  *memory = bk_bytes(env, value);
  return memory->length > 0 ? 0 : bk_check_empty(env, value);
}

static inline napi_value bk_number(napi_env env, int32_t number) {
  napi_value result = NULL;
  napi_create_int32(env, number, &result);
  return result;
}

/* Copies a string argument as UTF-8 to memory that the caller frees. `*text` is NULL if the value is not a string.
 * 0, or -ENOMEM. */
int bk_text(napi_env env, napi_value value, char **text);

/* Creates a JavaScript string from UTF-8. Invalid bytes become U+FFFD. */
napi_value bk_string(napi_env env, const char *text);

/* The object of an instance while its properties are added. */
typedef struct {
  napi_env env;
  napi_value object;
  bk_environment *environment;
  napi_status status; /* the first failure */
} bk_exports;

void bk_export(bk_exports *exports, const char *name, napi_callback function);
void bk_export_value(bk_exports *exports, const char *name, napi_value value);
void bk_export_number(bk_exports *exports, const char *name, int32_t number);

/* Adds the functions of each file of the glue. */
void bk_owned_exports(bk_exports *exports);
void bk_socket_exports(bk_exports *exports);
void bk_options_exports(bk_exports *exports);
void bk_message_exports(bk_exports *exports);
void bk_poller_exports(bk_exports *exports);
void bk_names_exports(bk_exports *exports);
void bk_resolve_exports(bk_exports *exports);
#ifdef _WIN32
void bk_share_exports(bk_exports *exports);
#endif

#endif
