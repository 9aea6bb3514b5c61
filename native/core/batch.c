/* The memory of batches, on every platform. */
#include "batch.h"

#include <limits.h>

static int fits(bk_span slab, int64_t count, int64_t size) { return (uint64_t)(count * size) <= slab.length; }

int bk_check_batch(const bk_batch *batch, int first, int count) {
  if (first < 0 || count < 0 || batch->size < 0 || batch->control_size < 0) return -EINVAL;
  int64_t end = (int64_t)first + count;
  if (end > INT_MAX || (uintptr_t)batch->rows.bytes % _Alignof(bk_batch_row) != 0) return -EINVAL;
  if (!fits(batch->data, end, batch->size) || !fits(batch->controls, end, batch->control_size)) return -EFAULT;
  if (!fits(batch->names, end, BK_NAME_SIZE) || !fits(batch->rows, end, sizeof(bk_batch_row))) return -EFAULT;
  return 0;
}

int bk_check_batch_to_send(const bk_batch *batch, int first, int count) {
  int result = bk_check_batch(batch, first, count);
  for (int i = first; result == 0 && i < first + count; i++) {
    const bk_batch_row *row = &bk_batch_rows(batch)[i];
    if (row->length < 0 || row->name_length < 0 || row->control_length < 0) return -EINVAL;
    if (row->length > batch->size || row->name_length > BK_NAME_SIZE) return -EFAULT;
    if (row->control_length > batch->control_size) return -EFAULT;
  }
  return result;
}

bk_span bk_batch_control(const bk_batch *batch, int index) {
  size_t length = (size_t)bk_batch_rows(batch)[index].control_length, size = (size_t)batch->control_size;
  if (size == 0) return (bk_span){NULL, 0};
  return (bk_span){batch->controls.bytes + (size_t)index * size, length < size ? length : size};
}
