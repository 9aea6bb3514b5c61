/* Sending and receiving on Windows. Every socket is non-blocking for Winsock. Calls that block wait between attempts. */
#include "batch.h"
#include "win32.h"

#include <stdlib.h>
#include <string.h>

static const int OURS = BK_MSG_DONTWAIT | BK_MSG_NOSIGNAL | MSG_WAITALL | MSG_TRUNC | MSG_CTRUNC;

/* One call that moves data. */
typedef struct {
  int fd;
  bk_entry entry;
  int flags; /* those of Winsock */
  int is_waiting;
  bk_clock clock;
  WSABUF *buffers;
  DWORD count;
  struct sockaddr *name;
  int name_length;
  WSABUF control;
  int is_message; /* the caller has memory for control data and flags: recvmsg */
  DWORD flags_out;
} transfer;

static int begin(transfer *call, int fd, int flags) {
  int result = bk_look_up(fd, &call->entry);
  call->fd = fd;
  call->flags = flags & ~OURS;
  call->is_waiting = !call->entry.is_nonblocking && (flags & BK_MSG_DONTWAIT) == 0;
  return result;
}

static size_t size_of(const transfer *call) {
  size_t size = 0;
  for (DWORD i = 0; i < call->count; i++) size += call->buffers[i].len;
  return size;
}

/* Drops the first `length` bytes of the buffers. */
static void advance(transfer *call, size_t length) {
  while (call->count > 0 && length >= call->buffers->len) {
    length -= call->buffers->len;
    call->buffers++;
    call->count--;
  }
  if (call->count > 0 && length > 0) {
    call->buffers->buf += length;
    call->buffers->len -= (ULONG)length;
  }
}

/* Looks up an extension function per socket, because its address depends on the service provider (Microsoft Learn,
 * "Winsock IOCTLs", SIO_GET_EXTENSION_FUNCTION_POINTER). */
static void *extension(SOCKET socket, GUID id) {
  void *function = NULL;
  DWORD length;
  WSAIoctl(socket, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof id, &function, sizeof function, &length, NULL, NULL);
  return function;
}

static int receive_message(transfer *call, DWORD *received) {
  LPFN_WSARECVMSG receive = (LPFN_WSARECVMSG)extension(bk_socket_of(call->fd), (GUID)WSAID_WSARECVMSG);
  if (receive == NULL) return -ENOTSUP;
  WSAMSG message = {.name = call->name,
                    .namelen = call->name_length,
                    .lpBuffers = call->buffers,
                    .dwBufferCount = call->count,
                    .Control = call->control,
                    .dwFlags = (DWORD)call->flags};
  int failed = receive(bk_socket_of(call->fd), &message, received, NULL, NULL);
  int result = failed ? bk_last_errno() : 0;
  call->name_length = message.namelen;
  call->control.len = message.Control.len;
  call->flags_out = message.dwFlags & (MSG_TRUNC | MSG_CTRUNC | MSG_OOB);
  return result;
}

static int receive_plain(transfer *call, DWORD *received) {
  DWORD flags = (DWORD)call->flags;
  SOCKET socket = bk_socket_of(call->fd);
  int failed;
  if (call->name == NULL || call->entry.is_stream) {
    call->name_length = 0;
    failed = WSARecv(socket, call->buffers, call->count, received, &flags, NULL, NULL);
  } else {
    failed = WSARecvFrom(socket, call->buffers, call->count, received, &flags, call->name, &call->name_length, NULL, NULL);
  }
  call->control.len = 0;
  return failed ? bk_last_errno() : 0;
}

/* The length of a datagram that did not fit: WSAEMSGSIZE. WSARecvMsg fails so for control data that did not fit, too
 * ("WSAMSG structure", MSG_CTRUNC), and then the datagram itself can be complete. */
static int cut(transfer *call, DWORD received) {
  if ((call->flags_out & MSG_CTRUNC) && (call->flags_out & MSG_TRUNC) == 0) return (int)received;
  call->flags_out |= MSG_TRUNC;
  return (int)size_of(call);
}

