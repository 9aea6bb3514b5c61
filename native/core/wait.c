/* Waiting for one descriptor in the calling thread: the Sync face's only way to wait. */
#include "platform.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

static const double NANOSECONDS_A_MILLISECOND = 1e6;
/* Past this (31 years) a wait is for ever: it keeps the arithmetic below far from overflow. */
static const double FOR_EVER = 1e12;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / NANOSECONDS_A_MILLISECOND;
}

/* Polls until something is ready or the time is over, through any number of signals. */
static int patiently(struct pollfd *entries, nfds_t count, double milliseconds) {
  int endless = milliseconds < 0 || milliseconds > FOR_EVER;
  double deadline = endless ? 0 : now() + milliseconds;
  double left = milliseconds;
  for (;;) {
    struct timespec rest = {.tv_sec = (time_t)(left / 1e3)};
    rest.tv_nsec = (long)((left - (double)rest.tv_sec * 1e3) * NANOSECONDS_A_MILLISECOND);
    int result = ppoll(entries, count, endless ? NULL : &rest, NULL);
    if (result >= 0) return result;
    if (errno != EINTR) return -errno;
    /* A signal: wait again, for what is left of the one deadline. */
    if (!endless && (left = deadline - now()) < 0) left = 0;
  }
}

int bk_wait(int fd, int events, double milliseconds) {
  struct pollfd entry = {.fd = fd, .events = (short)events};
  int result = patiently(&entry, 1, milliseconds);
  return result > 0 ? entry.revents : result;
}

int bk_poll(bk_poll_entry *entries, size_t count, double milliseconds) {
  struct pollfd *list = calloc(count == 0 ? 1 : count, sizeof *list);
  if (list == NULL) return -ENOMEM;
  for (size_t i = 0; i < count; i++) list[i] = (struct pollfd){.fd = entries[i].fd, .events = (short)entries[i].events};
  int result = patiently(list, (nfds_t)count, milliseconds);
  for (size_t i = 0; i < count; i++) entries[i].ready = list[i].revents;
  free(list);
  return result;
}
