/* The wake-up: how a poller that has an event gets JavaScript's attention. The one part that differs by runtime. */
#ifndef BERKELEY_WAKEUP_H
#define BERKELEY_WAKEUP_H

#include "call.h"

typedef struct bk_wakeup bk_wakeup;

/* Watches `poller` from now on; `callback(count)` runs with the events in shared memory. 0 or -errno. */
int bk_wakeup_open(bk_environment *environment, int poller, napi_value callback);

/* Whether the wake-up keeps the process alive: it does while a promise is waiting. */
void bk_wakeup_hold(bk_wakeup *wakeup, int hold);

#endif
