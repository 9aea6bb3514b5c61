/* Sends a file repeatedly, to one connection at a time. usage: sendfile <file> */
#include <fcntl.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

#include "serve.h"

static void send_file(int to, int file, off_t size) {
  for (off_t offset = 0; sendfile(to, file, &offset, (size_t)(size - offset)) > 0;)
    if (offset == size) offset = 0;
}

int main(int count, char **words) {
  if (count != 2) return 2;
  struct stat stat;
  int file = check(open(words[1], O_RDONLY), "open");
  check(fstat(file, &stat), "fstat");
  signal(SIGPIPE, SIG_IGN);
  int server = serve_tcp(0);
  for (;;) {
    int fd = check(accept(server, NULL, NULL), "accept");
    send_file(fd, file, stat.st_size);
    close(fd);
  }
}