/* One receive call, with the results of POSIX where Winsock's differ: a datagram that was cut, the end of the stream after
 * bk_shutdown, a connection that timed out or was reset, and urgent data that is not there. */
static int receive_once(transfer *call) {
  DWORD received = 0;
  int result = call->is_message && !call->entry.is_stream ? receive_message(call, &received) : receive_plain(call, &received);
  if (result == -EMSGSIZE) return cut(call, received);
  if (result == -EPIPE) return 0;
  if (result == -ECONNABORTED) return -ECONNRESET;
  if (result == -ECONNRESET && !call->entry.is_stream) return -ECONNREFUSED; /* ICMP "port unreachable" */
  if (result == -EAGAIN && call->flags & MSG_OOB) return -EINVAL;
  return result < 0 ? result : (int)received;
}

static int receive(transfer *call) {
  int name_length = call->name_length;
  ULONG control_length = call->control.len;
  for (;;) {
    int result = receive_once(call);
    /* After a short receive from a stream the caller waits for an event, because nothing is left. */
    if (result == -EAGAIN || (call->entry.is_stream && result >= 0 && (size_t)result < size_of(call)))
      bk_afd_arm(call->fd, BK_POLLIN);
    if (result != -EAGAIN || !call->is_waiting) return result;
    result = bk_wait_in_call(call->fd, BK_POLLIN, &call->clock);
    if (result < 0) return result;
    call->name_length = name_length;
    call->control.len = control_length;
  }
}

/* MSG_WAITALL. Winsock only supports it on blocking sockets ("recv function"). Returns less at the end of the stream, after
 * an error, and after the time limit. */
static int receive_all(transfer *call) {
  int total = 0;
  for (;;) {
    int result = receive(call);
    if (result <= 0) return total > 0 ? total : result;
    total += result;
    advance(call, (size_t)result);
    if (call->count == 0) return total;
  }
}

static int is_all_wanted(const transfer *call, int flags) {
  return (flags & MSG_WAITALL) && (flags & (MSG_PEEK | MSG_OOB)) == 0 && call->entry.is_stream && call->is_waiting;
}

static int run_receive(transfer *call, int flags) {
  return is_all_wanted(call, flags) ? receive_all(call) : receive(call);
}

/* The first `most` bytes of a span. */
static WSABUF first_of(bk_span span, size_t most) {
  return (WSABUF){.len = (ULONG)(span.length < most ? span.length : most), .buf = (char *)span.bytes};
}

static WSABUF buffer_of(bk_span span) { return first_of(span, INT_MAX); }

int bk_recv(int fd, bk_span into, int flags) {
  WSABUF buffer = buffer_of(into);
  transfer call = {.buffers = &buffer, .count = 1};
  int result = begin(&call, fd, flags);
  return result < 0 ? result : run_receive(&call, flags);
}

int bk_recvfrom(int fd, bk_span into, int flags, bk_address *from) {
  WSABUF buffer = buffer_of(into);
  transfer call = {.buffers = &buffer,
                   .count = 1,
                   .name = (struct sockaddr *)from->bytes,
                   .name_length = sizeof from->bytes};
  int result = begin(&call, fd, flags);
  if (result == 0) result = run_receive(&call, flags);
  if (result >= 0) from->length = call.name_length;
  return result;
}

static int send_message(transfer *call, DWORD *sent) {
  LPFN_WSASENDMSG send = (LPFN_WSASENDMSG)extension(bk_socket_of(call->fd), (GUID)WSAID_WSASENDMSG);
  if (send == NULL) return -ENOTSUP;
  WSAMSG message = {.name = call->name,
                    .namelen = call->name_length,
                    .lpBuffers = call->buffers,
                    .dwBufferCount = call->count,
                    .Control = call->control};
  return send(bk_socket_of(call->fd), &message, (DWORD)call->flags, sent, NULL, NULL) ? bk_last_errno() : 0;
}

