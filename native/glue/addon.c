/* The addon: one environment's data, and the list of what it exports. */
#include <stddef.h>
#include <stdlib.h>

#include "call.h"

/* (memory: Uint8Array): hands over the block that results are written to. */
static BK_FUNCTION(attach) {
  BK_ARGUMENTS(1);
  bk_environment *environment = bk_environment_of(env);
  bk_span memory = bk_bytes(env, arguments[0]);
  if (environment->shared != NULL || memory.length < sizeof(bk_shared)) return bk_number(env, -1);
  napi_create_reference(env, arguments[0], 1, &environment->shared_reference);
  environment->shared = (bk_shared *)memory.bytes;
  return bk_number(env, 0);
}

static void release(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  bk_owned_close(data);
  free(data); /* the reference goes with its environment */
}

NAPI_MODULE_INIT() {
  bk_environment *environment = calloc(1, sizeof *environment);
  if (environment == NULL) return NULL;
  environment->env = env;
  napi_set_instance_data(env, environment, release, NULL);

  bk_export(env, exports, "attach", attach);
  bk_export_number(env, exports, "sharedSize", sizeof(bk_shared));
  bk_export_number(env, exports, "addressOffset", offsetof(bk_shared, address.bytes));
  bk_export_number(env, exports, "addressLengthWord", offsetof(bk_shared, address.length) / sizeof(int32_t));
  bk_export_number(env, exports, "addressMax", BK_ADDRESS_MAX);
  bk_export_number(env, exports, "eventsOffset", offsetof(bk_shared, events));
  bk_export_number(env, exports, "eventsMax", BK_EVENTS_MAX);

  bk_owned_exports(env, exports);
  bk_socket_exports(env, exports);
  bk_options_exports(env, exports);
  bk_message_exports(env, exports);
  bk_poller_exports(env, exports);
  bk_names_exports(env, exports);
  bk_resolve_exports(env, exports);
  return exports;
}
