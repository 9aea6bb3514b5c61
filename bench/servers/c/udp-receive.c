/* Receives datagrams, and answers those that begin with '!'. */
#include "serve.h"

int main(void) {
  static char buffer[65536];
  int fd = open_internet(SOCK_DGRAM);
  announce_port(fd);
  for (;;) {
    struct sockaddr_in sender;
    socklen_t length = sizeof sender;
    check((int)recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&sender, &length), "recvfrom");
    if (buffer[0] == '!') check((int)sendto(fd, "ok", 2, 0, (struct sockaddr *)&sender, length), "sendto");
  }
}