/* The errors of POSIX where Winsock's differ. Every send after a reset is WSAECONNRESET, where Linux has EPIPE from the
 * second on. A datagram socket reports an ICMP "port unreachable" as WSAECONNRESET, where Linux has ECONNREFUSED. */
static int send_error(const transfer *call, int error) {
  int is_stream = call->entry.is_stream;
  if (is_stream && (error == ECONNABORTED || error == ECONNRESET)) return EPIPE;
  if (!is_stream && error == ECONNRESET) return ECONNREFUSED;
  if (!is_stream && error == ENOTCONN) return EDESTADDRREQ;
  return error;
}

static int send_once(transfer *call) {
  DWORD sent = 0, flags = (DWORD)call->flags;
  SOCKET socket = bk_socket_of(call->fd);
  int result;
  if (call->control.len > 0)
    result = send_message(call, &sent);
  else if (call->name != NULL)
    result = WSASendTo(socket, call->buffers, call->count, &sent, flags, call->name, call->name_length, NULL, NULL)
                 ? bk_last_errno()
                 : 0;
  else
    result = WSASend(socket, call->buffers, call->count, &sent, flags, NULL, NULL) ? bk_last_errno() : 0;
  return result < 0 ? -send_error(call, -result) : (int)sent;
}

/* A send call that blocks continues until all data is sent or SO_SNDTIMEO has passed. */
static int send_all(transfer *call) {
  int total = 0;
  for (;;) {
    size_t size = size_of(call);
    int result = send_once(call);
    if (result == -EAGAIN || (result >= 0 && (size_t)result < size)) bk_afd_arm(call->fd, BK_POLLOUT);
    if (result >= 0) {
      total += result;
      if ((size_t)result == size || !call->is_waiting || !call->entry.is_stream) return total;
      advance(call, (size_t)result);
    } else if (result != -EAGAIN || !call->is_waiting) {
      return total > 0 ? total : result;
    }
    result = bk_wait_in_call(call->fd, BK_POLLOUT, &call->clock);
    if (result < 0) return total > 0 ? total : result;
  }
}

int bk_send(int fd, bk_span data, int flags) {
  WSABUF buffer = buffer_of(data);
  transfer call = {.buffers = &buffer, .count = 1};
  int result = begin(&call, fd, flags);
  return result < 0 ? result : send_all(&call);
}

int bk_sendto(int fd, bk_span data, int flags, bk_span to) {
  WSABUF buffer = buffer_of(data);
  transfer call = {.buffers = &buffer, .count = 1};
  if (to.length > 0) call.name = (struct sockaddr *)to.bytes;
  call.name_length = (int)to.length;
  int result = begin(&call, fd, flags);
  return result < 0 ? result : send_all(&call);
}

/* All buffers together have at most INT_MAX bytes, so that every result is an int. */
static void describe(transfer *call, const bk_message *message, WSABUF *buffers) {
  size_t left = INT_MAX;
  call->count = (DWORD)(message->count < IOV_MAX ? message->count : IOV_MAX);
  for (DWORD i = 0; i < call->count; left -= buffers[i++].len) buffers[i] = first_of(message->buffers[i], left);
  if (call->count == 0) buffers[call->count++] = (WSABUF){0}; /* Winsock needs a buffer for an empty datagram, too */
  call->buffers = buffers;
  call->name = message->name.length > 0 ? (struct sockaddr *)message->name.bytes : NULL;
  call->name_length = (int)message->name.length;
  call->control = buffer_of(message->control);
}

/* The number of descriptions that are on the stack. With IOV_MAX of them the frame would be larger than a page, and its
 * stack probe is in a library that adds 50 KB to the binary (compiler-rt of zig). */
enum { FEW = 64 };

/* Memory for the descriptions of a message's buffers; NULL if there is none. */
static WSABUF *space_for(const bk_message *message, WSABUF *few) {
  if (message->count <= FEW) return few;
  return malloc((message->count < IOV_MAX ? message->count : IOV_MAX) * sizeof *few);
}

