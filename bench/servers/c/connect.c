/* Opens the requested number of connections, one after the other, and closes them. */
#include "serve.h"

typedef struct {
  int32_t count, port;
} order;

static void visit(int port) {
  struct sockaddr_in to = {
      .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
  check(connect(fd, (struct sockaddr *)&to, sizeof to), "connect");
  close(fd);
}

int main(void) {
  int fd = open_internet(SOCK_DGRAM);
  announce_port(fd);
  for (;;) {
    order order;
    check((int)recv(fd, &order, sizeof order, 0), "recv");
    for (int i = 0; i < order.count; i++) visit(order.port);
  }
}
