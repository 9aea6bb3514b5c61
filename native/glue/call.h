/* How a JavaScript call becomes a C call: arguments in, a number out.
 *
 * The glue is the only code that includes node_api.h. It has no policy: it neither checks meanings (TypeScript has
 * done that before the call) nor makes errors (a negative number is -errno, and TypeScript makes the error from it,
 * since EAGAIN as a number costs a tenth of what it costs as an exception). */
#ifndef BERKELEY_CALL_H
#define BERKELEY_CALL_H

#include <node_api.h>

#include "core/platform.h"
#include "core/poller.h"

/* Memory shared with JavaScript, one block for each environment (main thread or worker): results that are more than
 * one number land here, so that no call has to build an object. JavaScript allocates it, `attach` pins it with a
 * strong reference, and it never leaves src/binding, so nothing can detach it. */
typedef struct {
  int32_t words[16];
  bk_address address;
  bk_event events[BK_EVENTS_MAX];
} bk_shared;

/* What one environment owns. */
typedef struct {
  napi_env env;
  bk_shared *shared;
  napi_ref shared_reference;
  struct bk_wakeup *wakeup;
  uint8_t *owned; /* one flag for each descriptor: owned.c */
  size_t owned_size;
} bk_environment;

bk_environment *bk_environment_of(napi_env env);

/* Closes what the environment's sockets have open: the environment is going. */
void bk_owned_close(bk_environment *environment);

#define BK_FUNCTION(name) napi_value name(napi_env env, napi_callback_info info)

/* Reads the arguments that JavaScript passed; those it left out are `undefined`. */
#define BK_ARGUMENTS(count)   \
  napi_value arguments[count]; \
  size_t given = count;        \
  napi_get_cb_info(env, info, &given, arguments, NULL, NULL)

static inline int32_t bk_int(napi_env env, napi_value value) {
  int32_t result = 0;
  napi_get_value_int32(env, value, &result);
  return result;
}

static inline double bk_double(napi_env env, napi_value value) {
  double result = 0;
  napi_get_value_double(env, value, &result);
  return result;
}

/* The bytes of a Uint8Array; {NULL, 0} for anything else. Looked up at each call: a buffer may move or be detached
 * between calls, so a pointer is never kept. */
static inline bk_span bk_bytes(napi_env env, napi_value value) {
  void *data = NULL;
  size_t length = 0;
  napi_typedarray_type type;
  if (napi_get_typedarray_info(env, value, &type, &length, &data, NULL, NULL) != napi_ok) return (bk_span){NULL, 0};
  return (bk_span){data, length};
}

static inline napi_value bk_number(napi_env env, int32_t number) {
  napi_value result;
  napi_create_int32(env, number, &result);
  return result;
}

/* A string argument as UTF-8 in memory to be freed; NULL for null, undefined and anything but a string. */
char *bk_text(napi_env env, napi_value value);

/* A UTF-8 string for JavaScript; names that are not valid UTF-8 lose their bad bytes to U+FFFD. */
napi_value bk_string(napi_env env, const char *text);

/* Each file of the glue adds its functions to the exports. */
void bk_export(napi_env env, napi_value exports, const char *name, napi_callback function);
void bk_export_number(napi_env env, napi_value exports, const char *name, int32_t number);
void bk_owned_exports(napi_env env, napi_value exports);
void bk_socket_exports(napi_env env, napi_value exports);
void bk_options_exports(napi_env env, napi_value exports);
void bk_message_exports(napi_env env, napi_value exports);
void bk_poller_exports(napi_env env, napi_value exports);
void bk_names_exports(napi_env env, napi_value exports);
void bk_resolve_exports(napi_env env, napi_value exports);

#endif
