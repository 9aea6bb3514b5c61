/* Messages and batches, files to sockets, and polling many descriptors: marshalling only. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "call.h"

enum { FEW = 16 };

/* The Uint8Arrays of a JavaScript array: in `few` where they fit, else in memory to be freed. NULL: out of memory. */
static bk_span *read_buffers(napi_env env, napi_value array, bk_span few[FEW], size_t *count) {
  uint32_t length = 0;
  napi_get_array_length(env, array, &length);
  if (length > IOV_MAX) length = IOV_MAX;
  bk_span *spans = length <= FEW ? few : malloc(length * sizeof *spans);
  *count = spans == NULL ? 0 : length;
  for (uint32_t i = 0; i < *count; i++) {
    napi_value element;
    napi_get_element(env, array, i, &element);
    spans[i] = bk_bytes(env, element);
  }
  return spans;
}

/* (fd, buffers, control | null, flags, address | null) -> bytes sent */
static BK_FUNCTION(sendmsg_) {
  BK_ARGUMENTS(5);
  bk_span few[FEW];
  bk_message message = {.control = bk_bytes(env, arguments[2]), .name = bk_bytes(env, arguments[4])};
  bk_span *spans = read_buffers(env, arguments[1], few, &message.count);
  message.buffers = spans;
  int flags = bk_int(env, arguments[3]);
  int result = spans == NULL ? -ENOMEM : bk_sendmsg(bk_int(env, arguments[0]), &message, flags);
  if (spans != few) free(spans);
  return bk_number(env, result);
}

/* (fd, buffers, control | null, flags) -> bytes received; the sender's address in shared memory,
 * the length of the control data in word 2, the message's flags in word 3 */
static BK_FUNCTION(recvmsg_) {
  BK_ARGUMENTS(4);
  bk_shared *shared = bk_environment_of(env)->shared;
  bk_span few[FEW];
  bk_message message = {.control = bk_bytes(env, arguments[2]), .name = {shared->address.bytes, BK_ADDRESS_MAX}};
  bk_span *spans = read_buffers(env, arguments[1], few, &message.count);
  message.buffers = spans;
  int flags = bk_int(env, arguments[3]);
  int result = spans == NULL ? -ENOMEM : bk_recvmsg(bk_int(env, arguments[0]), &message, flags);
  if (spans != few) free(spans);
  if (result >= 0) {
    shared->address.length = (int32_t)message.name.length;
    shared->words[2] = (int32_t)message.control.length;
    shared->words[3] = message.flags;
  }
  return bk_number(env, result);
}

/* data, names, controls, rows, size, control size: the slabs of a batch, whose sizes TypeScript has checked */
static bk_batch read_batch(napi_env env, napi_value *arguments) {
  return (bk_batch){
      .data = bk_bytes(env, arguments[0]).bytes,
      .names = bk_bytes(env, arguments[1]).bytes,
      .controls = bk_bytes(env, arguments[2]).bytes,
      .rows = (bk_batch_row *)bk_bytes(env, arguments[3]).bytes,
      .size = (size_t)bk_int(env, arguments[4]),
      .control_size = (size_t)bk_int(env, arguments[5]),
  };
}

/* (fd, data, names, controls, rows, size, controlSize, first, count, flags) -> messages sent */
static BK_FUNCTION(sendmmsg_) {
  BK_ARGUMENTS(10);
  bk_batch batch = read_batch(env, arguments + 1);
  return bk_number(env, bk_sendmmsg(bk_int(env, arguments[0]), &batch, bk_int(env, arguments[7]),
                                    bk_int(env, arguments[8]), bk_int(env, arguments[9])));
}

/* (fd, data, names, controls, rows, size, controlSize, count, flags) -> messages received */
static BK_FUNCTION(recvmmsg_) {
  BK_ARGUMENTS(9);
  bk_batch batch = read_batch(env, arguments + 1);
  return bk_number(env, bk_recvmmsg(bk_int(env, arguments[0]), &batch, bk_int(env, arguments[7]),
                                    bk_int(env, arguments[8])));
}

/* (fd, file, offset, count) -> bytes sent */
static BK_FUNCTION(sendfile_) {
  BK_ARGUMENTS(4);
  return bk_number(env, bk_sendfile(bk_int(env, arguments[0]), bk_int(env, arguments[1]),
                                    (int64_t)bk_double(env, arguments[2]), (size_t)bk_double(env, arguments[3])));
}

/* (file, into, position) -> bytes read */
static BK_FUNCTION(read_) {
  BK_ARGUMENTS(3);
  return bk_number(env, bk_read(bk_int(env, arguments[0]), bk_bytes(env, arguments[1]),
                                (int64_t)bk_double(env, arguments[2])));
}

/* (file, offset) */
static BK_FUNCTION(seek_) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_seek(bk_int(env, arguments[0]), (int64_t)bk_double(env, arguments[1])));
}

/* (entries: triples of fd, events, and out: the events that hold; milliseconds) -> how many are ready */
static BK_FUNCTION(poll_) {
  BK_ARGUMENTS(2);
  bk_span entries = bk_bytes(env, arguments[0]);
  return bk_number(env, bk_poll((bk_poll_entry *)entries.bytes, entries.length / sizeof(bk_poll_entry),
                                bk_double(env, arguments[1])));
}

void bk_message_exports(napi_env env, napi_value exports) {
  bk_export(env, exports, "sendmsg", sendmsg_);
  bk_export(env, exports, "recvmsg", recvmsg_);
  bk_export(env, exports, "sendmmsg", sendmmsg_);
  bk_export(env, exports, "recvmmsg", recvmmsg_);
  bk_export(env, exports, "sendfile", sendfile_);
  bk_export(env, exports, "read", read_);
  bk_export(env, exports, "seek", seek_);
  bk_export(env, exports, "poll", poll_);
  bk_export_number(env, exports, "batchMax", BK_BATCH_MAX);
  bk_export_number(env, exports, "batchNameSize", BK_NAME_SIZE);
}
