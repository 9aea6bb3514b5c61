#include "call.h"

#include <stdlib.h>

int bk_check_empty(napi_env env, napi_value value) {
  napi_typedarray_type type;
  size_t length;
  napi_value buffer = NULL;
  bool detached = false;
  napi_status status = napi_get_typedarray_info(env, value, &type, &length, NULL, &buffer, NULL);
  if (status != napi_ok || type != napi_uint8_array) return -EFAULT;
  /* Fails for a SharedArrayBuffer, which cannot be detached. */
  if (napi_is_detached_arraybuffer(env, buffer, &detached) != napi_ok) return 0;
  return detached ? -EFAULT : 0;
}

int bk_text(napi_env env, napi_value value, char **text) {
  size_t length;
  *text = NULL;
  if (napi_get_value_string_utf8(env, value, NULL, 0, &length) != napi_ok) return 0;
  char *copy = malloc(length + 1);
  if (copy == NULL || napi_get_value_string_utf8(env, value, copy, length + 1, &length) != napi_ok) {
    free(copy);
    return -ENOMEM;
  }
  *text = copy;
  return 0;
}

napi_value bk_string(napi_env env, const char *text) {
  napi_value result = NULL;
  napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &result);
  return result;
}

static void note(bk_exports *exports, napi_status status) {
  if (exports->status == napi_ok) exports->status = status;
}

void bk_export_value(bk_exports *exports, const char *name, napi_value value) {
  note(exports, napi_set_named_property(exports->env, exports->object, name, value));
}

void bk_export(bk_exports *exports, const char *name, napi_callback function) {
  napi_value value = NULL;
  note(exports, napi_create_function(exports->env, name, NAPI_AUTO_LENGTH, function, exports->environment, &value));
  bk_export_value(exports, name, value);
}

void bk_export_number(bk_exports *exports, const char *name, int32_t number) {
  bk_export_value(exports, name, bk_number(exports->env, number));
}
