/* Reads a stream that the server sends at full speed. A message is a KiB here. */
#include <sys/socket.h>

#include "client.h"

int drain(const run *run) {
  static char into[MESSAGE_MAX];
  int fd = connect_tcp(run), got;
  int64_t rest = 0;
  meter meter = meter_start(run);
  for (;;) {
    if ((got = (int)recv(fd, into, sizeof into, 0)) <= 0) die("recv");
    rest += got;
    if (!meter_add(&meter, rest / 1024)) return 0;
    rest %= 1024;
  }
}
