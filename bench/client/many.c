/* Many connections, a limited number of which have a message in flight at a time. They take turns. */
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "client.h"

enum { EVENTS = 64, PATIENCE = 5000 };

/* The connections that wait for their turn, in order. */
typedef struct {
  int *places;
  int count, head, tail;
} queue;

static void put(queue *queue, int place) {
  queue->places[queue->tail] = place;
  queue->tail = (queue->tail + 1) % queue->count;
}

static int take(queue *queue) {
  int place = queue->places[queue->head];
  queue->head = (queue->head + 1) % queue->count;
  return place;
}

static int watch(const int *fds, int count) {
  int epoll = check(epoll_create1(0), "epoll_create1");
  for (int i = 0; i < count; i++) {
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
    check(epoll_ctl(epoll, EPOLL_CTL_ADD, fds[i], &event), "epoll_ctl");
  }
  return epoll;
}

/* The state of an exchange. */
typedef struct {
  const traffic *traffic;
  queue idle;     /* the connections without a message in flight */
  int *missing;   /* per connection, the bytes of the reply that have not arrived */
  int64_t *sent;  /* per connection, the time of its last request */
} state;

static void *allocate(int count, size_t size) {
  void *memory = calloc((size_t)count, size);
  if (memory == NULL) die("calloc");
  return memory;
}

static void send_request(state *state, int place, int64_t time) {
  const traffic *traffic = state->traffic;
  state->missing[place] = traffic->reply_size;
  state->sent[place] = time;
  send_whole(traffic->fds[place], traffic->request, traffic->request_size);
}

static state start(const traffic *traffic) {
  int count = traffic->count;
  state state = {.traffic = traffic,
                 .idle = {.places = allocate(count, sizeof(int)), .count = count},
                 .missing = allocate(count, sizeof(int)),
                 .sent = allocate(count, sizeof(int64_t))};
  int64_t time = now();
  for (int i = 0; i < traffic->under_way; i++) send_request(&state, i, time);
  for (int i = traffic->under_way; i < count; i++) put(&state.idle, i);
  return state;
}

/* Receives a part of a reply. Returns whether it is complete. */
static bool receive_reply(state *state, int place) {
  static char received[MESSAGE_MAX];
  ssize_t got = recv(state->traffic->fds[place], received, (size_t)state->missing[place], 0);
  if (got <= 0) die("recv");
  return (state->missing[place] -= (int)got) == 0;
}

/* Exchanges requests and replies over `fds`, `under_way` at a time. */
int exchange(const run *run, const traffic *traffic) {
  int epoll = watch(traffic->fds, traffic->count);
  state state = start(traffic);
  meter meter = meter_start(run);
  for (;;) {
    struct epoll_event events[EVENTS];
    int ready = check(epoll_wait(epoll, events, EVENTS, PATIENCE), "epoll_wait");
    if (ready == 0) die("no answer");
    for (int i = 0; i < ready; i++) {
      int place = (int)events[i].data.u32;
      if (!receive_reply(&state, place)) continue;
      int64_t time = now();
      latency_add(time - state.sent[place]);
      put(&state.idle, place);
      send_request(&state, take(&state.idle), time);
      if (!meter_add(&meter, 1)) return 0;
    }
  }
}

/* Numbers: size, connections, messages under way */
int many(const run *run) {
  int size = run->numbers[0], count = run->numbers[1];
  traffic traffic = {.fds = open_connections(run, count, size),
                     .count = count,
                     .under_way = run->numbers[2],
                     .request = message,
                     .request_size = size,
                     .reply_size = size};
  return exchange(run, &traffic);
}
