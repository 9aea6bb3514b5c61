/* Connections that the server accepts and closes, a few at a time. */
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"

/* Waits until the server has closed its end. Ours is then reset, since thousands of ports would else stay in
 * TIME_WAIT and FIN_WAIT2. */
static void finish(int fd) {
  char byte;
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  if (recv(fd, &byte, 1, 0) != 0) die("the server did not close the connection");
  check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "setsockopt");
  close(fd);
}

/* Numbers: connections at a time */
int churn(const run *run) {
  int count = run->numbers[0];
  int *fds = calloc((size_t)count, sizeof *fds);
  if (fds == NULL) die("calloc");
  for (int i = 0; i < count; i++) fds[i] = connect_tcp(run);
  int place = 0;
  meter meter = meter_start(run);
  do {
    finish(fds[place]);
    fds[place] = connect_tcp(run);
    place = (place + 1) % count;
  } while (meter_add(&meter, 1));
  for (int i = 0; i < count; i++) finish(fds[(place + i) % count]);
  return 0;
}
