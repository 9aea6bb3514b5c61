/* The calls that are the same on every POSIX system. */
#include "compat.h"
#include "nosignal.h"
#include "platform.h"
#include "uncancelled.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#define RETRY(result, call) \
  do result = (int)(call);  \
  while (result < 0 && errno == EINTR)

static int number(int result) { return result < 0 ? -errno : result; }

int bk_dup_file(int file) { return bk_dup(file); }

int bk_dup(int fd) {
  int copy;
  do copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  while (copy < 0 && errno == EINTR);
  return copy < 0 ? -errno : copy;
}

int bk_close(int fd) {
  /* After EINTR the number is free on Linux, and can be free elsewhere. A second close could close a descriptor that
   * another thread has opened. */
  return close(fd) < 0 && errno != EINTR ? -errno : 0;
}

int bk_bind(int fd, bk_span address) {
  return number(bind(fd, (const struct sockaddr *)address.bytes, (socklen_t)address.length));
}

int bk_connect(int fd, bk_span address) {
  return number(connect(fd, (const struct sockaddr *)address.bytes, (socklen_t)address.length));
}

int bk_listen(int fd, int backlog) { return number(listen(fd, backlog)); }

int bk_shutdown(int fd, int how) { return number(shutdown(fd, how)); }

int bk_getsockname(int fd, bk_address *address) {
  socklen_t length = sizeof address->bytes;
  if (getsockname(fd, (struct sockaddr *)address->bytes, &length) < 0) return -errno;
  address->length = (int32_t)length;
  return 0;
}

int bk_getpeername(int fd, bk_address *address) {
  socklen_t length = sizeof address->bytes;
  if (getpeername(fd, (struct sockaddr *)address->bytes, &length) < 0) return -errno;
  address->length = (int32_t)length;
  return 0;
}

int bk_recv(int fd, bk_span into, int flags) {
  int result;
  RETRY(result, recv(fd, into.bytes, into.length, flags));
  return number(result);
}

int bk_recvfrom(int fd, bk_span into, int flags, bk_address *from) {
  socklen_t length;
  int result;
  do {
    length = sizeof from->bytes;
    result = (int)recvfrom(fd, into.bytes, into.length, flags, (struct sockaddr *)from->bytes, &length);
  } while (result < 0 && errno == EINTR);
  if (result < 0) return -errno;
  from->length = (int32_t)length;
  return result;
}

int bk_send(int fd, bk_span data, int flags) {
  int result, quiet = MSG_NOSIGNAL;
  do result = (int)send(fd, data.bytes, data.length, flags | quiet);
  while (bk_send_again(fd, result < 0, &quiet));
  return number(result);
}

int bk_sendto(int fd, bk_span data, int flags, bk_span to) {
  int result, quiet = MSG_NOSIGNAL;
  const struct sockaddr *address = (const struct sockaddr *)to.bytes;
  do result = (int)sendto(fd, data.bytes, data.length, flags | quiet, address, (socklen_t)to.length);
  while (bk_send_again(fd, result < 0, &quiet));
  return number(result);
}

int bk_read(int file, bk_span into, int64_t position) {
  int result;
  RETRY(result, position < 0 ? read(file, into.bytes, into.length)
                             : pread(file, into.bytes, into.length, (off_t)position));
  return number(result);
}

int bk_seek(int file, int64_t offset) { return lseek(file, (off_t)offset, SEEK_SET) < 0 ? -errno : 0; }
