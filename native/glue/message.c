/* Messages and batches, files to sockets, and polling many descriptors: marshalling only. */
#include <limits.h>
#include <stdlib.h>

#include "call.h"

enum { FEW = 16 };

/* The buffers of a message: on the stack if they are few. */
typedef struct {
  size_t count;
  bk_span *spans, few_spans[FEW];
  napi_value *elements, few_elements[FEW];
} buffer_list;

static int allocate(buffer_list *list, size_t count) {
  int few = count <= FEW;
  list->count = count;
  list->spans = few ? list->few_spans : malloc(count * sizeof *list->spans);
  list->elements = few ? list->few_elements : malloc(count * sizeof *list->elements);
  return list->spans == NULL || list->elements == NULL ? -ENOMEM : 0;
}

static void release(buffer_list *list) {
  if (list->spans != list->few_spans) free(list->spans);
  if (list->elements != list->few_elements) free(list->elements);
}

/* Reads the Uint8Arrays of a JavaScript array, or one Uint8Array: to read an element of an array costs more than all else.
 * Returns 0 or -errno; the caller releases the list in both cases. All elements are read before the address of any
 * memory: a getter of the array could detach memory whose address was already read. */
static int read_buffers(napi_env env, napi_value array, buffer_list *list) {
  uint32_t length = 0;
  if (napi_get_array_length(env, array, &length) != napi_ok) return allocate(list, 1), bk_memory(env, array, list->spans);
  int result = allocate(list, length < IOV_MAX ? length : IOV_MAX);
  if (result < 0) return result;
  for (uint32_t i = 0; i < list->count; i++)
    if (napi_get_element(env, array, i, &list->elements[i]) != napi_ok) return -EFAULT;
  for (size_t i = 0; i < list->count && result == 0; i++)
    result = bk_memory(env, list->elements[i], &list->spans[i]);
  return result;
}

/* (fd, buffer or buffers, control | null, flags, address | null) -> bytes sent */
static BK_FUNCTION(sendmsg_) {
  BK_ARGUMENTS(5);
  buffer_list list;
  int result = read_buffers(env, arguments[1], &list);
  if (result == 0) {
    bk_message message = {.buffers = list.spans,
                          .count = list.count,
                          .control = bk_bytes(env, arguments[2]),
                          .name = bk_bytes(env, arguments[4])};
    result = bk_sendmsg(bk_int(env, arguments[0]), &message, bk_int(env, arguments[3]));
  }
  release(&list);
  return bk_number(env, result);
}

/* If the table has no memory for a received descriptor, the reader of the control data must close it. */
static void own_received(void *context, int fd) {
  bk_environment *environment = context;
  bk_owned_add(&environment->owned, fd);
}

static int receive(bk_environment *environment, int fd, bk_message *message, int flags) {
  bk_shared *shared = environment->shared;
  message->name = (bk_span){shared->address.bytes, BK_ADDRESS_MAX};
  int result = bk_recvmsg(fd, message, flags);
  if (result < 0) return result;
  bk_control_descriptors(message->control, own_received, environment);
  shared->address.length = (int32_t)message->name.length;
  shared->words[2] = (int32_t)message->control.length;
  shared->words[3] = message->flags;
  return result;
}

/* (fd, buffer or buffers, control | null, flags) -> bytes received; the sender's address in shared memory, the length of the
 * control data in word 2, the message's flags in word 3; received descriptors are owned */
static BK_FUNCTION(recvmsg_) {
  BK_ARGUMENTS(4);
  buffer_list list;
  int result = read_buffers(env, arguments[1], &list);
  if (result == 0) {
    bk_message message = {.buffers = list.spans, .count = list.count, .control = bk_bytes(env, arguments[2])};
    result = receive(environment, bk_int(env, arguments[0]), &message, bk_int(env, arguments[3]));
  }
  release(&list);
  return bk_number(env, result);
}

