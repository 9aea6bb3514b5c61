/* The poller on Windows.
 *
 * An AFD request is one-shot and level-triggered: it completes once, and immediately if the event holds already. The poller
 * turns that into edges, as mio does. The field `armed` of a watch has the AFD events that will be reported, and requests
 * for them are in flight. A reported event is removed from `armed` until a call would have to wait (bk_afd_arm) or the
 * watch is modified.
 *
 * Each watch has one request for data, one for space to send, and one for the end and errors. With a single request, asking
 * for one event again would mean to cancel the request for the others, as wepoll has to.
 *
 * For level-triggered watches the completion of a request only means that the poller has to look: bk_poller_collect polls
 * all of them with one AFD request.
 *
 * One thread per process takes the completions of all pollers. A poller's descriptor is the handle of an event object,
 * which is set while the poller has something to collect. */
#include "afd.h"
#include "afd_poller.h"

#include <stdlib.h>

enum { DATA, SPACE, REST, REQUESTS };

static const ULONG masks[REQUESTS] = {
    [DATA] = AFD_RECEIVE | AFD_ACCEPT,
    [SPACE] = AFD_SEND,
    [REST] = AFD_RECEIVE_EXPEDITED | AFD_DISCONNECT | AFD_ABORT | AFD_CONNECT_FAIL,
};

typedef struct {
  bk_watch *watch;
  IO_STATUS_BLOCK status;
  afd_poll_info info;
  ULONG asked; /* the events that it was issued for, while it is in flight */
  int is_in_flight;
} request;

struct bk_watch {
  bk_poller *poller; /* NULL once it is removed */
  bk_poller *inner;  /* a poller that is watched; else NULL */
  int fd, events, is_edge;
  int32_t id;
  ULONG armed;
  int ready; /* events that were not collected yet; if there are any, the watch is in the poller's queue */
  request requests[REQUESTS];
  bk_watch *next, *previous; /* in its poller */
  bk_watch *next_of_entry;
  bk_watch *next_ready;
};

struct bk_poller {
  HANDLE event;
  bk_watch *first, *last;
  bk_watch *ready, **ready_end; /* a queue of the watches that have events */
  int levels;                   /* how many watches are level-triggered */
  bk_watch *parents; /* the watches of other pollers on this one, by next_of_entry */
  void (*notify)(void *context);
  void *context;
  int is_armed;
};

static void start_requests(bk_watch *watch);

/* ---- the caller of these functions holds bk_lock ---- */

static bk_poller *poller_of(int fd) {
  const bk_entry *entry = bk_find(fd);
  return entry == NULL || entry->kind != BK_POLLER ? NULL : entry->poller;
}

/* The list of watches on a descriptor. */
static bk_watch **watches_on(bk_entry *entry) {
  return entry->poller == NULL ? &entry->watches : &entry->poller->parents;
}

static bk_watch *watch_of(const bk_poller *poller, int fd) {
  bk_entry *entry = bk_find(fd);
  if (entry == NULL || poller == NULL) return NULL;
  bk_watch *each = *watches_on(entry);
  while (each != NULL && each->poller != poller) each = each->next_of_entry;
  return each;
}

static void report(bk_watch *watch, int events);

/* Called when the poller has something to collect. */
static void signal_poller(bk_poller *poller) {
  SetEvent(poller->event);
  for (bk_watch *parent = poller->parents; parent != NULL; parent = parent->next_of_entry) report(parent, BK_POLLIN);
  if (!poller->is_armed || poller->notify == NULL) return;
  poller->is_armed = 0;
  poller->notify(poller->context);
}

static void report(bk_watch *watch, int events) {
  bk_poller *poller = watch->poller;
  int wanted = watch->is_edge ? events & (watch->events | BK_POLLERR | BK_POLLHUP) : 0;
  if (watch->is_edge && wanted == 0) return;
  if (wanted != 0 && watch->ready == 0) {
    watch->next_ready = NULL;
    *poller->ready_end = watch;
    poller->ready_end = &watch->next_ready;
  }
  watch->ready |= wanted;
  signal_poller(poller);
}

