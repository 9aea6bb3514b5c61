/* Waiting for descriptors in the calling thread, on Windows. */
#include "win32.h"

#include <math.h>
#include <stdlib.h>

double bk_now(void) {
  LARGE_INTEGER frequency, now;
  QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&now);
  return (double)now.QuadPart * 1e3 / (double)frequency.QuadPart;
}

static double limit_of(int fd, int event) {
  DWORD milliseconds = 0;
  int length = sizeof milliseconds, name = event == BK_POLLOUT ? SO_SNDTIMEO : SO_RCVTIMEO;
  if (getsockopt(bk_socket_of(fd), SOL_SOCKET, name, (char *)&milliseconds, &length) != 0) return 0;
  return milliseconds;
}

int bk_wait_in_call(int fd, int event, bk_clock *clock) {
  if (clock->deadline == 0) {
    double limit = limit_of(fd, event);
    clock->deadline = limit == 0 ? -1 : bk_now() + limit;
  }
  double left = clock->deadline < 0 ? -1 : clock->deadline - bk_now();
  if (clock->deadline > 0 && left <= 0) return -EAGAIN;
  int ready = bk_wait(fd, event, left);
  return ready == 0 ? -EAGAIN : ready < 0 ? ready : 0;
}

static int sleep_for(double milliseconds) {
  Sleep(milliseconds < 0 ? INFINITE : (DWORD)(milliseconds + 0.999));
  return 0;
}

/* Files have no event: a pipe is looked at again and again. */
static int wait_for_file(int file, int events, double milliseconds) {
  enum { PAUSE = 10 };
  double deadline = milliseconds < 0 ? HUGE_VAL : bk_now() + milliseconds;
  for (;;) {
    int ready = bk_file_events(file, events);
    double left = deadline - bk_now();
    if (ready != 0 || left <= 0) return ready;
    sleep_for(left < PAUSE ? left : PAUSE);
  }
}

int bk_wait(int fd, int events, double milliseconds) {
  if (fd == -1) return sleep_for(milliseconds);
  if (bk_is(fd, BK_POLLER)) return bk_poller_wait(fd, milliseconds);
  bk_afd_item item = {.fd = fd, .events = events};
  int result = bk_is(fd, BK_FILE) ? -ENOTSOCK : bk_look_up(fd, &item.entry);
  if (result < 0) return bk_file_handle(fd) == NULL ? BK_POLLNVAL : wait_for_file(fd, events, milliseconds);
  result = bk_afd_poll(&item, 1, milliseconds);
  return result > 0 ? item.ready : result;
}

int bk_poll(bk_poll_entry *entries, size_t count, double milliseconds) {
  bk_afd_item *items = calloc(count == 0 ? 1 : count, sizeof *items);
  size_t *places = calloc(count == 0 ? 1 : count, sizeof *places);
  size_t sockets = 0;
  int invalid = 0, result = -ENOMEM;
  for (size_t i = 0; items != NULL && places != NULL && i < count; i++) {
    entries[i].ready = 0;
    if (entries[i].fd < 0) continue;
    bk_afd_item *item = &items[sockets];
    *item = (bk_afd_item){.fd = entries[i].fd, .events = entries[i].events};
    if (bk_look_up(entries[i].fd, &item->entry) == 0) {
      places[sockets++] = i;
    } else {
      entries[i].ready = BK_POLLNVAL;
      invalid++;
    }
  }
  if (items != NULL && places != NULL) result = sockets == 0 && invalid == 0 ? sleep_for(milliseconds) : 0;
  if (sockets > 0) result = bk_afd_poll(items, sockets, invalid > 0 ? 0 : milliseconds);
  for (size_t i = 0; result >= 0 && i < sockets; i++) entries[places[i]].ready = items[i].ready;
  free(items);
  free(places);
  return result < 0 ? result : result + invalid;
}