int bk_sendmsg(int fd, const bk_message *message, int flags) {
  WSABUF few[FEW], *buffers = space_for(message, few);
  transfer call = {0};
  if (buffers == NULL) return -ENOMEM;
  describe(&call, message, buffers);
  int result = begin(&call, fd, flags);
  if (result >= 0) result = send_all(&call);
  if (buffers != few) free(buffers);
  return result;
}

int bk_recvmsg(int fd, bk_message *message, int flags) {
  WSABUF few[FEW], *buffers = space_for(message, few);
  transfer call = {.is_message = 1};
  if (buffers == NULL) return -ENOMEM;
  describe(&call, message, buffers);
  int result = begin(&call, fd, flags);
  if (result == 0) result = run_receive(&call, flags);
  if (buffers != few) free(buffers);
  if (result < 0) return result;
  message->control.length = call.control.len;
  message->name.length = (size_t)call.name_length;
  message->flags = (int)call.flags_out;
  return result;
}

/* Control data on Windows never contains descriptors. */
void bk_control_descriptors(bk_span control, void (*each)(void *context, int fd), void *context) {
  (void)control, (void)each, (void)context;
}

static bk_span slot(bk_span slab, int index, int size, int length) {
  return (bk_span){slab.bytes == NULL ? NULL : slab.bytes + (size_t)index * (size_t)size, (size_t)length};
}

/* Sends one message and writes the length that was sent to its row. */
static int send_row(int fd, const bk_batch *batch, int index, int flags) {
  bk_batch_row *row = &bk_batch_rows(batch)[index];
  bk_span data = slot(batch->data, index, batch->size, row->length);
  bk_message message = {.buffers = &data,
                        .count = 1,
                        .control = slot(batch->controls, index, batch->control_size, row->control_length),
                        .name = slot(batch->names, index, BK_NAME_SIZE, row->name_length)};
  int result = bk_sendmsg(fd, &message, flags);
  if (result >= 0) row->length = result;
  return result;
}

int bk_sendmmsg(int fd, bk_batch *batch, int first, int count, int flags) {
  if (count > BK_BATCH_MAX) count = BK_BATCH_MAX;
  int result = bk_check_batch_to_send(batch, first, count);
  int sent = 0, is_whole = 1;
  /* Like sendmmsg(2), it stops after a message that a stream has accepted in part: the rest has to be sent first. */
  while (result >= 0 && is_whole && sent < count) {
    int length = bk_batch_rows(batch)[first + sent].length;
    result = send_row(fd, batch, first + sent, flags);
    is_whole = result == length;
    if (result >= 0) sent++;
  }
  return sent > 0 ? sent : result < 0 ? result : 0;
}

static int receive_row(int fd, const bk_batch *batch, int index, int flags) {
  bk_span data = slot(batch->data, index, batch->size, batch->size);
  bk_message message = {.buffers = &data,
                        .count = 1,
                        .control = slot(batch->controls, index, batch->control_size, batch->control_size),
                        .name = slot(batch->names, index, BK_NAME_SIZE, BK_NAME_SIZE)};
  int result = bk_recvmsg(fd, &message, flags);
  if (result < 0) return result;
  bk_batch_rows(batch)[index] = bk_received_row(batch, result, (int32_t)message.name.length,
                                                (int32_t)message.control.length, message.flags);
  return result;
}

int bk_recvmmsg(int fd, bk_batch *batch, int count, int flags) {
  bk_entry entry;
  if (count > BK_BATCH_MAX) count = BK_BATCH_MAX;
  /* After bk_shutdown every receive call returns an empty message immediately. One tells the end. */
  if (bk_look_up(fd, &entry) == 0 && entry.is_receive_shut && count > 1) count = 1;
  int result = bk_check_batch(batch, 0, count);
  int received = 0;
  while (result >= 0 && received < count) {
    result = receive_row(fd, batch, received, received == 0 ? flags : flags | BK_MSG_DONTWAIT);
    if (result >= 0) received++;
  }
  return received > 0 ? received : result < 0 ? result : 0;
}
