/* Answers to datagrams. A datagram can be lost, so each wait has a deadline, and each loss is counted. */
#include <errno.h>
#include <sys/socket.h>

#include "client.h"

/* The number of consecutive unanswered questions after which the server counts as hung. Each takes
 * DATAGRAM_PATIENCE. */
enum { TRIES = 8 };

/* After a loss, the answer to an earlier question might still arrive. It must not count for the next one. */
void drop_late(const meter *meter, int fd) {
  static char late[65536];
  if (meter->lost == 0) return;
  while (recv(fd, late, sizeof late, MSG_DONTWAIT) >= 0) continue;
}

void await_answer(meter *meter, int fd, int size) {
  static char last[MESSAGE_MAX] = {'!'}, answer[16];
  for (int tries = 0; tries < TRIES; tries++) {
    send_whole(fd, last, size);
    if (recv(fd, answer, sizeof answer, 0) >= 0) return;
    if (errno != EAGAIN) die("recv");
    meter->lost++;
  }
  die("no answer");
}

/* Receives `count` datagrams of `size` bytes, and returns how many arrived. */
int await_datagrams(meter *meter, int fd, int count, int size) {
  static char into[65536];
  static int silent = 0;
  int left = count * size;
  for (int got; left > 0; left -= got)
    if ((got = (int)recv(fd, into, sizeof into, 0)) < 0) break;
  if (left > 0 && errno != EAGAIN) die("recv");
  meter->lost += left / size;
  silent = left == count * size ? silent + 1 : 0;
  if (silent == TRIES) die("no answer");
  return count - left / size;
}
