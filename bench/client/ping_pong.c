/* Sends one message, receives it back, and repeats. */
#include <stdio.h>
#include <unistd.h>

#include "client.h"

static void play(const run *run, int fd, int size) {
  meter meter = meter_start(run);
  do {
    int64_t sent = now();
    send_whole(fd, message, size);
    receive_whole(fd, size);
    latency_add(now() - sent);
  } while (meter_add(&meter, 1));
}

/* Numbers: size */
int ping_pong(const run *run) {
  play(run, connect_tcp(run), run->numbers[0]);
  return 0;
}

/* Numbers: size */
int unix_ping_pong(const run *run) {
  char own[100];
  snprintf(own, sizeof own, "%s.%d", run->where, getpid());
  play(run, connect_unix(run, own), run->numbers[0]);
  unlink(own);
  return 0;
}
