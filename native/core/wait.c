/* Waiting for one descriptor in the calling thread: the Sync face's only way to wait. */
#include "platform.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

static const double NANOSECONDS_A_MILLISECOND = 1e6;
/* Past this (31 years) a wait is for ever: it keeps the arithmetic below far from overflow. */
static const double FOR_EVER = 1e12;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / NANOSECONDS_A_MILLISECOND;
}

int bk_wait(int fd, int events, double milliseconds) {
  struct pollfd entry = {.fd = fd, .events = (short)events};
  int endless = milliseconds < 0 || milliseconds > FOR_EVER;
  double deadline = endless ? 0 : now() + milliseconds;
  double left = milliseconds;
  for (;;) {
    struct timespec rest = {.tv_sec = (time_t)(left / 1e3)};
    rest.tv_nsec = (long)((left - (double)rest.tv_sec * 1e3) * NANOSECONDS_A_MILLISECOND);
    int result = ppoll(&entry, 1, endless ? NULL : &rest, NULL);
    if (result >= 0) return result == 0 ? 0 : entry.revents;
    if (errno != EINTR) return -errno;
    /* A signal: wait again, for what is left of the one deadline. */
    if (!endless && (left = deadline - now()) < 0) left = 0;
  }
}
