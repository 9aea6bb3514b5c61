/* Waiting for descriptors in the calling thread. */
#include "compat.h"
#include "platform.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

static const double MILLISECONDS_PER_SECOND = 1e3, NANOSECONDS_PER_MILLISECOND = 1e6;
/* A longer time (31 years) counts as no limit, so that the arithmetic below cannot overflow. */
static const double LONGEST_WAIT = 1e12;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * MILLISECONDS_PER_SECOND + (double)t.tv_nsec / NANOSECONDS_PER_MILLISECOND;
}

static struct timespec timespec_of(double milliseconds) {
  struct timespec t = {.tv_sec = (time_t)(milliseconds / MILLISECONDS_PER_SECOND)};
  t.tv_nsec = (long)((milliseconds - (double)t.tv_sec * MILLISECONDS_PER_SECOND) * NANOSECONDS_PER_MILLISECOND);
  return t;
}

/* Calls ppoll(2) until a descriptor is ready or the deadline passes. A signal neither ends it nor changes the
 * deadline. */
static int poll_until(struct pollfd *entries, nfds_t count, double milliseconds) {
  int limited = milliseconds >= 0 && milliseconds <= LONGEST_WAIT;
  double rest = limited ? milliseconds : 0;
  double deadline = limited ? now() + rest : 0;
  for (;;) {
    struct timespec limit = timespec_of(rest);
    int result = ppoll(entries, count, limited ? &limit : NULL, NULL);
    if (result >= 0) return result;
    if (errno != EINTR) return -errno;
    if (limited && (rest = deadline - now()) < 0) rest = 0;
  }
}

int bk_wait(int fd, int events, double milliseconds) {
  struct pollfd entry = {.fd = fd, .events = (short)events};
  int result = poll_until(&entry, 1, milliseconds);
  return result > 0 ? entry.revents : result;
}

/* The entries that need no allocation. The thread of the wake-up polls two: it must not end when memory is short. */
enum { FEW = 16 };

int bk_poll(bk_poll_entry *entries, size_t count, double milliseconds) {
  struct pollfd few[FEW], *list = count <= FEW ? few : calloc(count, sizeof *list);
  if (list == NULL) return -ENOMEM;
  for (size_t i = 0; i < count; i++) list[i] = (struct pollfd){.fd = entries[i].fd, .events = (short)entries[i].events};
  int result = poll_until(list, (nfds_t)count, milliseconds);
  for (size_t i = 0; i < count; i++) entries[i].ready = list[i].revents;
  if (list != few) free(list);
  return result;
}
