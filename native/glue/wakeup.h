/* The wake-up runs JavaScript when the poller has an event. It is the only part that differs by runtime. */
#ifndef BERKELEY_WAKEUP_H
#define BERKELEY_WAKEUP_H

#include "call.h"

/* Each kind begins with this. */
typedef struct bk_wakeup {
  /* Sets whether the wake-up keeps the process alive: it does while a promise is waiting. */
  void (*keep_alive)(struct bk_wakeup *wakeup, int keep);
  /* Wakes JavaScript at the next event: it has handled all others and becomes idle. NULL if every event wakes it. */
  void (*arm)(struct bk_wakeup *wakeup);
  /* Stops watching, because the environment ends. Sets the environment's `wakeup` to NULL. */
  void (*end)(struct bk_wakeup *wakeup);
} bk_wakeup;

/* Watches `poller` from now on: `callback(count)` runs with the events in shared memory. A negative count is -errno; it
 * comes once, and no callback follows it. 0 or -errno. */
typedef int bk_wakeup_open(bk_environment *environment, int poller, napi_value callback);

bk_wakeup_open bk_wakeup_uv_open;     /* Node.js: libuv watches the poller */
bk_wakeup_open bk_wakeup_thread_open; /* everywhere: a thread does */

#endif
