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

DWORD bk_whole_milliseconds(double milliseconds) {
  static const double MOST = 0xfffffffe; /* one less than INFINITE */
  if (milliseconds < 0) return INFINITE;
  return milliseconds > MOST ? (DWORD)MOST : (DWORD)(milliseconds + 0.999);
}

static int sleep_for(double milliseconds) {
  Sleep(bk_whole_milliseconds(milliseconds));
  return 0;
}

/* The time between two looks at a pipe, in milliseconds: Windows has no event for the data of an anonymous pipe. */
static const double PAUSE = 10;

static double deadline_of(double milliseconds) { return milliseconds < 0 ? HUGE_VAL : bk_now() + milliseconds; }

static int wait_for_file(int file, int events, double milliseconds) {
  double deadline = deadline_of(milliseconds);
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

/* The entries of one bk_poll: the sockets among them as items for AFD. */
typedef struct {
  bk_poll_entry *entries;
  size_t count;
  bk_afd_item *items;
  size_t *places; /* where each item is among the entries */
  size_t sockets;
  int others;  /* how many entries are ready that are not sockets */
  int waiting; /* how many are not ready, and have no event */
} poll_set;

/* The events that hold for a file or a poller. */
static int other_events(int fd, int events) {
  if (!bk_is(fd, BK_POLLER)) return bk_file_events(fd, events);
  int ready = bk_poller_wait(fd, 0);
  return ready < 0 ? BK_POLLNVAL : ready & events;
}

/* Collects the sockets for one AFD request. Files and pollers are checked now. */
static void sort_entries(poll_set *set) {
  set->sockets = 0;
  set->others = set->waiting = 0;
  for (size_t i = 0; i < set->count; i++) {
    bk_poll_entry *entry = &set->entries[i];
    bk_afd_item *item = &set->items[set->sockets];
    entry->ready = 0;
    if (entry->fd < 0) continue;
    *item = (bk_afd_item){.fd = entry->fd, .events = entry->events};
    if (bk_look_up(entry->fd, &item->entry) == 0) {
      set->places[set->sockets++] = i;
      continue;
    }
    entry->ready = other_events(entry->fd, entry->events);
    set->others += entry->ready != 0;
    set->waiting += entry->ready == 0;
  }
}

static int poll_sockets(poll_set *set, double milliseconds) {
  if (set->sockets == 0) return set->others > 0 ? 0 : sleep_for(milliseconds);
  int result = bk_afd_poll(set->items, set->sockets, set->others > 0 ? 0 : milliseconds);
  for (size_t i = 0; result > 0 && i < set->sockets; i++) set->entries[set->places[i]].ready = set->items[i].ready;
  return result;
}

static int poll_until(poll_set *set, double milliseconds) {
  double deadline = deadline_of(milliseconds);
  for (;;) {
    sort_entries(set);
    double left = deadline - bk_now();
    if (left < 0) left = 0;
    double limit = set->waiting > 0 && left > PAUSE ? PAUSE : left;
    int ready = poll_sockets(set, limit == HUGE_VAL ? -1 : limit);
    if (ready < 0 || ready + set->others > 0 || limit == left) return ready < 0 ? ready : ready + set->others;
  }
}

int bk_poll(bk_poll_entry *entries, size_t count, double milliseconds) {
  size_t memory = count == 0 ? 1 : count;
  poll_set set = {.entries = entries, .count = count};
  set.items = calloc(memory + 1, sizeof *set.items);
  set.places = calloc(memory, sizeof *set.places);
  int result = set.items == NULL || set.places == NULL ? -ENOMEM : poll_until(&set, milliseconds);
  free(set.items);
  free(set.places);
  return result;
}
