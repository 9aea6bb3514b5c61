/* Datagrams that pass the kernel many at a time: sent by UDP_SEGMENT, and received by UDP_GRO, so that the
 * client's cost is negligible. */
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include "client.h"

enum { SEGMENTS = 64, IN_ONE = 65507 };

/* The request to the servers of `demand`: the number of datagrams, and their size. */
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
  let_others_finish(run->pid);
  meter meter = meter_start(run);
  do {
    drop_late(&meter, fd);
    send_segments(fd, count - 1, size);
    await_answer(&meter, fd, size);
  } while (meter_add(&meter, count));
  return 0;
}

/* Makes the server send as many datagrams as fit into the receive buffer. Numbers: size, datagrams in an
 * order */
int demand(const run *run) {
  int fd = connect_udp(run), on = 1, arrived;
  order order = {.size = run->numbers[0], .count = run->numbers[1]};
  check(setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on), "setsockopt");
  let_others_finish(0);
  meter meter = meter_start(run);
  do {
    drop_late(&meter, fd);
    send_whole(fd, &order, sizeof order);
    arrived = await_datagrams(&meter, fd, order.count, order.size);
  } while (meter_add(&meter, arrived));
  return 0;
}
