/* The wake-up: how a poller that has an event gets JavaScript's attention. The one part that differs by runtime. */
#ifndef BERKELEY_WAKEUP_H
#define BERKELEY_WAKEUP_H

#include "call.h"

/* Each kind begins with this. */
typedef struct bk_wakeup {
  /* Whether the wake-up keeps the process alive: it does while a promise is waiting. */
  void (*hold)(struct bk_wakeup *wakeup, int hold);
  /* JavaScript has seen everything and goes idle: wake it at the next event. NULL where it is always awake. */
  void (*arm)(struct bk_wakeup *wakeup);
} bk_wakeup;

/* Watches `poller` from now on; `callback(count)` runs with the events in shared memory. 0 or -errno. */
typedef int bk_wakeup_open(bk_environment *environment, int poller, napi_value callback);

bk_wakeup_open bk_wakeup_uv_open;     /* Node.js: libuv watches the poller */
bk_wakeup_open bk_wakeup_thread_open; /* everywhere: a thread does */

#endif
