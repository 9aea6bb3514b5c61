/* Host, interface, service and protocol names. Each call returns a string, or a negative number. */
#include <stdlib.h>

#include "call.h"

enum { NAME_MAX_BYTES = 1026 };

static napi_value name_or_number(napi_env env, int result, const char *name) {
  return result < 0 ? bk_number(env, result) : bk_string(env, name);
}

/* Copies a required string argument. Returns 0, -ENOMEM or -EINVAL. */
static int required_text(napi_env env, napi_value value, char **text) {
  int result = bk_text(env, value, text);
  return result == 0 && *text == NULL ? -EINVAL : result;
}

static BK_FUNCTION(gethostname_) {
  (void)info;
  char name[NAME_MAX_BYTES];
  return name_or_number(env, bk_gethostname(name, sizeof name), name);
}

/* (name: Uint8Array) */
static BK_FUNCTION(sethostname_) {
  BK_ARGUMENTS(1);
  bk_span name = bk_bytes(env, arguments[0]);
  return bk_number(env, bk_sethostname((const char *)name.bytes, name.length));
}

/* (name) -> index */
static BK_FUNCTION(if_nametoindex_) {
  BK_ARGUMENTS(1);
  char *name;
  int result = required_text(env, arguments[0], &name);
  if (result == 0) result = bk_if_nametoindex(name);
  free(name);
  return bk_number(env, result);
}

/* (index) -> name */
static BK_FUNCTION(if_indextoname_) {
  BK_ARGUMENTS(1);
  char name[BK_INTERFACE_NAME_SIZE];
  return name_or_number(env, bk_if_indextoname((unsigned)bk_int(env, arguments[0]), name), name);
}

typedef struct {
  napi_env env;
  napi_value list;
  uint32_t count;
  napi_status status; /* the first failure */
} name_list;

static void append_value(name_list *list, napi_value value) {
  napi_status status = napi_set_element(list->env, list->list, list->count++, value);
  if (list->status == napi_ok) list->status = status;
}

static void append(void *context, unsigned index, const char *name) {
  name_list *list = context;
  append_value(list, bk_number(list->env, (int32_t)index));
  append_value(list, bk_string(list->env, name));
}

/* () -> [index, name, index, name, …] */
static BK_FUNCTION(if_nameindex_) {
  (void)info;
  name_list list = {.env = env};
  if (napi_create_array(env, &list.list) != napi_ok) return bk_number(env, -ENOMEM);
  int result = bk_if_nameindex(append, &list);
  if (list.status != napi_ok) result = -ENOMEM;
  return result < 0 ? bk_number(env, result) : list.list;
}

/* (name, protocol | null) -> port */
static BK_FUNCTION(getservbyname_) {
  BK_ARGUMENTS(2);
  char *name, *protocol = NULL;
  int result = required_text(env, arguments[0], &name);
  if (result == 0) result = bk_text(env, arguments[1], &protocol);
  if (result == 0) result = bk_getservbyname(name, protocol);
  free(name);
  free(protocol);
  return bk_number(env, result);
}

/* (port, protocol | null) -> name */
static BK_FUNCTION(getservbyport_) {
  BK_ARGUMENTS(2);
  char name[NAME_MAX_BYTES], *protocol;
  int result = bk_text(env, arguments[1], &protocol);
  if (result == 0) result = bk_getservbyport(bk_int(env, arguments[0]), protocol, name, sizeof name);
  free(protocol);
  return name_or_number(env, result, name);
}

/* (name) -> number */
static BK_FUNCTION(getprotobyname_) {
  BK_ARGUMENTS(1);
  char *name;
  int result = required_text(env, arguments[0], &name);
  if (result == 0) result = bk_getprotobyname(name);
  free(name);
  return bk_number(env, result);
}

/* (fd, request, memory: Uint8Array) -> the result of ioctl(2) */
static BK_FUNCTION(ioctl_) {
  BK_ARGUMENTS(3);
  uint32_t request = 0;
  napi_get_value_uint32(env, arguments[1], &request);
  return bk_number(env, bk_ioctl(bk_int(env, arguments[0]), request, bk_bytes(env, arguments[2])));
}

void bk_names_exports(bk_exports *exports) {
  bk_export(exports, "gethostname", gethostname_);
  bk_export(exports, "sethostname", sethostname_);
  bk_export(exports, "if_nametoindex", if_nametoindex_);
  bk_export(exports, "if_indextoname", if_indextoname_);
  bk_export(exports, "if_nameindex", if_nameindex_);
  bk_export(exports, "getservbyname", getservbyname_);
  bk_export(exports, "getservbyport", getservbyport_);
  bk_export(exports, "getprotobyname", getprotobyname_);
  bk_export(exports, "ioctl", ioctl_);
}
