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

/* Exchanges requests and replies over `fds`, `under_way` at a time. */
int exchange(const run *run, const traffic *traffic) {
  int count = traffic->count, *fds = traffic->fds, epoll = watch(fds, count);
  queue idle = {.places = calloc((size_t)count, sizeof *idle.places), .count = count};
  int *missing = calloc((size_t)count, sizeof *missing);
  int64_t *sent = calloc((size_t)count, sizeof *sent);
  if (idle.places == NULL || missing == NULL || sent == NULL) die("calloc");
  for (int i = 0; i < count; i++) missing[i] = traffic->reply_size;
  int64_t start = now();
  for (int i = 0; i < traffic->under_way; i++) {
    sent[i] = start;
    send_whole(fds[i], traffic->request, traffic->request_size);
  }
  for (int i = traffic->under_way; i < count; i++) put(&idle, i);

  static char received[MESSAGE_MAX];
  meter meter = meter_start(run);
  for (;;) {
    struct epoll_event events[EVENTS];
    int ready = check(epoll_wait(epoll, events, EVENTS, PATIENCE), "epoll_wait");
    if (ready == 0) die("no answer");
    for (int i = 0; i < ready; i++) {
      int place = (int)events[i].data.u32;
      ssize_t got = recv(fds[place], received, (size_t)missing[place], 0);
      if (got <= 0) die("recv");
      if ((missing[place] -= (int)got) > 0) continue;
      missing[place] = traffic->reply_size;
      put(&idle, place);
      int64_t time = now();
      latency_add(time - sent[place]);
      place = take(&idle);
      sent[place] = time;
      send_whole(fds[place], traffic->request, traffic->request_size);
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