static void unlink_ready(bk_watch *watch) {
  bk_poller *poller = watch->poller;
  bk_watch **link = &poller->ready;
  if (watch->ready == 0) return;
  while (*link != watch) link = &(*link)->next_ready;
  *link = watch->next_ready;
  if (*link == NULL) poller->ready_end = link;
  watch->ready = 0;
}

static void free_if_unused(bk_watch *watch) {
  if (watch->poller != NULL) return;
  for (int i = 0; i < REQUESTS; i++)
    if (watch->requests[i].is_in_flight) return;
  free(watch);
}

static void unlink_of_entry(const bk_watch *watch) {
  bk_entry *entry = bk_find(watch->fd);
  bk_watch **link = watch->inner != NULL ? &watch->inner->parents : &entry->watches;
  while (*link != watch) link = &(*link)->next_of_entry;
  *link = watch->next_of_entry;
}

static void unlink_in_poller(const bk_watch *watch) {
  bk_poller *poller = watch->poller;
  *(watch->previous == NULL ? &poller->first : &watch->previous->next) = watch->next;
  *(watch->next == NULL ? &poller->last : &watch->next->previous) = watch->previous;
}

static void append(bk_poller *poller, bk_watch *watch) {
  watch->next = NULL;
  watch->previous = poller->last;
  *(poller->last == NULL ? &poller->first : &poller->last->next) = watch;
  poller->last = watch;
}

static void remove_watch(bk_watch *watch) {
  unlink_ready(watch);
  unlink_in_poller(watch);
  unlink_of_entry(watch);
  watch->poller->levels -= !watch->is_edge;
  watch->poller = NULL;
  for (int i = 0; i < REQUESTS; i++)
    if (watch->requests[i].is_in_flight) bk_afd_cancel(&watch->requests[i].status);
  free_if_unused(watch);
}

void bk_afd_drop(bk_entry *entry) {
  while (*watches_on(entry) != NULL) remove_watch(*watches_on(entry));
}

static int start_request(bk_watch *watch, int index, SOCKET socket) {
  request *request = &watch->requests[index];
  ULONG events = watch->armed & masks[index];
  /* A request that was issued after an event was reported does not ask for it. bk_poller_modify arms it again: complete()
   * then issues another request. */
  if (request->is_in_flight && (events & ~request->asked) != 0) bk_afd_cancel(&request->status);
  if (request->is_in_flight || events == 0) return 0;
  request->watch = watch;
  request->info = (afd_poll_info){.timeout.QuadPart = INT64_MAX, .count = 1};
  request->info.handles[0] = (afd_handle){.handle = (HANDLE)socket, .events = events | AFD_LOCAL_CLOSE};
  request->asked = events;
  request->is_in_flight = 1;
  int result = bk_afd_start(&request->status, &request->info, request);
  if (result < 0) request->is_in_flight = 0;
  return result;
}

/* Issues requests for the armed events, except where one is in flight. */
static int try_start_requests(bk_watch *watch) {
  const bk_entry *entry = bk_find(watch->fd);
  int result = 0;
  if (watch->inner != NULL || entry == NULL) return 0;
  for (int i = 0; i < REQUESTS && result == 0; i++) result = start_request(watch, i, entry->socket);
  return result;
}

/* If AFD refuses a socket, other code has closed it. */
static void start_requests(bk_watch *watch) {
  if (try_start_requests(watch) < 0) report(watch, BK_POLLERR | BK_POLLHUP);
}

/* Called when a request has completed, was cancelled, or has failed. Until then the driver can write to it, so the watch is
 * freed only after the last of its requests. */
static void complete(request *request) {
  bk_watch *watch = request->watch;
  request->is_in_flight = 0;
  if (watch->poller == NULL) {
    free_if_unused(watch);
    return;
  }
  ULONG events = request->status.Status == 0 && request->info.count > 0 ? request->info.handles[0].events : 0;
  const bk_entry *entry = bk_find(watch->fd);
  if (entry == NULL || events & AFD_LOCAL_CLOSE) return;
  watch->armed &= ~events;
  for (int i = 0; i < REST; i++)
    if (events & masks[i]) watch->armed &= ~masks[i]; /* a request for the rest of the mask would block the next one */
  if (events != 0) report(watch, bk_afd_events(events, entry));
  if (watch->is_edge || events == 0) start_requests(watch);
}

