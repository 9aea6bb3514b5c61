/* The client that drives every server. This header has what its modes (one per file) share.
 *
 *   usage: client <mode> <where> <pid> <warm seconds> <seconds> [numbers of the mode's own]
 *
 * `where` is the server's port or path, `pid` its process. It prints one line of JSON: nanoseconds per
 * message (elapsed, of the server's processor time, and of the client's), and the number of lost answers. */
#ifndef BENCH_CLIENT_H
#define BENCH_CLIENT_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { NUMBERS_MAX = 4, MESSAGE_MAX = 1 << 18 };

typedef struct {
  const char *where;
  int pid;
  double warm, seconds;
  int numbers[NUMBERS_MAX];
} run;

/* Counts messages, first for the warm-up, then for the measurement. */
typedef struct {
  const run *run;
  int64_t started, end, server, client, messages;
  /* Answers that did not arrive, warm-up included. */
  int64_t lost;
  bool warm;
} meter;

static inline int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

meter meter_start(const run *run);
bool meter_turn(meter *meter);

/* Adds messages that the server has handled. Returns false when the time has run out and the result is
 * printed. */
static inline bool meter_add(meter *meter, int64_t messages) {
  meter->messages += messages;
  return now() < meter->end || meter_turn(meter);
}

/* sockets.c: a failure ends the program with a message. */
_Noreturn void die(const char *what);
int check(int result, const char *what);
int connect_tcp(const run *run);
int connect_udp(const run *run);
int connect_unix(const run *run, const char *own_path);
void send_whole(int fd, const void *data, int size);
void receive_into(int fd, void *into, int size);
/* Receives and discards bytes. */
void receive_whole(int fd, int size);
/* Waits until the server has closed its end, and closes ours without leaving a port in TIME_WAIT. */
void finish_tcp(int fd);
/* Opens `count` connections, each of which the server has answered once when this returns. */
int *open_connections(const run *run, int count, int size);

/* many.c: requests of one size and replies of one size, over connections. */
typedef struct {
  int *fds, count, under_way;
  const char *request;
  int request_size, reply_size;
} traffic;

int exchange(const run *run, const traffic *traffic);

/* answers.c */
void drop_late(const meter *meter, int fd);
void await_answer(meter *meter, int fd, int size);
int await_datagrams(meter *meter, int fd, int count, int size);

/* latency.c */
void latency_reset(void);
void latency_add(int64_t nanoseconds);
bool latency_percentiles(int64_t *p50, int64_t *p99);

/* scheduling.c */
void let_others_finish(int pid);

extern char message[MESSAGE_MAX];

int ping_pong(const run *run);
int unix_ping_pong(const run *run);
int many(const run *run);
int burst(const run *run);
int gso_burst(const run *run);
int demand(const run *run);
int flood(const run *run);
int churn(const run *run);
int hold(const run *run);
int http(const run *run);
int drain(const run *run);
int visits(const run *run);
int descriptors(const run *run);
int storm(const run *run);

#endif
