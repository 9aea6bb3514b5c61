/* Sending without SIGPIPE, also on families that refuse MSG_NOSIGNAL. */
#ifndef BERKELEY_NOSIGNAL_H
#define BERKELEY_NOSIGNAL_H

#include <errno.h>
#include <sys/socket.h>

/* Whether to repeat a send: a signal interrupted it, or the family refused MSG_NOSIGNAL in `*quiet`, which is cleared
 * then. AF_RDS and AF_QIPCRTR refuse flags that they do not know, before they send anything (rds_sendmsg of
 * net/rds/send.c, qrtr_sendmsg of net/qrtr/af_qrtr.c), and never raise SIGPIPE. */
static inline int bk_send_again(int fd, int failed, int *quiet) {
  if (!failed) return 0;
  if (errno == EINTR) return 1;
#ifdef __linux__
  if (*quiet == 0 || (errno != EINVAL && errno != EOPNOTSUPP)) return 0;
  int error = errno, family = 0;
  socklen_t length = sizeof family;
  if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) == 0 && (family == AF_RDS || family == AF_QIPCRTR)) {
    *quiet = 0;
    return 1;
  }
  errno = error;
#else
  (void)fd, (void)quiet;
#endif
  return 0;
}

#endif