/* data, names, controls, rows, size, control size: the slabs of a batch, which the core checks */
static bk_batch read_batch(napi_env env, napi_value *arguments) {
  return (bk_batch){
      .data = bk_bytes(env, arguments[0]),
      .names = bk_bytes(env, arguments[1]),
      .controls = bk_bytes(env, arguments[2]),
      .rows = bk_bytes(env, arguments[3]),
      .size = bk_int(env, arguments[4]),
      .control_size = bk_int(env, arguments[5]),
  };
}

/* (fd, data, names, controls, rows, size, controlSize, first, count, flags) -> messages sent */
static BK_FUNCTION(sendmmsg_) {
  BK_ARGUMENTS(10);
  bk_batch batch = read_batch(env, arguments + 1);
  return bk_number(env, bk_sendmmsg(bk_int(env, arguments[0]), &batch, bk_int(env, arguments[7]),
                                    bk_int(env, arguments[8]), bk_int(env, arguments[9])));
}

/* (fd, data, names, controls, rows, size, controlSize, count, flags) -> messages received; descriptors are owned */
static BK_FUNCTION(recvmmsg_) {
  BK_ARGUMENTS(9);
  bk_batch batch = read_batch(env, arguments + 1);
  int received =
      bk_recvmmsg(bk_int(env, arguments[0]), &batch, bk_int(env, arguments[7]), bk_int(env, arguments[8]));
  for (int i = 0; batch.control_size > 0 && i < received; i++)
    bk_control_descriptors(bk_batch_control(&batch, i), own_received, environment);
  return bk_number(env, received);
}

/* (fd, file, offset, count) -> bytes sent */
static BK_FUNCTION(sendfile_) {
  BK_ARGUMENTS(4);
  return bk_number(env, bk_sendfile(bk_int(env, arguments[0]), bk_int(env, arguments[1]),
                                    bk_int64(env, arguments[2]), bk_int64(env, arguments[3])));
}

/* (fd, pipe, count) -> bytes sent */
static BK_FUNCTION(splice_) {
  BK_ARGUMENTS(3);
  return bk_number(env, bk_splice(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int64(env, arguments[2])));
}

/* (file, into, position) -> bytes read */
static BK_FUNCTION(read_) {
  BK_ARGUMENTS(3);
  bk_span into;
  int result = bk_memory(env, arguments[1], &into);
  if (result == 0) result = bk_read(bk_int(env, arguments[0]), into, bk_int64(env, arguments[2]));
  return bk_number(env, result);
}

/* (file, offset) */
static BK_FUNCTION(seek_) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_seek(bk_int(env, arguments[0]), bk_int64(env, arguments[1])));
}

/* (entries: triples of fd, events, ready; milliseconds) -> how many are ready; their events in `ready` */
static BK_FUNCTION(poll_) {
  BK_ARGUMENTS(2);
  bk_span entries = bk_bytes(env, arguments[0]);
  if ((uintptr_t)entries.bytes % _Alignof(bk_poll_entry) != 0) return bk_number(env, -EINVAL);
  return bk_number(env, bk_poll((bk_poll_entry *)(void *)entries.bytes, entries.length / sizeof(bk_poll_entry),
                                bk_double(env, arguments[1])));
}

void bk_message_exports(bk_exports *exports) {
  bk_export(exports, "sendmsg", sendmsg_);
  bk_export(exports, "recvmsg", recvmsg_);
  bk_export(exports, "sendmmsg", sendmmsg_);
  bk_export(exports, "recvmmsg", recvmmsg_);
  bk_export(exports, "sendfile", sendfile_);
  bk_export(exports, "splice", splice_);
  bk_export(exports, "read", read_);
  bk_export(exports, "seek", seek_);
  bk_export(exports, "poll", poll_);
  bk_export_number(exports, "batchMax", BK_BATCH_MAX);
  bk_export_number(exports, "batchNameSize", BK_NAME_SIZE);
}
