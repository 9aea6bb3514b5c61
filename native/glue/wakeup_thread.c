/* The wake-up on Bun and Deno, where libuv's uv_poll aborts or never calls back: a thread and a thread-safe function.
 *
 * A thread that sleeps in epoll_wait and hands every event over costs a thread switch a message, twice what libuv
 * costs. So it is parked while JavaScript is busy: JavaScript polls its own epoll once in each turn of its loop, and
 * only when it finds nothing does it arm the thread, which then waits for the one next event, wakes JavaScript, and
 * parks again.
 *
 * The thread watches through an epoll of its own, level-triggered, with the poller in it: that reports that there is
 * something, and leaves the edge-triggered events themselves for JavaScript to collect. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "wakeup.h"

typedef struct {
  bk_wakeup base;
  bk_environment *environment;
  int poller;
  int outer;  /* the thread's epoll: the poller, and `signal` to end a wait */
  int parked; /* an eventfd: a token lets the thread watch */
  int signal; /* an eventfd: readable when the thread has to end */
  atomic_int ending;
  pthread_t thread;
  napi_threadsafe_function function;
} thread_wakeup;

static void post(int eventfd) {
  uint64_t one = 1;
  while (write(eventfd, &one, sizeof one) < 0 && errno == EINTR) continue;
}

static void *watch(void *data) {
  thread_wakeup *wakeup = data;
  uint64_t token;
  while (!atomic_load(&wakeup->ending)) {
    if (read(wakeup->parked, &token, sizeof token) != sizeof token) continue;
    struct epoll_event event;
    while (epoll_wait(wakeup->outer, &event, 1, -1) < 0 && errno == EINTR) continue;
    if (!atomic_load(&wakeup->ending)) napi_call_threadsafe_function(wakeup->function, NULL, napi_tsfn_nonblocking);
  }
  return NULL;
}

/* In JavaScript's thread. The environment is NULL when it is already going. */
static void call_back(napi_env env, napi_value callback, void *context, void *data) {
  (void)data;
  thread_wakeup *wakeup = context;
  if (env == NULL || callback == NULL) return;
  int count = bk_poller_collect(wakeup->poller, wakeup->environment->shared->events, BK_EVENTS_MAX);
  napi_value self, argument, result, error;
  napi_get_undefined(env, &self);
  argument = bk_number(env, count < 0 ? 0 : count);
  if (napi_call_function(env, self, callback, 1, &argument, &result) != napi_pending_exception) return;
  if (napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
}

static void hold(bk_wakeup *base, int hold) {
  thread_wakeup *wakeup = (thread_wakeup *)base;
  napi_env env = wakeup->environment->env;
  (hold ? napi_ref_threadsafe_function : napi_unref_threadsafe_function)(env, wakeup->function);
}

static void arm(bk_wakeup *base) { post(((thread_wakeup *)base)->parked); }

static void close_descriptors(thread_wakeup *wakeup) {
  int fds[] = {wakeup->outer, wakeup->parked, wakeup->signal};
  for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
    if (fds[i] >= 0) close(fds[i]);
}

static void dispose(thread_wakeup *wakeup) {
  close_descriptors(wakeup);
  free(wakeup);
}

static void on_cleanup(void *data) {
  thread_wakeup *wakeup = data;
  wakeup->environment->wakeup = NULL;
  atomic_store(&wakeup->ending, 1);
  post(wakeup->signal);
  post(wakeup->parked);
  pthread_join(wakeup->thread, NULL);
  napi_release_threadsafe_function(wakeup->function, napi_tsfn_release);
  close(wakeup->poller);
  close_descriptors(wakeup);
  /* The structure itself is small, and a call that is still queued may look at it: it stays until the process ends. */
}

static int add(int epoll, int fd) {
  struct epoll_event event = {.events = EPOLLIN};
  return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static int open_descriptors(thread_wakeup *wakeup) {
  wakeup->outer = epoll_create1(EPOLL_CLOEXEC);
  wakeup->parked = eventfd(0, EFD_CLOEXEC);
  wakeup->signal = eventfd(0, EFD_CLOEXEC);
  if (wakeup->outer < 0 || wakeup->parked < 0 || wakeup->signal < 0) return -errno;
  if (add(wakeup->outer, wakeup->poller) < 0 || add(wakeup->outer, wakeup->signal) < 0) return -errno;
  return 0;
}

int bk_wakeup_thread_open(bk_environment *environment, int poller, napi_value callback) {
  napi_env env = environment->env;
  thread_wakeup *wakeup = calloc(1, sizeof *wakeup);
  if (wakeup == NULL) return -ENOMEM;
  *wakeup = (thread_wakeup){.base = {.hold = hold, .arm = arm}, .environment = environment, .poller = poller};
  int result = open_descriptors(wakeup);
  if (result < 0) {
    dispose(wakeup);
    return result;
  }
  napi_value name = bk_string(env, "berkeley.reactor");
  if (napi_create_threadsafe_function(env, callback, NULL, name, 0, 1, NULL, NULL, wakeup, call_back,
                                      &wakeup->function) != napi_ok) {
    dispose(wakeup);
    return -ENOMEM;
  }
  result = pthread_create(&wakeup->thread, NULL, watch, wakeup);
  if (result != 0) {
    napi_release_threadsafe_function(wakeup->function, napi_tsfn_abort);
    dispose(wakeup);
    return -result;
  }
  napi_unref_threadsafe_function(env, wakeup->function);
  napi_add_env_cleanup_hook(env, on_cleanup, wakeup);
  environment->wakeup = &wakeup->base;
  return 0;
}
