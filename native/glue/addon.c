/* The addon: the function `open`, which creates an instance, and the end of an instance. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "wakeup.h"

/* Runs once per instance, when its environment (a worker, or the process) ends. The wake-up ends first, since it
 * watches one of the descriptors that are closed next. Normally it has ended already, by a cleanup hook of its own that
 * was added later and so runs earlier. */
static void end(void *data) {
  bk_environment *environment = data;
  if (environment->wakeup != NULL) environment->wakeup->end(environment->wakeup);
  if (environment->closes_at_end)
    bk_owned_close_all(&environment->owned);
  else
    bk_owned_forget_all(&environment->owned); /* the process ends, and the kernel closes them */
  if (environment->last_task != NULL) napi_release_threadsafe_function(environment->last_task, napi_tsfn_release);
  free(environment); /* its napi_ref is freed with the napi_env */
}

static void do_nothing(napi_env env, napi_value callback, void *context, void *data) {
  (void)env, (void)callback, (void)context, (void)data;
}

/* Deno 2.9 leaves the epoll and the eventfd of a worker's event loop open when the worker has loaded an addon, unless
 * the addon posts a task to the loop while the environment ends. The release of a thread-safe function is one. */
static napi_status make_last_task(napi_env env, bk_environment *environment) {
  napi_threadsafe_function *function = &environment->last_task;
  napi_status status = napi_create_threadsafe_function(env, NULL, NULL, bk_string(env, "berkeley.end"), 0, 1, NULL,
                                                       NULL, NULL, do_nothing, function);
  return status == napi_ok ? napi_unref_threadsafe_function(env, *function) : status;
}

static napi_value shared_memory(napi_env env, bk_environment *environment) {
  void *memory = NULL;
  napi_value buffer = NULL;
  if (napi_create_arraybuffer(env, sizeof(bk_shared), &memory, &buffer) != napi_ok) return NULL;
  if (napi_create_reference(env, buffer, 1, &environment->shared_reference) != napi_ok) return NULL;
  environment->shared = memset(memory, 0, sizeof(bk_shared));
  return buffer;
}

static void export_memory(bk_exports *exports, napi_value memory) {
  bk_export_value(exports, "memory", memory);
  bk_export_number(exports, "addressOffset", offsetof(bk_shared, address.bytes));
  bk_export_number(exports, "addressLengthWord", offsetof(bk_shared, address.length) / sizeof(int32_t));
  bk_export_number(exports, "addressMax", BK_ADDRESS_MAX);
  bk_export_number(exports, "eventsOffset", offsetof(bk_shared, events));
  bk_export_number(exports, "eventsMax", BK_EVENTS_MAX);
}

/* Creates the object of an instance. Returns NULL if the engine fails. */
static napi_value instance(napi_env env, bk_environment *environment, int needs_last_task) {
  bk_exports exports = {.env = env, .environment = environment};
  napi_value memory = shared_memory(env, environment);
  if (memory == NULL) return NULL;
  if (needs_last_task && make_last_task(env, environment) != napi_ok) return NULL;
  if (napi_create_object(env, &exports.object) != napi_ok) return NULL;
  export_memory(&exports, memory);
  bk_owned_exports(&exports);
  bk_socket_exports(&exports);
  bk_options_exports(&exports);
  bk_message_exports(&exports);
  bk_poller_exports(&exports);
  bk_names_exports(&exports);
  bk_resolve_exports(&exports);
#ifdef _WIN32
  bk_share_exports(&exports);
#endif
  return exports.status == napi_ok ? exports.object : NULL;
}

static napi_value fail(napi_env env, bk_environment *environment) {
  if (environment != NULL && environment->last_task != NULL)
    napi_release_threadsafe_function(environment->last_task, napi_tsfn_release);
  if (environment != NULL && environment->shared_reference != NULL)
    napi_delete_reference(env, environment->shared_reference);
  free(environment);
  napi_throw_error(env, NULL, "berkeley: the addon could not create an instance: out of memory");
  return NULL;
}

/* (closesAtEnd: 0 | 1, needsLastTask: 0 | 1) -> the functions of a new instance. With closesAtEnd it closes its
 * descriptors when the environment ends: in all threads but the main thread, whose end is the end of the process. */
static napi_value open_instance(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2] = {NULL, NULL};
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  bk_environment *environment = calloc(1, sizeof *environment);
  if (environment == NULL) return fail(env, NULL);
  environment->env = env;
  environment->closes_at_end = bk_int(env, arguments[0]);
  napi_value object = instance(env, environment, bk_int(env, arguments[1]));
  if (object == NULL || napi_add_env_cleanup_hook(env, end, environment) != napi_ok) return fail(env, environment);
  return object;
}

NAPI_MODULE_INIT() {
  if (!bk_load_node_functions()) return NULL;
  bk_exports module = {.env = env, .object = exports};
  bk_export(&module, "open", open_instance);
  return exports;
}