static DWORD WINAPI take_completions(void *data) {
  (void)data;
  for (;;) {
    request *completed = bk_afd_completion();
    AcquireSRWLockExclusive(&bk_lock);
    complete(completed);
    ReleaseSRWLockExclusive(&bk_lock);
  }
  return 0;
}

/* The thread runs until the process ends, so the addon is pinned in memory: Node.js unloads it when the last worker that
 * has loaded it ends. */
static BOOL CALLBACK start_thread(PINIT_ONCE once, PVOID result, PVOID *context) {
  (void)once, (void)context;
  HMODULE pinned;
  DWORD flags = GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS;
  *(int *)result = bk_afd_open();
  if (*(int *)result < 0) return FALSE;
  GetModuleHandleExW(flags, (LPCWSTR)(void *)take_completions, &pinned);
  HANDLE thread = CreateThread(NULL, 0, take_completions, NULL, 0, NULL);
  if (thread == NULL) *(int *)result = -ENOMEM;
  if (thread != NULL) CloseHandle(thread);
  return thread != NULL;
}

/* ---- the interface; except for bk_afd_drop and bk_afd_report, the caller must not hold bk_lock ---- */

int bk_poller_open(void) {
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
  int result = 0;
  if (!InitOnceExecuteOnce(&once, start_thread, &result, NULL)) return result;
  bk_poller *poller = calloc(1, sizeof *poller);
  if (poller == NULL) return -ENOMEM;
  poller->ready_end = &poller->ready;
  poller->event = CreateEventW(NULL, TRUE, FALSE, NULL);
  int fd = bk_fd_of((uintptr_t)poller->event);
  result = poller->event == NULL ? bk_last_errno() : fd;
  if (result > 0) result = bk_add(fd, &(bk_entry){.kind = BK_POLLER, .poller = poller});
  if (result == 0) return fd;
  if (poller->event != NULL) CloseHandle(poller->event);
  free(poller);
  return result;
}

void bk_poller_close(bk_poller *poller) {
  AcquireSRWLockExclusive(&bk_lock);
  while (poller->first != NULL) remove_watch(poller->first);
  ReleaseSRWLockExclusive(&bk_lock);
  free(poller);
}

static int has_events(bk_poller *poller);

/* Sets the id and the events of a watch, and arms all of them: events that hold already are reported again. */
static int set_watch(bk_watch *watch, int32_t id, int events) {
  const bk_entry *entry = bk_find(watch->fd);
  bk_poller *poller = watch->poller;
  unlink_ready(watch);
  poller->levels -= !watch->is_edge;
  watch->id = id;
  watch->events = events & ~BK_EDGE;
  watch->is_edge = (events & BK_EDGE) != 0;
  poller->levels += !watch->is_edge;
  watch->armed = bk_afd_mask(events, entry) & ~(ULONG)AFD_LOCAL_CLOSE;
  if (watch->inner != NULL && has_events(watch->inner)) report(watch, BK_POLLIN);
  if (entry->is_receive_shut) report(watch, bk_afd_events(0, entry));
  return try_start_requests(watch);
}

/* Whether a poller is another one, or contains it. */
static int contains(const bk_poller *outer, const bk_poller *searched) {
  if (outer == searched) return 1;
  for (const bk_watch *each = outer->first; each != NULL; each = each->next)
    if (each->inner != NULL && contains(each->inner, searched)) return 1;
  return 0;
}

