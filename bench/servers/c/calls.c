/* Sends and receives 64 bytes within one process, and prints the time of a pair of calls. */
#include <time.h>

#include "serve.h"

enum { CALLS = 200000 };

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

int main(void) {
  int fds[2];
  char data[64] = {0};
  check(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), "socketpair");
  int64_t start = now();
  for (int i = 0; i < CALLS; i++) {
    check((int)send(fds[0], data, sizeof data, 0), "send");
    check((int)recv(fds[1], data, sizeof data, 0), "recv");
  }
  printf("{\"nanoseconds\":%.1f}\n", (double)(now() - start) / CALLS);
  return 0;
}
