/* Connections that stay open and idle until standard input ends. */
#include <stdio.h>
#include <unistd.h>

#include "client.h"

/* Numbers: size of the one message that each has exchanged, connections */
int hold(const run *run) {
  open_connections(run, run->numbers[1], run->numbers[0]);
  puts("open");
  fflush(stdout);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) continue;
  return 0;
}
