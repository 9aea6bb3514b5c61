/* Sending without SIGPIPE, also on families that refuse MSG_NOSIGNAL. */
#ifndef BERKELEY_NOSIGNAL_H
#define BERKELEY_NOSIGNAL_H

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

/* Returns whether to repeat a send call: a signal interrupted it, or the family refused MSG_NOSIGNAL in `*quiet`,
 * which is cleared then. AF_RDS and AF_QIPCRTR refuse flags that they do not know, before they send anything
 * (rds_sendmsg of net/rds/send.c, qrtr_sendmsg of net/qrtr/af_qrtr.c), and never raise SIGPIPE. */
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

#ifndef __APPLE__
/* sendfile(2) and splice(2) have no MSG_NOSIGNAL: SIGPIPE is blocked in this thread during the call, and one that the
 * call has raised is taken back. */
typedef struct {
  sigset_t mask; /* of the thread before the call */
  int was_pending;
} bk_quiet;

static inline sigset_t bk_only_sigpipe(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

static inline bk_quiet bk_quiet_begin(void) {
  bk_quiet quiet;
  sigset_t pending, only = bk_only_sigpipe();
  sigpending(&pending);
  quiet.was_pending = sigismember(&pending, SIGPIPE) == 1;
  pthread_sigmask(SIG_BLOCK, &only, &quiet.mask);
  return quiet;
}

static inline void bk_quiet_end(const bk_quiet *quiet, int failed) {
  int error = errno;
  sigset_t only = bk_only_sigpipe();
  int was_raised = failed && error == EPIPE && !quiet->was_pending;
  /* Another signal can interrupt it: sigtimedwait(2). */
  while (was_raised && sigtimedwait(&only, NULL, &(struct timespec){0, 0}) < 0 && errno == EINTR);
  pthread_sigmask(SIG_SETMASK, &quiet->mask, NULL);
  errno = error;
}
#endif

#endif
