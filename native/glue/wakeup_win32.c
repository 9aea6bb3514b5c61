/* The wake-up on Windows: the thread that takes the completions of all pollers (core/afd_poller.c) calls a thread-safe
 * function. It does so once each time that JavaScript has armed it, which it does when it finds no more events. libuv
 * cannot watch the poller there: it only watches sockets. */
#include <stdlib.h>

#include "core/afd_poller.h"
#include "wakeup.h"

typedef struct {
  bk_wakeup base;
  bk_environment *environment; /* NULL when it has ended */
  int poller;
  int is_stopped; /* a failure was reported */
  napi_threadsafe_function function;
} win32_wakeup;

/* In the thread of the completions. */
static void notify(void *context) {
  win32_wakeup *wakeup = context;
  napi_call_threadsafe_function(wakeup->function, NULL, napi_tsfn_nonblocking);
}

/* In JavaScript's thread. The environment is NULL when it is ending. */
static void call_back(napi_env env, napi_value callback, void *context, void *data) {
  (void)data;
  win32_wakeup *wakeup = context;
  if (env == NULL || callback == NULL || wakeup->environment == NULL || wakeup->is_stopped) return;
  napi_value self, argument, result, error;
  int count = bk_poller_collect(wakeup->poller, wakeup->environment->shared->events, BK_EVENTS_MAX);
  wakeup->is_stopped = count < 0;
  if (napi_get_undefined(env, &self) != napi_ok) return;
  argument = bk_number(env, count);
  if (napi_call_function(env, self, callback, 1, &argument, &result) != napi_pending_exception) return;
  if (napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
}

static void keep_alive(bk_wakeup *base, int keep) {
  win32_wakeup *wakeup = (win32_wakeup *)base;
  napi_env env = wakeup->environment->env;
  if (keep)
    napi_ref_threadsafe_function(env, wakeup->function);
  else
    napi_unref_threadsafe_function(env, wakeup->function);
}

static void arm(bk_wakeup *base) {
  win32_wakeup *wakeup = (win32_wakeup *)base;
  if (!wakeup->is_stopped) bk_poller_arm(wakeup->poller);
}

static void end(bk_wakeup *base) {
  win32_wakeup *wakeup = (win32_wakeup *)base;
  if (wakeup->environment == NULL) return;
  wakeup->environment->wakeup = NULL;
  wakeup->environment = NULL;
  bk_poller_notify(wakeup->poller, NULL, NULL);
  napi_release_threadsafe_function(wakeup->function, napi_tsfn_release);
  /* The structure is not freed: call_back looks at it if a call is still queued. */
}

static void on_cleanup(void *data) { end(data); }

int bk_wakeup_thread_open(bk_environment *environment, int poller, napi_value callback) {
  napi_env env = environment->env;
  win32_wakeup *wakeup = calloc(1, sizeof *wakeup);
  if (wakeup == NULL) return -ENOMEM;
  *wakeup = (win32_wakeup){.base = {keep_alive, arm, end}, .environment = environment, .poller = poller};
  napi_status status = napi_create_threadsafe_function(env, callback, NULL, bk_string(env, "berkeley.reactor"), 0, 1,
                                                       NULL, NULL, wakeup, call_back, &wakeup->function);
  if (status != napi_ok) {
    free(wakeup);
    return -ENOMEM;
  }
  environment->wakeup = &wakeup->base;
  napi_unref_threadsafe_function(env, wakeup->function);
  bk_poller_notify(poller, notify, wakeup);
  /* Hooks run in the reverse order: this one before the runtime's own for the function. */
  if (napi_add_env_cleanup_hook(env, on_cleanup, wakeup) == napi_ok) return 0;
  end(&wakeup->base);
  return -ENOMEM;
}

int bk_wakeup_uv_open(bk_environment *environment, int poller, napi_value callback) {
  (void)environment, (void)poller, (void)callback;
  return -ENOSYS;
}
