#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "client.h"

/* The time after which a server that does not answer counts as hung. */
static const struct timeval PATIENCE = {.tv_sec = 5};

/* The time after which a datagram counts as lost. */
static const struct timeval DATAGRAM_PATIENCE = {.tv_usec = 250000};

/* The number of connections that are opened before the server has to answer. It is below any server's
 * backlog, because a connection that finds the backlog full is retried only after a second. */
enum { GROUP = 64 };

void die(const char *what) {
  perror(what);
  exit(1);
}

int check(int result, const char *what) {
  if (result < 0) die(what);
  return result;
}

static int connect_internet(const run *run, int type, const struct timeval *patience) {
  int fd = check(socket(AF_INET, type, 0), "socket");
  struct sockaddr_in server = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)atoi(run->where)),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  check(connect(fd, (struct sockaddr *)&server, sizeof server), "connect");
  check(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, patience, sizeof *patience), "setsockopt");
  return fd;
}

int connect_tcp(const run *run) {
  int fd = connect_internet(run, SOCK_STREAM, &PATIENCE), on = 1;
  check(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
  return fd;
}

int connect_udp(const run *run) { return connect_internet(run, SOCK_DGRAM, &DATAGRAM_PATIENCE); }

static struct sockaddr_un unix_address(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
  return address;
}

int connect_unix(const run *run, const char *own_path) {
  int fd = check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
  struct sockaddr_un own = unix_address(own_path), server = unix_address(run->where);
  check(bind(fd, (struct sockaddr *)&own, sizeof own), "bind");
  check(connect(fd, (struct sockaddr *)&server, sizeof server), "connect");
  check(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &PATIENCE, sizeof PATIENCE), "setsockopt");
  return fd;
}

void send_whole(int fd, const void *data, int size) {
  if (send(fd, data, (size_t)size, 0) != size) die("send");
}

void receive_into(int fd, void *into, int size) {
  for (int got = 0; got < size;) {
    ssize_t count = recv(fd, (char *)into + got, (size_t)(size - got), 0);
    if (count <= 0) die("recv");
    got += (int)count;
  }
}

void receive_whole(int fd, int size) {
  static char received[MESSAGE_MAX];
  receive_into(fd, received, size);
}

/* Resets our end. Otherwise thousands of ports would stay in TIME_WAIT and FIN_WAIT2. */
void finish_tcp(int fd) {
  char byte;
  struct linger reset = {.l_onoff = 1, .l_linger = 0};
  if (recv(fd, &byte, 1, 0) != 0) die("the server did not close the connection");
  check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "setsockopt");
  close(fd);
}

int *open_connections(const run *run, int count, int size) {
  int *fds = calloc((size_t)count, sizeof *fds);
  if (fds == NULL) die("calloc");
  for (int first = 0; first < count; first += GROUP) {
    int after = first + GROUP < count ? first + GROUP : count;
    for (int i = first; i < after; i++) send_whole(fds[i] = connect_tcp(run), message, size);
    for (int i = first; i < after; i++) receive_whole(fds[i], size);
  }
  return fds;
}
