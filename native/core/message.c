/* Sends and receives messages: scattered data, control data and an address, one or many messages per call. */
#include "batch.h"
#include "compat.h"
#include "nosignal.h"
#include "platform.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

/* The length of a name to send to. A batch can be sent back to the names that it was received from, and for a path without a
 * NUL Linux writes a byte more than it accepts (net/unix/af_unix.c: unix_mkname_bsd, unix_validate_addr). */
static socklen_t accepted_length(const void *name, size_t length) {
  int is_unix = length > sizeof(struct sockaddr_un) && ((const struct sockaddr *)name)->sa_family == AF_UNIX;
  return (socklen_t)(is_unix ? sizeof(struct sockaddr_un) : length);
}

/* Describes the message to the kernel, with as many buffers as one call takes. */
static struct msghdr header(const bk_message *message, struct iovec *vectors) {
  size_t count = message->count < IOV_MAX ? message->count : IOV_MAX;
  for (size_t i = 0; i < count; i++) {
    vectors[i].iov_base = message->buffers[i].bytes;
    vectors[i].iov_len = message->buffers[i].length;
  }
  return (struct msghdr){
      .msg_name = message->name.length > 0 ? message->name.bytes : NULL,
      .msg_namelen = (socklen_t)message->name.length,
      .msg_iov = vectors,
      .msg_iovlen = count,
      .msg_control = message->control.length > 0 ? message->control.bytes : NULL,
      .msg_controllen = message->control.length,
  };
}

int bk_sendmsg(int fd, const bk_message *message, int flags) {
  struct iovec vectors[IOV_MAX];
  struct msghdr head = header(message, vectors);
  head.msg_namelen = accepted_length(head.msg_name, message->name.length);
  ssize_t result;
  int quiet = MSG_NOSIGNAL;
  do result = sendmsg(fd, &head, flags | quiet);
  while (bk_send_again(fd, result < 0, &quiet));
  return result < 0 ? -errno : (int)result;
}

/* Without memory for control data no descriptor can arrive. With it, MSG_CMSG_CLOEXEC is set, but some families
 * (AF_PACKET, ISO-TP, J1939) refuse flags that they do not know, before they look for a message. They never carry
 * descriptors, so the call is made again without the flag. */
static int close_on_exec(int with_control) { return with_control ? MSG_CMSG_CLOEXEC : 0; }

static int refused(ssize_t result, int *extra) {
  if (result >= 0 || errno != EINVAL || *extra == 0) return 0;
  *extra = 0;
  return 1;
}

int bk_recvmsg(int fd, bk_message *message, int flags) {
  struct iovec vectors[IOV_MAX];
  struct msghdr head;
  ssize_t result;
  int extra = close_on_exec(message->control.length > 0);
  do {
    head = header(message, vectors);
    result = recvmsg(fd, &head, flags | extra);
  } while ((result < 0 && errno == EINTR) || refused(result, &extra));
  if (result < 0) return -errno;
  message->control.length = head.msg_controllen;
  bk_close_received_on_exec(message->control);
  message->name.length = head.msg_namelen;
  message->flags = head.msg_flags & ~MSG_CMSG_CLOEXEC; /* Linux repeats this flag in its answer */
  return (int)result;
}

static void batch_header(const bk_batch *batch, int index, struct iovec *vector, struct mmsghdr *out, int sending) {
  const bk_batch_row *row = &bk_batch_rows(batch)[index];
  size_t at = (size_t)index;
  vector->iov_base = batch->data.bytes + at * (size_t)batch->size;
  vector->iov_len = (size_t)(sending ? row->length : batch->size);
  size_t control = (size_t)(sending ? row->control_length : batch->control_size);
  uint8_t *controls = control > 0 ? batch->controls.bytes + at * (size_t)batch->control_size : NULL;
  size_t length = sending ? (size_t)row->name_length : BK_NAME_SIZE;
  uint8_t *name = length > 0 ? batch->names.bytes + at * BK_NAME_SIZE : NULL;
  *out = (struct mmsghdr){.msg_hdr = {
                              .msg_name = name,
                              .msg_namelen = sending ? accepted_length(name, length) : (socklen_t)length,
                              .msg_iov = vector,
                              .msg_iovlen = 1,
                              .msg_control = controls,
                              .msg_controllen = control,
                          }};
}

#ifdef __linux__
#define send_many sendmmsg
#else
/* macOS has no sendmmsg. FreeBSD's is a loop that continues after a stream has accepted a message in part, so that the rest
 * would come after the next message (lib/libc/sys/sendmmsg.c). Linux stops there, as this does. Each message has one buffer. */
static int send_many(int fd, struct mmsghdr *messages, unsigned count, int flags) {
  unsigned done = 0;
  int is_whole = 1;
  while (done < count && is_whole) {
    const struct msghdr *head = &messages[done].msg_hdr;
    ssize_t sent = sendmsg(fd, head, flags);
    if (sent < 0) break;
    is_whole = (size_t)sent == head->msg_iov->iov_len;
    messages[done++].msg_len = (unsigned)sent;
  }
  return done == 0 && count > 0 ? -1 : (int)done;
}
#endif

int bk_sendmmsg(int fd, bk_batch *batch, int first, int count, int flags) {
  struct iovec vectors[BK_BATCH_MAX];
  struct mmsghdr headers[BK_BATCH_MAX];
  if (count > BK_BATCH_MAX) count = BK_BATCH_MAX;
  int checked = bk_check_batch_to_send(batch, first, count);
  if (checked < 0) return checked;
  for (int i = 0; i < count; i++) batch_header(batch, first + i, &vectors[i], &headers[i], 1);
  int sent, quiet = MSG_NOSIGNAL;
  do sent = send_many(fd, headers, (unsigned)count, flags | quiet);
  while (bk_send_again(fd, sent < 0, &quiet));
  if (sent < 0) return -errno;
  for (int i = 0; i < sent; i++) bk_batch_rows(batch)[first + i].length = (int32_t)headers[i].msg_len;
  return sent;
}

int bk_recvmmsg(int fd, bk_batch *batch, int count, int flags) {
  struct iovec vectors[BK_BATCH_MAX];
  struct mmsghdr headers[BK_BATCH_MAX];
  if (count > BK_BATCH_MAX) count = BK_BATCH_MAX;
  int checked = bk_check_batch(batch, 0, count);
  if (checked < 0) return checked;
  for (int i = 0; i < count; i++) batch_header(batch, i, &vectors[i], &headers[i], 0);
  int received, extra = close_on_exec(batch->control_size > 0);
  do received = recvmmsg(fd, headers, (unsigned)count, flags | MSG_WAITFORONE | extra, NULL);
  while ((received < 0 && errno == EINTR) || refused(received, &extra));
  if (received < 0) return -errno;
  for (int i = 0; i < received; i++) {
    const struct msghdr *head = &headers[i].msg_hdr;
    bk_batch_rows(batch)[i] =
        bk_received_row(batch, (int32_t)headers[i].msg_len, (int32_t)head->msg_namelen, (int32_t)head->msg_controllen,
                        head->msg_flags & ~MSG_CMSG_CLOEXEC);
    if (batch->control_size > 0) bk_close_received_on_exec(bk_batch_control(batch, i));
  }
  return received;
}
