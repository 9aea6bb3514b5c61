/* Host, interface, service and protocol names. A string, or a negative number. */
#include <errno.h>
#include <stdlib.h>

#include "call.h"

enum { NAME_MAX_BYTES = 1026 };

static napi_value name_or_number(napi_env env, int result, const char *name) {
  return result < 0 ? bk_number(env, result) : bk_string(env, name);
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
  char *name = bk_text(env, arguments[0]);
  int result = name == NULL ? -EINVAL : bk_if_nametoindex(name);
  free(name);
  return bk_number(env, result);
}

/* (index) -> name */
static BK_FUNCTION(if_indextoname_) {
  BK_ARGUMENTS(1);
  char name[64];
  return name_or_number(env, bk_if_indextoname((unsigned)bk_int(env, arguments[0]), name), name);
}

typedef struct {
  napi_env env;
  napi_value list;
  uint32_t count;
} name_list;

static void append(void *context, unsigned index, const char *name) {
  name_list *list = context;
  napi_set_element(list->env, list->list, list->count++, bk_number(list->env, (int32_t)index));
  napi_set_element(list->env, list->list, list->count++, bk_string(list->env, name));
}

/* () -> [index, name, index, name, …] */
static BK_FUNCTION(if_nameindex_) {
  (void)info;
  name_list list = {.env = env};
  napi_create_array(env, &list.list);
  int result = bk_if_nameindex(append, &list);
  return result < 0 ? bk_number(env, result) : list.list;
}

/* (name, protocol | null) -> port */
static BK_FUNCTION(getservbyname_) {
  BK_ARGUMENTS(2);
  char *name = bk_text(env, arguments[0]), *protocol = bk_text(env, arguments[1]);
  int result = name == NULL ? -EINVAL : bk_getservbyname(name, protocol);
  free(name);
  free(protocol);
  return bk_number(env, result);
}

/* (port, protocol | null) -> name */
static BK_FUNCTION(getservbyport_) {
  BK_ARGUMENTS(2);
  char name[NAME_MAX_BYTES];
  char *protocol = bk_text(env, arguments[1]);
  int result = bk_getservbyport(bk_int(env, arguments[0]), protocol, name, sizeof name);
  free(protocol);
  return name_or_number(env, result, name);
}

/* (name) -> number */
static BK_FUNCTION(getprotobyname_) {
  BK_ARGUMENTS(1);
  char *name = bk_text(env, arguments[0]);
  int result = name == NULL ? -EINVAL : bk_getprotobyname(name);
  free(name);
  return bk_number(env, result);
}

/* (fd, request, memory: Uint8Array) -> what ioctl(2) returned */
static BK_FUNCTION(ioctl_) {
  BK_ARGUMENTS(3);
  uint32_t request = 0;
  napi_get_value_uint32(env, arguments[1], &request);
  return bk_number(env, bk_ioctl(bk_int(env, arguments[0]), request, bk_bytes(env, arguments[2])));
}

void bk_names_exports(napi_env env, napi_value exports) {
  bk_export(env, exports, "gethostname", gethostname_);
  bk_export(env, exports, "sethostname", sethostname_);
  bk_export(env, exports, "if_nametoindex", if_nametoindex_);
  bk_export(env, exports, "if_indextoname", if_indextoname_);
  bk_export(env, exports, "if_nameindex", if_nameindex_);
  bk_export(env, exports, "getservbyname", getservbyname_);
  bk_export(env, exports, "getservbyport", getservbyport_);
  bk_export(env, exports, "getprotobyname", getprotobyname_);
  bk_export(env, exports, "ioctl", ioctl_);
}