static int add_watch(bk_poller *poller, int fd, int32_t id, int events) {
  bk_entry *entry = bk_find(fd);
  if (poller == NULL || entry == NULL) return -EBADF;
  if (watch_of(poller, fd) != NULL) return -EEXIST;
  if (entry->kind == BK_FILE) return -EPERM;
  if (entry->poller != NULL && contains(entry->poller, poller)) return entry->poller == poller ? -EINVAL : -ELOOP;
  bk_watch *watch = calloc(1, sizeof *watch);
  if (watch == NULL) return -ENOMEM;
  *watch = (bk_watch){.fd = fd, .poller = poller, .inner = entry->poller, .is_edge = 1};
  append(poller, watch);
  watch->next_of_entry = *watches_on(entry);
  *watches_on(entry) = watch;
  int result = set_watch(watch, id, events);
  if (result < 0) remove_watch(watch);
  return result;
}

int bk_poller_add(int poller, int fd, int32_t id, int events) {
  bk_entry entry;
  int result = bk_is(fd, BK_POLLER) || bk_is(fd, BK_FILE) ? 0 : bk_look_up(fd, &entry);
  if (result == -ENOTSOCK || (result == -EBADF && bk_file_handle(fd) != NULL)) return -EPERM; /* files: epoll_ctl(2) */
  if (result < 0) return result;
  AcquireSRWLockExclusive(&bk_lock);
  result = add_watch(poller_of(poller), fd, id, events);
  ReleaseSRWLockExclusive(&bk_lock);
  return result;
}

int bk_poller_modify(int poller, int fd, int32_t id, int events) {
  AcquireSRWLockExclusive(&bk_lock);
  bk_watch *watch = watch_of(poller_of(poller), fd);
  int result = watch == NULL ? -ENOENT : set_watch(watch, id, events);
  ReleaseSRWLockExclusive(&bk_lock);
  return result;
}

int bk_poller_remove(int poller, int fd) {
  AcquireSRWLockExclusive(&bk_lock);
  bk_watch *watch = watch_of(poller_of(poller), fd);
  if (watch != NULL) remove_watch(watch);
  ReleaseSRWLockExclusive(&bk_lock);
  return watch == NULL ? -ENOENT : 0;
}

/* The level-triggered watches of a poller, and what one poll of them has found. */
typedef struct survey {
  size_t count;
  bk_watch **watches;
  bk_afd_item *items;
} survey;

static void end_survey(survey *survey) {
  free(survey->watches);
  free(survey->items);
}

/* Polls all level-triggered watches with one request. 0 or -errno. The caller calls end_survey in both cases. */
static int take_survey(const bk_poller *poller, survey *survey) {
  *survey = (struct survey){0};
  if (poller->levels == 0) return 0;
  survey->watches = calloc((size_t)poller->levels, sizeof *survey->watches);
  survey->items = calloc((size_t)poller->levels, sizeof *survey->items);
  if (survey->watches == NULL || survey->items == NULL) return -ENOMEM;
  size_t sockets = 0;
  for (bk_watch *each = poller->first; each != NULL; each = each->next) {
    if (each->is_edge || each->inner != NULL) continue;
    survey->watches[sockets] = each;
    survey->items[sockets++] = (bk_afd_item){.events = each->events, .entry = *bk_find(each->fd)};
  }
  survey->count = sockets;
  for (bk_watch *each = poller->first; each != NULL; each = each->next) {
    if (each->is_edge || each->inner == NULL) continue;
    survey->watches[survey->count] = each;
    survey->items[survey->count++].ready = has_events(each->inner) ? each->events & BK_POLLIN : 0;
  }
  int result = sockets == 0 ? 0 : bk_afd_poll(survey->items, sockets, 0);
  return result < 0 ? result : 0;
}

/* Issues requests for a watch that is not ready, so that its next event signals the poller. */
static void ask_again(bk_watch *watch) {
  watch->armed = bk_afd_mask(watch->events, bk_find(watch->fd)) & ~(ULONG)AFD_LOCAL_CLOSE;
  start_requests(watch);
}

static int has_events(bk_poller *poller) {
  survey looked;
  if (poller->ready != NULL) return 1;
  int found = 0, result = take_survey(poller, &looked);
  for (size_t i = 0; result == 0 && i < looked.count; i++) {
    found |= looked.items[i].ready != 0;
    if (looked.items[i].ready == 0) ask_again(looked.watches[i]);
  }
  end_survey(&looked);
  return found;
}

