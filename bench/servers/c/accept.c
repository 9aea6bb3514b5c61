/* Accepts connections and closes them. "blocking", or "epoll": edge-triggered, until none is left. */
#include "serve.h"

static void serve_blocking(void) {
  int server = serve_tcp(0);
  for (;;) close(check(accept(server, NULL, NULL), "accept"));
}

static void serve_epoll(void) {
  int epoll = check(epoll_create1(0), "epoll_create1"), server = serve_tcp(SOCK_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN | EPOLLET};
  check(epoll_ctl(epoll, EPOLL_CTL_ADD, server, &event), "epoll_ctl");
  for (;;) {
    check(epoll_wait(epoll, &event, 1, -1), "epoll_wait");
    for (int fd; (fd = accept4(server, NULL, NULL, SOCK_CLOEXEC)) >= 0;) close(fd);
  }
}

int main(int count, char **words) {
  if (count > 1 && strcmp(words[1], "epoll") == 0) serve_epoll();
  serve_blocking();
}
