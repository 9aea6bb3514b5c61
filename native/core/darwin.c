/* The calls that macOS lacks: many messages in one call, and a time limit finer than a millisecond. */
#include "compat.h"
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>

int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout) {
  (void)timeout;
  int each = flags & ~MSG_WAITFORONE;
  unsigned done = 0;
  for (; done < count; done++) {
    ssize_t received = recvmsg(fd, &messages[done].msg_hdr, done > 0 ? each | MSG_DONTWAIT : each);
    if (received < 0) break;
    messages[done].msg_len = (unsigned)received;
  }
  return done == 0 && count > 0 ? -1 : (int)done;
}

static void close_on_exec(void *context, int fd) {
  (void)context;
  fcntl(fd, F_SETFD, FD_CLOEXEC);
}

void bk_close_received_on_exec(bk_span control) { bk_control_descriptors(control, close_on_exec, NULL); }

int ppoll(struct pollfd *entries, nfds_t count, const struct timespec *limit, const void *signals) {
  (void)signals;
  if (limit == NULL) return poll(entries, count, -1);
  int64_t milliseconds = (int64_t)limit->tv_sec * 1000 + (limit->tv_nsec + 999999) / 1000000;
  int cut = milliseconds > INT_MAX;
  int result = poll(entries, count, cut ? INT_MAX : (int)milliseconds);
  if (result != 0 || !cut) return result;
  errno = EINTR; /* the caller waits again for what is left */
  return -1;
}
