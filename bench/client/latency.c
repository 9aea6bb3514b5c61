/* The times of single messages: the median and the 99th percentile of the last messages. */
#include <stdlib.h>

#include "client.h"

enum { SAMPLES = 1 << 16 };

static int64_t samples[SAMPLES], count;

void latency_reset(void) { count = 0; }

void latency_add(int64_t nanoseconds) { samples[count++ % SAMPLES] = nanoseconds; }

static int ascending(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

/* Sorts the samples; false if there are none. */
bool latency_percentiles(int64_t *p50, int64_t *p99) {
  size_t kept = (size_t)(count < SAMPLES ? count : SAMPLES);
  if (kept == 0) return false;
  qsort(samples, kept, sizeof *samples, ascending);
  *p50 = samples[kept / 2];
  *p99 = samples[kept * 99 / 100];
  return true;
}