static int collect_edges(bk_poller *poller, bk_event *events, int most) {
  int count = 0;
  for (; poller->ready != NULL && count < most; count++) {
    bk_watch *watch = poller->ready;
    events[count] = (bk_event){.id = watch->id, .events = watch->ready};
    unlink_ready(watch);
  }
  return count;
}

/* A reported watch goes to the end of the list, so that the others are reported next if not all fit. */
static int collect_levels(bk_poller *poller, bk_event *events, int most) {
  survey looked;
  int count = 0, result = take_survey(poller, &looked);
  for (size_t i = 0; result == 0 && i < looked.count; i++) {
    bk_watch *watch = looked.watches[i];
    if (looked.items[i].ready == 0) ask_again(watch);
    if (looked.items[i].ready == 0 || count == most) continue;
    events[count++] = (bk_event){.id = watch->id, .events = looked.items[i].ready};
    unlink_in_poller(watch);
    append(poller, watch);
  }
  end_survey(&looked);
  return result < 0 ? result : count;
}

int bk_poller_collect(int fd, bk_event *events, int most) {
  AcquireSRWLockExclusive(&bk_lock);
  bk_poller *poller = poller_of(fd);
  int count = poller == NULL ? -EBADF : 0, more = 0;
  if (poller != NULL) {
    ResetEvent(poller->event);
    count = collect_edges(poller, events, most);
    more = count < most ? collect_levels(poller, events + count, most - count) : 0;
    if (poller->ready != NULL || more > 0) SetEvent(poller->event);
  }
  ReleaseSRWLockExclusive(&bk_lock);
  return more < 0 && count <= 0 ? more : count + (more > 0 ? more : 0);
}

static int check_for_events(int fd) {
  AcquireSRWLockExclusive(&bk_lock);
  bk_poller *poller = poller_of(fd);
  int found = poller == NULL ? -EBADF : 0;
  if (poller != NULL) {
    ResetEvent(poller->event);
    found = has_events(poller);
  }
  ReleaseSRWLockExclusive(&bk_lock);
  return found;
}

int bk_poller_wait(int fd, double milliseconds) {
  double deadline = bk_now() + milliseconds;
  for (;;) {
    int found = check_for_events(fd);
    double left = milliseconds < 0 ? 0 : deadline - bk_now();
    if (found != 0) return found < 0 ? found : BK_POLLIN;
    if (milliseconds == 0 || left < 0) return 0;
    DWORD limit = bk_whole_milliseconds(milliseconds < 0 ? -1 : left);
    if (WaitForSingleObject(bk_handle_of(fd), limit) == WAIT_TIMEOUT) return 0;
  }
}

void bk_afd_arm(int fd, int event) {
  AcquireSRWLockExclusive(&bk_lock);
  const bk_entry *entry = bk_find(fd);
  ULONG events = event == BK_POLLOUT ? masks[SPACE] : masks[DATA];
  for (bk_watch *each = entry == NULL ? NULL : entry->watches; each != NULL; each = each->next_of_entry) {
    if (!each->is_edge) continue;
    each->armed |= events & bk_afd_mask(each->events, entry);
    start_requests(each);
  }
  ReleaseSRWLockExclusive(&bk_lock);
}

void bk_afd_report(const bk_entry *entry, int events) {
  for (bk_watch *each = entry->watches; each != NULL; each = each->next_of_entry) report(each, events);
}

void bk_poller_notify(int fd, void (*notify)(void *context), void *context) {
  AcquireSRWLockExclusive(&bk_lock);
  bk_poller *poller = poller_of(fd);
  if (poller != NULL) {
    poller->notify = notify;
    poller->context = context;
  }
  ReleaseSRWLockExclusive(&bk_lock);
}

void bk_poller_arm(int fd) {
  AcquireSRWLockExclusive(&bk_lock);
  bk_poller *poller = poller_of(fd);
  if (poller != NULL) {
    poller->is_armed = 1;
    if (poller->ready != NULL) signal_poller(poller);
  }
  ReleaseSRWLockExclusive(&bk_lock);
}
