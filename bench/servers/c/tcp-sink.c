/* Reads a stream to its end and discards it. */
#include "serve.h"

int main(void) {
  static char buffer[1 << 18];
  int server = serve_tcp(0);
  for (;;) {
    int fd = check(accept(server, NULL, NULL), "accept");
    while (recv(fd, buffer, sizeof buffer, 0) > 0) continue;
    close(fd);
  }
}
