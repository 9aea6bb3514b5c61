/* Connections that the server accepts and closes, a few at a time. */
#include <stdlib.h>

#include "client.h"

/* Numbers: connections at a time */
int churn(const run *run) {
  int count = run->numbers[0];
  int *fds = calloc((size_t)count, sizeof *fds);
  if (fds == NULL) die("calloc");
  for (int i = 0; i < count; i++) fds[i] = connect_tcp(run);
  int place = 0;
  meter meter = meter_start(run);
  do {
    finish_tcp(fds[place]);
    fds[place] = connect_tcp(run);
    place = (place + 1) % count;
  } while (meter_add(&meter, 1));
  for (int i = 0; i < count; i++) finish_tcp(fds[(place + i) % count]);
  return 0;
}
