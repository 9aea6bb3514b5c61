/* Datagrams in bursts that fit into the server's receive buffer. The server answers the last one of each, which begins
 * with '!'. */
#include <sys/socket.h>

#include "client.h"

enum { BATCH = 64 };

static void send_burst(int fd, int count, int size) {
  struct iovec plain = {.iov_base = message, .iov_len = (size_t)size};
  struct mmsghdr batch[BATCH] = {0};
  for (int i = 0; i < BATCH; i++) batch[i].msg_hdr = (struct msghdr){.msg_iov = &plain, .msg_iovlen = 1};
  for (int left = count - 1; left > 0;)
    left -= check(sendmmsg(fd, batch, (unsigned)(left < BATCH ? left : BATCH), 0), "sendmmsg");
}

/* Datagrams without a pause. Those that do not fit into the server's receive buffer are dropped. Numbers: size */
int storm(const run *run) {
  int fd = connect_udp(run), size = run->numbers[0];
  meter meter = meter_start(run);
  do send_burst(fd, BATCH + 1, size);
  while (meter_add(&meter, BATCH));
  return 0;
}

/* Numbers: size, datagrams in a burst, whether the server should find them all at once */
int burst(const run *run) {
  int fd = connect_udp(run), size = run->numbers[0], count = run->numbers[1];
  if (run->numbers[2]) let_others_finish(run->pid);
  meter meter = meter_start(run);
  do {
    drop_late(&meter, fd);
    send_burst(fd, count, size);
    await_answer(&meter, fd, size);
  } while (meter_add(&meter, count));
  return 0;
}
