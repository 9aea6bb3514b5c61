/* The poller on Linux. The epoll descriptor itself becomes readable when one of its members has an event (epoll(7),
 * question 3), and the wake-up of the runtime watches that. */
#include "poller.h"
#include "uncancelled.h"

#include <errno.h>
#include <sys/epoll.h>

int bk_poller_open(void) {
  int poller = epoll_create1(EPOLL_CLOEXEC);
  return poller < 0 ? -errno : poller;
}

static int control(int poller, int operation, int fd, int32_t id, int events) {
  uint32_t wanted = (uint32_t)(events & ~BK_EDGE) | (events & BK_EDGE ? (uint32_t)EPOLLET : 0);
  struct epoll_event event = {.events = wanted, .data.u64 = (uint32_t)id};
  return epoll_ctl(poller, operation, fd, &event) < 0 ? -errno : 0;
}

int bk_poller_add(int poller, int fd, int32_t id, int events) { return control(poller, EPOLL_CTL_ADD, fd, id, events); }

int bk_poller_modify(int poller, int fd, int32_t id, int events) {
  return control(poller, EPOLL_CTL_MOD, fd, id, events);
}

int bk_poller_remove(int poller, int fd) { return control(poller, EPOLL_CTL_DEL, fd, 0, 0); }

int bk_poller_collect(int poller, bk_event *events, int most) {
  struct epoll_event found[BK_EVENTS_MAX];
  int count;
  do count = epoll_wait(poller, found, most < BK_EVENTS_MAX ? most : BK_EVENTS_MAX, 0);
  while (count < 0 && errno == EINTR);
  if (count < 0) return -errno;
  for (int i = 0; i < count; i++) {
    events[i].id = (int32_t)found[i].data.u64;
    events[i].events = (int32_t)found[i].events;
  }
  return count;
}
