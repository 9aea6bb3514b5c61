/* The wake-up on Node.js: one uv_poll on the epoll descriptor, however many sockets there are.
 *
 * libuv's functions are resolved at run time, so the binary imports none of them: Bun aborts in uv_poll_init
 * and Deno never calls back, but both must be able to load this file. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

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
  int (*poll_stop)(uv_handle *handle);
  void (*close)(uv_handle *handle, void (*callback)(uv_handle *handle));
  void (*ref)(uv_handle *handle);
  void (*unref)(uv_handle *handle);
  int missing;
} uv;

typedef struct {
  bk_wakeup base;
  bk_environment *environment; /* NULL when it has ended */
  int poller;
  uv_handle *handle;
  napi_ref callback;
  napi_ref resource;
  napi_async_context context;
  napi_async_cleanup_hook_handle cleanup;
} uv_wakeup;

static void load_uv(void) {
  const struct {
    void **function;
    const char *name;
  } wanted[] = {
      {(void **)&uv.handle_size, "uv_handle_size"}, {(void **)&uv.poll_init, "uv_poll_init"},
      {(void **)&uv.poll_start, "uv_poll_start"},   {(void **)&uv.poll_stop, "uv_poll_stop"},
      {(void **)&uv.close, "uv_close"},             {(void **)&uv.ref, "uv_ref"},
      {(void **)&uv.unref, "uv_unref"},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    if ((*wanted[i].function = dlsym(RTLD_DEFAULT, wanted[i].name)) == NULL) uv.missing = 1;
}

static void keep_alive(bk_wakeup *base, int keep) { (keep ? uv.ref : uv.unref)(((uv_wakeup *)base)->handle); }

/* napi_make_callback, not napi_call_function: it also runs the microtasks that the resolved promises queued. Meanwhile
 * JavaScript only notes in shared memory whether a promise waits, since the last one that waits often continues with
 * another. */
static void call_back(uv_wakeup *wakeup, int count) {
  napi_env env = wakeup->environment->env;
  napi_handle_scope scope;
  napi_value callback = NULL, resource = NULL, result, argument, error;
  if (napi_open_handle_scope(env, &scope) != napi_ok) return;
  napi_get_reference_value(env, wakeup->callback, &callback);
  napi_get_reference_value(env, wakeup->resource, &resource);
  argument = bk_number(env, count);
  int32_t *words = wakeup->environment->shared->words;
  words[BK_WORD_CALLING] = 1;
  napi_status status = napi_make_callback(env, wakeup->context, resource, callback, 1, &argument, &result);
  words[BK_WORD_CALLING] = 0;
  if (wakeup->environment != NULL) keep_alive(&wakeup->base, words[BK_WORD_KEEP]);
  if (status == napi_pending_exception && napi_get_and_clear_last_exception(env, &error) == napi_ok)
    napi_fatal_exception(env, error);
  napi_close_handle_scope(env, scope);
}

static void on_readable(uv_handle *handle, int status, int events) {
  (void)events;
  uv_wakeup *wakeup = handle->data;
  int count = status; /* 0, or -errno as libuv has it */
  if (status == 0) count = bk_poller_collect(wakeup->poller, wakeup->environment->shared->events, BK_EVENTS_MAX);
  if (count < 0) uv.poll_stop(handle); /* else libuv would call back at once, again and again */
  if (count != 0) call_back(wakeup, count);
}

static void on_closed(uv_handle *handle) {
  uv_wakeup *wakeup = handle->data;
  free(handle);
  if (wakeup->cleanup != NULL) napi_remove_async_cleanup_hook(wakeup->cleanup);
  free(wakeup);
}

/* After uv_close libuv does not touch the poller, so the environment can close it. */
static void end(bk_wakeup *base) {
  uv_wakeup *wakeup = (uv_wakeup *)base;
  if (wakeup->environment == NULL) return;
  wakeup->environment->wakeup = NULL;
  wakeup->environment = NULL;
  uv.close(wakeup->handle, on_closed);
}

/* An asynchronous hook, because the event loop must not be closed before its handles are. */
static void on_cleanup(napi_async_cleanup_hook_handle handle, void *data) {
  (void)handle;
  end(data);
}

static int make_references(uv_wakeup *wakeup, napi_env env, napi_value callback) {
  napi_value resource;
  if (napi_create_reference(env, callback, 1, &wakeup->callback) != napi_ok) return -ENOMEM;
  if (napi_create_object(env, &resource) != napi_ok) return -ENOMEM;
  if (napi_create_reference(env, resource, 1, &wakeup->resource) != napi_ok) return -ENOMEM;
  napi_value name = bk_string(env, "berkeley.reactor");
  return napi_async_init(env, resource, name, &wakeup->context) == napi_ok ? 0 : -ENOMEM;
}

static void delete_references(uv_wakeup *wakeup, napi_env env) {
  if (wakeup->context != NULL) napi_async_destroy(env, wakeup->context);
  if (wakeup->resource != NULL) napi_delete_reference(env, wakeup->resource);
  if (wakeup->callback != NULL) napi_delete_reference(env, wakeup->callback);
}

static void dispose(uv_wakeup *wakeup, napi_env env) {
  delete_references(wakeup, env);
  free(wakeup->handle);
  free(wakeup);
}

/* Makes the calls that can fail after uv_poll_init, when libuv has to close the handle. */
static int start(uv_wakeup *wakeup, napi_env env) {
  if (napi_add_async_cleanup_hook(env, on_cleanup, wakeup, &wakeup->cleanup) != napi_ok) return -ENOMEM;
  return uv.poll_start(wakeup->handle, UV_READABLE_EVENT, on_readable);
}

static int init(uv_wakeup *wakeup, napi_env env, napi_value callback) {
  struct uv_loop_s *loop;
  wakeup->handle = calloc(1, uv.handle_size(UV_POLL_TYPE));
  if (wakeup->handle == NULL) return -ENOMEM;
  if (napi_get_uv_event_loop(env, &loop) != napi_ok) return -ENOSYS;
  int result = make_references(wakeup, env, callback);
  if (result < 0) return result;
  wakeup->handle->data = wakeup;
  return uv.poll_init(loop, wakeup->handle, wakeup->poller);
}

int bk_wakeup_uv_open(bk_environment *environment, int poller, napi_value callback) {
  static pthread_once_t once = PTHREAD_ONCE_INIT; /* workers are threads */
  pthread_once(&once, load_uv);
  if (uv.missing) return -ENOSYS;
  napi_env env = environment->env;
  uv_wakeup *wakeup = calloc(1, sizeof *wakeup);
  if (wakeup == NULL) return -ENOMEM;
  *wakeup = (uv_wakeup){.base = {keep_alive, NULL, end}, .environment = environment, .poller = poller};
  int result = init(wakeup, env, callback);
  if (result < 0) {
    dispose(wakeup, env);
    return result;
  }
  environment->wakeup = &wakeup->base;
  uv.unref(wakeup->handle);
  result = start(wakeup, env);
  if (result < 0) {
    delete_references(wakeup, env);
    end(&wakeup->base);
  }
  return result;
}
