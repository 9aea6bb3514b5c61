/* The poller on macOS and FreeBSD. A kqueue descriptor becomes readable when one of its members has an event, and the
 * wake-up of the runtime watches that.
 *
 * A descriptor has one kqueue event per direction, so that it can have two entries among those that are collected. */
#include "poller.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>
#include <unistd.h>

/* Not every BSD has the name. JavaScript uses Linux's number (src/reactor/events.ts). */
enum { RDHUP = 0x2000 };

int bk_poller_open(void) {
  int poller = kqueue();
  if (poller < 0) return -errno;
  if (fcntl(poller, F_SETFD, FD_CLOEXEC) == 0) return poller;
  int error = errno;
  close(poller);
  return -error;
}

static int change(int poller, int fd, short filter, unsigned short flags, unsigned fflags, int32_t id) {
  struct kevent event;
  EV_SET(&event, (uintptr_t)fd, filter, flags, fflags, 0, (void *)(intptr_t)id);
  int result;
  do result = kevent(poller, &event, 1, NULL, 0, NULL);
  while (result < 0 && errno == EINTR);
  return result < 0 ? -errno : 0;
}

/* Starts or stops watching a direction. */
static int set(int poller, int fd, int32_t id, int events, int wanted, short filter, unsigned fflags) {
  if (events & wanted) {
    unsigned edge = events & BK_EDGE ? EV_CLEAR : 0;
    return change(poller, fd, filter, (unsigned short)(EV_ADD | edge), fflags, id);
  }
  int result = change(poller, fd, filter, EV_DELETE, fflags, id);
  return result == -ENOENT ? 0 : result;
}

static int watch(int poller, int fd, int32_t id, int events) {
  int result = set(poller, fd, id, events, POLLIN | RDHUP, EVFILT_READ, 0);
  if (result == 0) result = set(poller, fd, id, events, POLLOUT, EVFILT_WRITE, 0);
#ifdef NOTE_OOB
  if (result == 0) result = set(poller, fd, id, events, POLLPRI, EVFILT_EXCEPT, NOTE_OOB);
#endif
  return result;
}

int bk_poller_add(int poller, int fd, int32_t id, int events) { return watch(poller, fd, id, events); }

int bk_poller_modify(int poller, int fd, int32_t id, int events) { return watch(poller, fd, id, events); }

int bk_poller_remove(int poller, int fd) {
  int reading = change(poller, fd, EVFILT_READ, EV_DELETE, 0, 0);
  int writing = change(poller, fd, EVFILT_WRITE, EV_DELETE, 0, 0);
#ifdef NOTE_OOB
  change(poller, fd, EVFILT_EXCEPT, EV_DELETE, NOTE_OOB, 0);
#endif
  return reading < 0 && writing < 0 ? reading : 0;
}

/* Returns the events of poll(2) for a kqueue event. At the end of a direction, `fflags` is the socket's error. */
static int32_t events_of(const struct kevent *found) {
  int ended = (found->flags & EV_EOF) != 0;
  int32_t events = ended && found->fflags != 0 ? POLLERR : 0;
  if (found->filter == EVFILT_READ) return events | POLLIN | (ended ? RDHUP : 0);
  if (found->filter == EVFILT_WRITE) return events | POLLOUT | (ended ? POLLHUP : 0);
  return POLLPRI;
}

int bk_poller_collect(int poller, bk_event *events, int most) {
  struct kevent found[BK_EVENTS_MAX];
  const struct timespec now = {0};
  int count;
  do count = kevent(poller, NULL, 0, found, most < BK_EVENTS_MAX ? most : BK_EVENTS_MAX, &now);
  while (count < 0 && errno == EINTR);
  if (count < 0) return -errno;
  for (int i = 0; i < count; i++) events[i] = (bk_event){(int32_t)(intptr_t)found[i].udata, events_of(&found[i])};
  return count;
}
