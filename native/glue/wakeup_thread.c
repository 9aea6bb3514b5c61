/* The wake-up on Bun and Deno, where libuv's uv_poll aborts or never calls back: a thread and a thread-safe function.
 *
 * A thread that waits for the poller and passes on every event costs a thread switch per message, twice what libuv
 * costs. So the thread is parked while JavaScript is busy. JavaScript collects its own events once in each turn of its
 * loop, and arms the thread only when it finds nothing. The thread then waits for one event, wakes JavaScript, and
 * parks again.
 *
 * The thread waits with poll(2) until the poller's descriptor is readable. This reports that there are events, and
 * leaves the edge-triggered events for JavaScript to collect. This works with epoll and kqueue. */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "wakeup.h"

typedef struct {
  bk_wakeup base;
  bk_environment *environment; /* NULL when it has ended */
  int poller;
  bk_flag armed; /* raised to let the thread watch */
  bk_flag ended; /* raised to end its wait */
  atomic_int ending;
  atomic_int failure; /* -errno of the thread, which then has ended */
  int stopped;        /* a failure was reported */
  int closed;         /* the runtime has closed the function before we did */
  pthread_t thread;
  napi_threadsafe_function function;
} thread_wakeup;

/* Waits until JavaScript is idle, and then for an event. Returns 0 or -errno. */
static int wait_for_event(thread_wakeup *wakeup) {
  bk_poll_entry entries[] = {{.fd = wakeup->poller, .events = POLLIN}, {.fd = wakeup->ended.reader, .events = POLLIN}};
  int result = bk_flag_take(&wakeup->armed);
  if (result == 0) result = bk_poll(entries, 2, -1);
  if (result > 0 && entries[0].ready & POLLNVAL) return -EBADF;
  return result < 0 ? result : 0;
}

static void *watch(void *data) {
  thread_wakeup *wakeup = data;
  for (;;) {
    int failure = wait_for_event(wakeup);
    if (atomic_load(&wakeup->ending)) return NULL;
    atomic_store(&wakeup->failure, failure);
    if (napi_call_threadsafe_function(wakeup->function, NULL, napi_tsfn_nonblocking) == napi_closing) {
      wakeup->closed = 1; /* the call has released the function too */
      return NULL;
    }
    if (failure < 0) return NULL;
  }
}

/* Collects events. Returns their number, or -errno. */
static int collect(thread_wakeup *wakeup) {
  int failure = atomic_load(&wakeup->failure);
  int count = failure;
  if (failure == 0) count = bk_poller_collect(wakeup->poller, wakeup->environment->shared->events, BK_EVENTS_MAX);
  if (count < 0) wakeup->stopped = 1;
  return count;
}

/* In JavaScript's thread. The environment is NULL when it is ending. */
static void call_back(napi_env env, napi_value callback, void *context, void *data) {
  (void)data;
  thread_wakeup *wakeup = context;
  if (env == NULL || callback == NULL || wakeup->environment == NULL || wakeup->stopped) return;
  napi_value self, argument, result, error;
  if (napi_get_undefined(env, &self) != napi_ok) return;
  argument = bk_number(env, collect(wakeup));
  if (napi_call_function(env, self, callback, 1, &argument, &result) != napi_pending_exception) return;
  if (napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
}

static void keep_alive(bk_wakeup *base, int keep) {
  thread_wakeup *wakeup = (thread_wakeup *)base;
  napi_env env = wakeup->environment->env;
  (keep ? napi_ref_threadsafe_function : napi_unref_threadsafe_function)(env, wakeup->function);
}

static void arm(bk_wakeup *base) {
  thread_wakeup *wakeup = (thread_wakeup *)base;
  if (!wakeup->stopped) bk_flag_raise(&wakeup->armed);
}

static void close_descriptors(thread_wakeup *wakeup) {
  bk_flag_close(&wakeup->armed);
  bk_flag_close(&wakeup->ended);
}

static void dispose(thread_wakeup *wakeup) {
  close_descriptors(wakeup);
  free(wakeup);
}

/* Ends the thread, and only then closes what it uses. */
static void end(bk_wakeup *base) {
  thread_wakeup *wakeup = (thread_wakeup *)base;
  if (wakeup->environment == NULL) return;
  wakeup->environment->wakeup = NULL;
  wakeup->environment = NULL;
  atomic_store(&wakeup->ending, 1);
  bk_flag_raise(&wakeup->ended);
  bk_flag_raise(&wakeup->armed);
  pthread_join(wakeup->thread, NULL);
  close_descriptors(wakeup);
  if (!wakeup->closed) napi_release_threadsafe_function(wakeup->function, napi_tsfn_release);
  /* The structure is not freed: call_back reads it if a call is still queued, and not every runtime reports when the
   * last one has run. It has some hundred bytes. */
}

static void on_cleanup(void *data) { end(data); }

static int open_descriptors(thread_wakeup *wakeup) {
  wakeup->ended = (bk_flag){-1, -1};
  int result = bk_flag_open(&wakeup->armed);
  return result == 0 ? bk_flag_open(&wakeup->ended) : result;
}

static int start(thread_wakeup *wakeup, napi_env env, napi_value callback) {
  napi_status status = napi_create_threadsafe_function(env, callback, NULL, bk_string(env, "berkeley.reactor"), 0, 1,
                                                       NULL, NULL, wakeup, call_back, &wakeup->function);
  if (status != napi_ok) return -ENOMEM;
  int result = -pthread_create(&wakeup->thread, NULL, watch, wakeup);
  if (result < 0) napi_release_threadsafe_function(wakeup->function, napi_tsfn_abort);
  return result;
}

int bk_wakeup_thread_open(bk_environment *environment, int poller, napi_value callback) {
  napi_env env = environment->env;
  thread_wakeup *wakeup = calloc(1, sizeof *wakeup);
  if (wakeup == NULL) return -ENOMEM;
  *wakeup = (thread_wakeup){.base = {keep_alive, arm, end}, .environment = environment, .poller = poller};
  int result = open_descriptors(wakeup);
  if (result == 0) result = start(wakeup, env, callback);
  if (result < 0) {
    dispose(wakeup);
    return result;
  }
  environment->wakeup = &wakeup->base;
  napi_unref_threadsafe_function(env, wakeup->function);
  /* Hooks run in the reverse order: this one before the runtime's own for the function. */
  if (napi_add_env_cleanup_hook(env, on_cleanup, wakeup) == napi_ok) return 0;
  end(&wakeup->base);
  return -ENOMEM;
}
