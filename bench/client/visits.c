/* Connections that the server opens to this client, one after the other, and closes. */
#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"

/* The request to the servers: the number of connections, and the port. */
typedef struct {
  int32_t count, port;
} order;

static int listen_internet(int *port, int backlog) {
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof own;
  int fd = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
  check(bind(fd, (struct sockaddr *)&own, sizeof own), "bind");
  check(listen(fd, backlog), "listen");
  check(getsockname(fd, (struct sockaddr *)&own, &length), "getsockname");
  *port = ntohs(own.sin_port);
  const struct timeval patience = {.tv_sec = 5};
  check(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), "setsockopt");
  return fd;
}

/* Numbers: connections in an order */
int visits(const run *run) {
  order order = {.count = run->numbers[0]};
  int fd = connect_udp(run), listener = listen_internet(&order.port, order.count);
  meter meter = meter_start(run);
  do {
    send_whole(fd, &order, sizeof order);
    for (int i = 0; i < order.count; i++) finish_tcp(check(accept(listener, NULL, NULL), "accept"));
  } while (meter_add(&meter, order.count));
  return 0;
}
