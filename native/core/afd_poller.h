/* How the poller of Windows wakes a thread: what it has beside poller.h. */
#ifndef BERKELEY_AFD_POLLER_H
#define BERKELEY_AFD_POLLER_H

#include "poller.h"

/* Calls `notify` from another thread, once per bk_poller_arm, when there are events to collect. It must not call the
 * poller. With NULL nothing is called any more when this returns. */
void bk_poller_notify(int poller, void (*notify)(void *context), void *context);
void bk_poller_arm(int poller);

#endif
