/* Finds the descriptors in control data that the kernel wrote. */
#include <string.h>
#include <sys/socket.h>

#include "platform.h"

/* <linux/socket.h>, since Linux 6.5; newer than the headers of the oldest systems that this builds on. */
#if defined(__linux__) && !defined(SCM_PIDFD)
#define SCM_PIDFD 0x04
#endif

static int holds_descriptors(const struct cmsghdr *head) {
  if (head->cmsg_level != SOL_SOCKET) return 0;
#ifdef SCM_PIDFD
  if (head->cmsg_type == SCM_PIDFD) return 1;
#endif
  return head->cmsg_type == SCM_RIGHTS;
}

static void visit(const uint8_t *data, size_t length, void (*each)(void *context, int fd), void *context) {
  for (size_t at = 0; length - at >= sizeof(int); at += sizeof(int)) {
    int fd;
    memcpy(&fd, data + at, sizeof fd);
    if (fd >= 0) each(context, fd); /* the kernel writes -errno where it could not make an SCM_PIDFD */
  }
}

void bk_control_descriptors(bk_span control, void (*each)(void *context, int fd), void *context) {
  size_t at = 0;
  while (control.length - at >= CMSG_LEN(0)) {
    struct cmsghdr head; /* JavaScript's bytes need not be aligned */
    memcpy(&head, control.bytes + at, sizeof head);
    size_t rest = control.length - at, length = head.cmsg_len;
    if (length < CMSG_LEN(0)) return;
    if (length > rest) length = rest; /* control data that was cut */
    if (holds_descriptors(&head)) visit(control.bytes + at + CMSG_LEN(0), length - CMSG_LEN(0), each, context);
    size_t space = CMSG_SPACE(length - CMSG_LEN(0));
    if (space >= rest) return;
    at += space;
  }
}
