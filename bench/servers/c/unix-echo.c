/* Sends every datagram back to its sender. */
#include "serve.h"

int main(int count, char **words) {
  static char buffer[65536];
  if (count != 2) return 2;
  struct sockaddr_un own = {.sun_family = AF_UNIX};
  strncpy(own.sun_path, words[1], sizeof own.sun_path - 1);
  int fd = check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
  check(bind(fd, (struct sockaddr *)&own, sizeof own), "bind");
  announce(words[1]);
  for (;;) {
    struct sockaddr_un sender;
    socklen_t length = sizeof sender;
    ssize_t got = recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&sender, &length);
    check((int)got, "recvfrom");
    sendto(fd, buffer, (size_t)got, 0, (struct sockaddr *)&sender, length);
  }
}
