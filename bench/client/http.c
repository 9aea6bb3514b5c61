/* HTTP requests over keep-alive connections. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "client.h"

static char request[] = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n";

enum { REPLY_MAX = 4096 };

/* Sends a request, receives its reply, and returns the reply's size, which all replies share. */
static int reply_size(int fd) {
  static char reply[REPLY_MAX];
  const char *end = NULL, *length = NULL;
  send_whole(fd, request, sizeof request - 1);
  for (size_t got = 0; end == NULL; got++) {
    if (got == REPLY_MAX - 1) die("a head of the reply");
    receive_into(fd, reply + got, 1);
    end = strstr(reply, "\r\n\r\n");
    length = strcasestr(reply, "\r\nContent-Length: ");
  }
  if (length == NULL) die("a Content-Length in the reply");
  int body = atoi(length + strlen("\r\nContent-Length: "));
  receive_whole(fd, body);
  return (int)(end - reply) + 4 + body;
}

/* Numbers: connections */
int http(const run *run) {
  int count = run->numbers[0], size = 0;
  int *fds = calloc((size_t)count, sizeof *fds);
  if (fds == NULL) die("calloc");
  for (int i = 0; i < count; i++) size = reply_size(fds[i] = connect_tcp(run));
  traffic traffic = {.fds = fds,
                     .count = count,
                     .under_way = count,
                     .request = request,
                     .request_size = sizeof request - 1,
                     .reply_size = size};
  return exchange(run, &traffic);
}
