/* Sends every datagram back to its sender, with the file descriptor that came along. usage: descriptors <path> */
#include "serve.h"

typedef union {
  struct cmsghdr head;
  char space[CMSG_SPACE(sizeof(int))];
} control;

int main(int count, char **words) {
  if (count != 2) return 2;
  struct sockaddr_un own = {.sun_family = AF_UNIX};
  strncpy(own.sun_path, words[1], sizeof own.sun_path - 1);
  int fd = check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
  check(bind(fd, (struct sockaddr *)&own, sizeof own), "bind");
  announce(words[1]);
  for (;;) {
    char buffer[16];
    control control;
    struct sockaddr_un sender;
    struct iovec data = {.iov_base = buffer, .iov_len = sizeof buffer};
    struct msghdr head = {.msg_name = &sender,
                          .msg_namelen = sizeof sender,
                          .msg_iov = &data,
                          .msg_iovlen = 1,
                          .msg_control = &control,
                          .msg_controllen = sizeof control.space};
    data.iov_len = (size_t)check((int)recvmsg(fd, &head, MSG_CMSG_CLOEXEC), "recvmsg");
    int passed;
    memcpy(&passed, CMSG_DATA(&control.head), sizeof passed);
    head.msg_controllen = sizeof control.space;
    sendmsg(fd, &head, 0);
    close(passed);
  }
}
