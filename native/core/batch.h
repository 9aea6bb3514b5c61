/* The layout of a batch, and the checks that its messages fit into its slabs. */
#ifndef BERKELEY_BATCH_H
#define BERKELEY_BATCH_H

#include "platform.h"

static inline bk_batch_row *bk_batch_rows(const bk_batch *batch) {
  return (bk_batch_row *)(void *)batch->rows.bytes;
}

/* The row of a received message, from the lengths that the kernel returned. */
static inline bk_batch_row bk_received_row(const bk_batch *batch, int32_t length, int32_t name, int32_t control,
                                           int32_t flags) {
  return (bk_batch_row){.length = length < batch->size ? length : batch->size,
                        .name_length = name < BK_NAME_SIZE ? name : BK_NAME_SIZE,
                        .control_length = control,
                        .flags = flags,
                        .full_length = length};
}

/* Whether the slabs have memory for the messages from `first` to `first + count`. 0, -EINVAL or -EFAULT. */
int bk_check_batch(const bk_batch *batch, int first, int count);

/* Whether also the parts of each message to send fit into its slots. */
int bk_check_batch_to_send(const bk_batch *batch, int first, int count);

#endif
