/* An echo server. "blocking": one connection at a time; "epoll": all at once. */
#include "serve.h"

static char buffer[65536];

static void serve_blocking(void) {
  int server = serve_tcp(0);
  for (;;) {
    int fd = check(accept(server, NULL, NULL), "accept");
    set_nodelay(fd);
    for (ssize_t got; (got = recv(fd, buffer, sizeof buffer, 0)) > 0;) send(fd, buffer, (size_t)got, MSG_NOSIGNAL);
    close(fd);
  }
}

static void watch(int epoll, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  check(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

static void accept_all(int epoll, int server) {
  for (int fd; (fd = accept4(server, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    set_nodelay(fd);
    watch(epoll, fd);
  }
}

static void echo(int fd) {
  ssize_t got = recv(fd, buffer, sizeof buffer, 0);
  if (got > 0) send(fd, buffer, (size_t)got, MSG_NOSIGNAL);
  else close(fd);
}

static void serve_epoll(void) {
  struct epoll_event events[256];
  int epoll = check(epoll_create1(0), "epoll_create1"), server = serve_tcp(SOCK_NONBLOCK);
  watch(epoll, server);
  for (;;) {
    int ready = check(epoll_wait(epoll, events, sizeof events / sizeof *events, -1), "epoll_wait");
    for (int i = 0; i < ready; i++) {
      if (events[i].data.fd == server) accept_all(epoll, server);
      else echo(events[i].data.fd);
    }
  }
}

int main(int count, char **words) {
  if (count > 1 && strcmp(words[1], "epoll") == 0) serve_epoll();
  serve_blocking();
}
