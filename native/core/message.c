/* Messages: scattered data, control data, and an address in one call; and many of them in one call. */
#include "nosignal.h"
#include "platform.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* Lays the spans out for the kernel, as many as it takes. */
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
  ssize_t result;
  int quiet = MSG_NOSIGNAL;
  do result = sendmsg(fd, &head, flags | quiet);
  while (bk_send_again(fd, result < 0, &quiet));
  return result < 0 ? -errno : (int)result;
}

/* Without room for control data no descriptor can arrive. With it, some families (AF_PACKET, ISO-TP, J1939) refuse every
 * flag they do not know, before they look for a message: those carry no descriptors, and are asked again without. */
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
  message->name.length = head.msg_namelen;
  message->flags = head.msg_flags & ~MSG_CMSG_CLOEXEC; /* Linux tells us back what we asked for */
  return (int)result;
}

static void batch_header(bk_batch *batch, int index, struct iovec *vector, struct mmsghdr *out, int sending) {
  const bk_batch_row *row = &batch->rows[index];
  size_t at = (size_t)index;
  vector->iov_base = batch->data + at * batch->size;
  vector->iov_len = sending ? (size_t)row->length : batch->size;
  size_t control = sending ? (size_t)row->control_length : batch->control_size;
  size_t name = sending ? (size_t)row->name_length : BK_NAME_SIZE;
  *out = (struct mmsghdr){.msg_hdr = {
                              .msg_name = name > 0 ? batch->names + at * BK_NAME_SIZE : NULL,
                              .msg_namelen = (socklen_t)name,
                              .msg_iov = vector,
                              .msg_iovlen = 1,
                              .msg_control = control > 0 ? batch->controls + at * batch->control_size : NULL,
                              .msg_controllen = control,
                          }};
}

int bk_sendmmsg(int fd, bk_batch *batch, int first, int count, int flags) {
  struct iovec vectors[BK_BATCH_MAX];
  struct mmsghdr headers[BK_BATCH_MAX];
  if (count > BK_BATCH_MAX) count = BK_BATCH_MAX;
  for (int i = 0; i < count; i++) batch_header(batch, first + i, &vectors[i], &headers[i], 1);
  int sent, quiet = MSG_NOSIGNAL;
  do sent = sendmmsg(fd, headers, (unsigned)count, flags | quiet);
  while (bk_send_again(fd, sent < 0, &quiet));
  if (sent < 0) return -errno;
  for (int i = 0; i < sent; i++) batch->rows[first + i].length = (int32_t)headers[i].msg_len;
  return sent;
}

int bk_recvmmsg(int fd, bk_batch *batch, int count, int flags) {
  struct iovec vectors[BK_BATCH_MAX];
  struct mmsghdr headers[BK_BATCH_MAX];
  if (count > BK_BATCH_MAX) count = BK_BATCH_MAX;
  for (int i = 0; i < count; i++) batch_header(batch, i, &vectors[i], &headers[i], 0);
  int received, extra = close_on_exec(batch->control_size > 0);
  do received = recvmmsg(fd, headers, (unsigned)count, flags | MSG_WAITFORONE | extra, NULL);
  while ((received < 0 && errno == EINTR) || refused(received, &extra));
  if (received < 0) return -errno;
  for (int i = 0; i < received; i++) {
    const struct msghdr *head = &headers[i].msg_hdr;
    batch->rows[i] = (bk_batch_row){.length = (int32_t)headers[i].msg_len,
                                    .name_length = (int32_t)head->msg_namelen,
                                    .control_length = (int32_t)head->msg_controllen,
                                    .flags = head->msg_flags & ~MSG_CMSG_CLOEXEC};
  }
  return received;
}

int bk_sendfile(int fd, int file, int64_t offset, size_t count) {
  off_t at = (off_t)offset;
  ssize_t result;
  do result = sendfile(fd, file, &at, count);
  while (result < 0 && errno == EINTR);
  return result < 0 ? -errno : (int)result;
}
