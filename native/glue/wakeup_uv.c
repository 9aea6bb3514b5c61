/* The wake-up on Node.js: one uv_poll on the epoll descriptor, however many sockets there are.
 *
 * libuv's functions are looked up when they are wanted, so the binary imports none of them: Bun aborts in
 * uv_poll_init and Deno never calls back, and both have to be able to load this file. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "wakeup.h"

/* From uv.h: the handle's type number, the event bit, and the user's pointer as the first member of any handle. */
enum { UV_POLL_TYPE = 8, UV_READABLE_EVENT = 1 };
typedef struct {
  void *data;
} uv_handle;

static struct {
  size_t (*handle_size)(int type);
  int (*poll_init)(struct uv_loop_s *loop, uv_handle *handle, int fd);
  int (*poll_start)(uv_handle *handle, int events, void (*callback)(uv_handle *handle, int status, int events));
  void (*close)(uv_handle *handle, void (*callback)(uv_handle *handle));
  void (*ref)(uv_handle *handle);
  void (*unref)(uv_handle *handle);
} uv;

typedef struct {
  bk_wakeup base;
  bk_environment *environment;
  int poller;
  uv_handle *handle;
  napi_ref callback;
  napi_ref resource;
  napi_async_context context;
  napi_async_cleanup_hook_handle cleanup;
} uv_wakeup;

static int load_uv(void) {
  const struct {
    void **function;
    const char *name;
  } wanted[] = {
      {(void **)&uv.handle_size, "uv_handle_size"}, {(void **)&uv.poll_init, "uv_poll_init"},
      {(void **)&uv.poll_start, "uv_poll_start"},   {(void **)&uv.close, "uv_close"},
      {(void **)&uv.ref, "uv_ref"},                 {(void **)&uv.unref, "uv_unref"},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    if ((*wanted[i].function = dlsym(RTLD_DEFAULT, wanted[i].name)) == NULL) return -ENOSYS;
  return 0;
}

/* napi_make_callback, not napi_call_function: it also runs the microtasks that the resolved promises queued. */
static void call_back(uv_wakeup *wakeup, int count) {
  napi_env env = wakeup->environment->env;
  napi_handle_scope scope;
  napi_value callback, resource, result, argument, error;
  napi_open_handle_scope(env, &scope);
  napi_get_reference_value(env, wakeup->callback, &callback);
  napi_get_reference_value(env, wakeup->resource, &resource);
  argument = bk_number(env, count);
  napi_status status = napi_make_callback(env, wakeup->context, resource, callback, 1, &argument, &result);
  if (status == napi_pending_exception && napi_get_and_clear_last_exception(env, &error) == napi_ok)
    napi_fatal_exception(env, error);
  napi_close_handle_scope(env, scope);
}

static void on_readable(uv_handle *handle, int status, int events) {
  (void)status, (void)events;
  uv_wakeup *wakeup = handle->data;
  int count = bk_poller_collect(wakeup->poller, wakeup->environment->shared->events, BK_EVENTS_MAX);
  if (count > 0) call_back(wakeup, count);
}

static void on_closed(uv_handle *handle) {
  uv_wakeup *wakeup = handle->data;
  close(wakeup->poller);
  free(handle);
  napi_remove_async_cleanup_hook(wakeup->cleanup);
  free(wakeup);
}

/* The environment (a worker, or the process) is going: the loop may not be closed before its handles are. */
static void on_cleanup(napi_async_cleanup_hook_handle handle, void *data) {
  (void)handle;
  uv_wakeup *wakeup = data;
  wakeup->environment->wakeup = NULL;
  uv.close(wakeup->handle, on_closed);
}

static int start(uv_wakeup *wakeup, napi_env env, napi_value callback) {
  struct uv_loop_s *loop;
  napi_value resource, name;
  if (napi_get_uv_event_loop(env, &loop) != napi_ok) return -ENOSYS;
  int result = uv.poll_init(loop, wakeup->handle, wakeup->poller);
  if (result < 0) return result;
  wakeup->handle->data = wakeup;
  napi_create_reference(env, callback, 1, &wakeup->callback);
  napi_create_object(env, &resource);
  napi_create_reference(env, resource, 1, &wakeup->resource);
  name = bk_string(env, "berkeley.reactor");
  napi_async_init(env, resource, name, &wakeup->context);
  napi_add_async_cleanup_hook(env, on_cleanup, wakeup, &wakeup->cleanup);
  uv.poll_start(wakeup->handle, UV_READABLE_EVENT, on_readable);
  uv.unref(wakeup->handle);
  return 0;
}

static void hold(bk_wakeup *base, int hold) { (hold ? uv.ref : uv.unref)(((uv_wakeup *)base)->handle); }

int bk_wakeup_uv_open(bk_environment *environment, int poller, napi_value callback) {
  int result = load_uv();
  if (result < 0) return result;
  uv_wakeup *wakeup = calloc(1, sizeof *wakeup);
  uv_handle *handle = calloc(1, uv.handle_size(UV_POLL_TYPE));
  if (wakeup == NULL || handle == NULL) {
    free(wakeup);
    free(handle);
    return -ENOMEM;
  }
  *wakeup = (uv_wakeup){.base = {.hold = hold}, .environment = environment, .poller = poller, .handle = handle};
  result = start(wakeup, environment->env, callback);
  if (result < 0) {
    free(wakeup);
    free(handle);
    return result;
  }
  environment->wakeup = &wakeup->base;
  return 0;
}
