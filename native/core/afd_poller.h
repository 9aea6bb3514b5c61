/* How the poller of Windows wakes a thread: its functions that poller.h does not have. */
#ifndef BERKELEY_AFD_POLLER_H
#define BERKELEY_AFD_POLLER_H

#include "poller.h"

/* Sets a function that another thread calls when there are events to collect, once per bk_poller_arm. It must not call the
 * poller. After bk_poller_notify(poller, NULL, NULL) has returned, nothing is called. */
void bk_poller_notify(int poller, void (*notify)(void *context), void *context);
void bk_poller_arm(int poller);

#endif
