/* One stream at full speed. A message is a KiB here. */
#include <sys/socket.h>

#include "client.h"

/* Numbers: bytes per write */
int flood(const run *run) {
  int fd = connect_tcp(run);
  int64_t rest = 0;
  meter meter = meter_start(run);
  for (;;) {
    rest += check((int)send(fd, message, (size_t)run->numbers[0], 0), "send");
    if (!meter_add(&meter, rest / 1024)) return 0;
    rest %= 1024;
  }
}
