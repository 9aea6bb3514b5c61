/* Receives datagrams, and answers those that begin with '!'.
 *
 *   usage: udp-batch recvfrom | recvmmsg | gro */
#include <netinet/udp.h>

#include "serve.h"

/* A datagram of Ethernet fits into SMALL. With LARGE, the first bytes of all slots would share one set of each cache, and
 * only messages of UDP_GRO need it. */
enum { BATCH = 64, SMALL = 2048, LARGE = 65536 };

static char data[BATCH * LARGE];

static void answer(int fd, const struct sockaddr_in *sender) {
  check((int)sendto(fd, "ok", 2, 0, (const struct sockaddr *)sender, sizeof *sender), "sendto");
}

static void one_by_one(int fd) {
  for (;;) {
    struct sockaddr_in sender;
    socklen_t length = sizeof sender;
    check((int)recvfrom(fd, data, LARGE, 0, (struct sockaddr *)&sender, &length), "recvfrom");
    if (data[0] == '!') answer(fd, &sender);
  }
}

/* The size of the datagrams that make up a message. */
static int segment_size(struct msghdr *head, int length) {
  struct cmsghdr *item = CMSG_FIRSTHDR(head);
  int size = length;
  if (item != NULL && item->cmsg_type == UDP_GRO) memcpy(&size, CMSG_DATA(item), sizeof size);
  return size > 0 ? size : 1;
}

static void in_batches(int fd, size_t slot, size_t room) {
  static struct sockaddr_in senders[BATCH];
  static _Alignas(struct cmsghdr) char controls[BATCH][CMSG_SPACE(sizeof(int))];
  struct iovec vectors[BATCH];
  struct mmsghdr batch[BATCH];
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      vectors[i] = (struct iovec){.iov_base = data + (size_t)i * slot, .iov_len = slot};
      batch[i].msg_hdr = (struct msghdr){.msg_name = &senders[i],
                                         .msg_namelen = sizeof senders[i],
                                         .msg_iov = &vectors[i],
                                         .msg_iovlen = 1,
                                         .msg_control = room > 0 ? controls[i] : NULL,
                                         .msg_controllen = room};
    }
    int count = check(recvmmsg(fd, batch, BATCH, MSG_WAITFORONE, NULL), "recvmmsg");
    for (int i = 0; i < count; i++) {
      int length = (int)batch[i].msg_len, size = segment_size(&batch[i].msg_hdr, length);
      for (int at = 0; at < length; at += size)
        if (data[(size_t)i * slot + (size_t)at] == '!') answer(fd, &senders[i]);
    }
  }
}

int main(int count, char **words) {
  const char *way = count > 1 ? words[1] : "";
  int fd = open_internet(SOCK_DGRAM), on = 1;
  int joins = strcmp(way, "gro") == 0;
  if (joins) check(setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on), "setsockopt");
  announce_port(fd);
  if (strcmp(way, "recvfrom") == 0) one_by_one(fd);
  in_batches(fd, joins ? LARGE : SMALL, joins ? CMSG_SPACE(sizeof(int)) : 0);
}
