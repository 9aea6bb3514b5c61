/* Readiness of many descriptors. */
#ifndef BERKELEY_POLLER_H
#define BERKELEY_POLLER_H

#include <stdint.h>

/* `events` has the numbers of poll(2), which epoll shares: POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLRDHUP
 * (Linux's 0x2000). */
typedef struct {
  int32_t id;
  int32_t events;
} bk_event;

enum { BK_EVENTS_MAX = 1024 };

/* Flag for the events: edge-triggered. */
enum { BK_EDGE = 1 << 30 };

int bk_poller_open(void);
int bk_poller_add(int poller, int fd, int32_t id, int events);
int bk_poller_modify(int poller, int fd, int32_t id, int events);
int bk_poller_remove(int poller, int fd);
/* Collects pending events without waiting. Returns the number of events written. A descriptor can have two entries
 * (kqueue), whose events must be combined. */
int bk_poller_collect(int poller, bk_event *events, int most);

#endif
