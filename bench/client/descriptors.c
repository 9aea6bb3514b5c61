/* Unix datagrams with a file descriptor: one is sent, one comes back. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"

typedef union {
  struct cmsghdr head;
  char space[CMSG_SPACE(sizeof(int))];
} control;

static struct msghdr message_of(struct iovec *data, control *control) {
  return (struct msghdr){
      .msg_iov = data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control->space};
}

static void send_descriptor(int fd, int passed) {
  struct iovec data = {.iov_base = message, .iov_len = 1};
  control control = {.head = {.cmsg_len = CMSG_LEN(sizeof passed), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS}};
  memcpy(CMSG_DATA(&control.head), &passed, sizeof passed);
  struct msghdr head = message_of(&data, &control);
  check((int)sendmsg(fd, &head, 0), "sendmsg");
}

static int receive_descriptor(int fd) {
  char byte;
  int passed;
  struct iovec data = {.iov_base = &byte, .iov_len = 1};
  control control;
  struct msghdr head = message_of(&data, &control);
  check((int)recvmsg(fd, &head, 0), "recvmsg");
  if (head.msg_controllen == 0) die("a descriptor in the answer");
  memcpy(&passed, CMSG_DATA(&control.head), sizeof passed);
  return passed;
}

int descriptors(const run *run) {
  char own[100];
  snprintf(own, sizeof own, "%s.%d", run->where, getpid());
  int fd = connect_unix(run, own);
  meter meter = meter_start(run);
  do {
    send_descriptor(fd, STDIN_FILENO);
    close(receive_descriptor(fd));
  } while (meter_add(&meter, 1));
  unlink(own);
  return 0;
}
