/* Shared by the C servers. The first line of a server's output is its port or path. */
#ifndef BENCH_SERVE_H
#define BENCH_SERVE_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 512 };

static inline int check(int result, const char *what) {
  if (result >= 0) return result;
  perror(what);
  exit(1);
}

static inline void announce(const char *where) {
  puts(where);
  fflush(stdout);
}

static inline void announce_port(int fd) {
  struct sockaddr_in own;
  socklen_t length = sizeof own;
  char port[8];
  check(getsockname(fd, (struct sockaddr *)&own, &length), "getsockname");
  snprintf(port, sizeof port, "%d", ntohs(own.sin_port));
  announce(port);
}

/* A socket on a port that the kernel chooses. */
static inline int open_internet(int type) {
  int fd = check(socket(AF_INET, type, 0), "socket");
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  check(bind(fd, (struct sockaddr *)&own, sizeof own), "bind");
  return fd;
}

static inline int serve_tcp(int flags) {
  int fd = open_internet(SOCK_STREAM | flags);
  check(listen(fd, BACKLOG), "listen");
  announce_port(fd);
  return fd;
}

static inline void set_nodelay(int fd) {
  int on = 1;
  check(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
}

#endif
