/* Datagrams that cross the kernel many at a time: sent by UDP_SEGMENT, and received by UDP_GRO, so that the client's
 * part is next to nothing. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "client.h"

enum { SEGMENTS = 64, IN_ONE = 65507 };

/* What the servers of `demand` are asked: how many datagrams of which size. */
typedef struct {
  int32_t count, size;
} order;

static int least(int a, int b) { return a < b ? a : b; }

static void send_segments(int fd, int count, int size) {
  int most = least(SEGMENTS, IN_ONE / size);
  check(setsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &size, sizeof size), "setsockopt");
  for (int left = count; left > 0; left -= most) {
    size_t length = (size_t)least(left, most) * (size_t)size;
    check((int)send(fd, message, length, 0), "send");
  }
}

/* The same as `burst`, by UDP_SEGMENT. Numbers: size, datagrams in a burst */
int gso_burst(const run *run) {
  int fd = connect_udp(run), size = run->numbers[0], count = run->numbers[1];
  static char last[MESSAGE_MAX] = {'!'}, answer[16];
  let_others_finish(run->pid);
  meter meter = meter_start(run);
  do {
    send_segments(fd, count - 1, size);
    do send_whole(fd, last, size);
    while (recv(fd, answer, sizeof answer, 0) < 0 && errno == EAGAIN);
  } while (meter_add(&meter, count));
  return 0;
}

/* Has the server send datagrams, as many as fit into the receive buffer, so that none is lost.
 * Numbers: size, datagrams in an order */
int demand(const run *run) {
  int fd = connect_udp(run), on = 1;
  order order = {.size = run->numbers[0], .count = run->numbers[1]};
  static char into[65536];
  check(setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on), "setsockopt");
  let_others_finish(0);
  meter meter = meter_start(run);
  do {
    send_whole(fd, &order, sizeof order);
    for (int left = order.count * order.size; left > 0;) left -= check((int)recv(fd, into, sizeof into, 0), "recv");
  } while (meter_add(&meter, order.count));
  return 0;
}
