/* Sends the requested number of datagrams to the sender of the request.
 *
 *   usage: udp-send sendto | sendmmsg | gso */
#include <netinet/udp.h>

#include "serve.h"

enum { BATCH = 64, SLOT = 2048, SIZE = 65536 };

typedef struct {
  int32_t count, size;
} order;

static char data[BATCH * SLOT];

static int least(int a, int b) { return a < b ? a : b; }

static void one_by_one(int fd, const order *order, struct sockaddr_in *to) {
  for (int i = 0; i < order->count; i++)
    check((int)sendto(fd, data, (size_t)order->size, 0, (struct sockaddr *)to, sizeof *to), "sendto");
}

static char source[SIZE];
static struct sockaddr_in names[BATCH];
static struct iovec vectors[BATCH];
static struct mmsghdr batch[BATCH];

/* Fills the batch with the next datagrams, as a program does whose datagrams differ. */
static int fill(int left, const order *order, const struct sockaddr_in *to) {
  int count = least(left, BATCH);
  for (int i = 0; i < count; i++) {
    char *slot = data + i * SLOT;
    memcpy(slot, source, (size_t)order->size);
    names[i] = *to;
    vectors[i] = (struct iovec){.iov_base = slot, .iov_len = (size_t)order->size};
    batch[i].msg_hdr = (struct msghdr){
        .msg_name = &names[i], .msg_namelen = sizeof *to, .msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  return count;
}

static void in_batches(int fd, const order *order, struct sockaddr_in *to) {
  for (int left = order->count; left > 0;) {
    int count = fill(left, order, to);
    left -= check(sendmmsg(fd, batch, (unsigned)count, 0), "sendmmsg");
  }
}

static void in_segments(int fd, const order *order, struct sockaddr_in *to) {
  _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(uint16_t))] = {0};
  struct cmsghdr *item = (struct cmsghdr *)control;
  uint16_t size = (uint16_t)order->size;
  *item = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof size), .cmsg_level = SOL_UDP, .cmsg_type = UDP_SEGMENT};
  memcpy(CMSG_DATA(item), &size, sizeof size);
  for (int left = order->count, at = 0; left > 0; left -= BATCH, at += BATCH) {
    struct iovec vector = {.iov_base = data + at * order->size, .iov_len = (size_t)(least(left, BATCH) * order->size)};
    struct msghdr head = {.msg_name = to,
                          .msg_namelen = sizeof *to,
                          .msg_iov = &vector,
                          .msg_iovlen = 1,
                          .msg_control = control,
                          .msg_controllen = sizeof control};
    check((int)sendmsg(fd, &head, 0), "sendmsg");
  }
}

int main(int count, char **words) {
  const char *way = count > 1 ? words[1] : "";
  int fd = open_internet(SOCK_DGRAM);
  announce_port(fd);
  for (;;) {
    order order;
    struct sockaddr_in to;
    socklen_t length = sizeof to;
    check((int)recvfrom(fd, &order, sizeof order, 0, (struct sockaddr *)&to, &length), "recvfrom");
    if (strcmp(way, "sendto") == 0) one_by_one(fd, &order, &to);
    else if (strcmp(way, "sendmmsg") == 0) in_batches(fd, &order, &to);
    else in_segments(fd, &order, &to);
  }
}
