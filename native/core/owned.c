/* The table of owned descriptors: a bitmap that grows to the highest descriptor. */
#include "owned.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "platform.h"

enum { BITS_PER_BYTE = 8, FIRST_SIZE = 32 };

static size_t byte_of(int fd) { return (size_t)fd / BITS_PER_BYTE; }

static uint8_t bit_of(int fd) { return (uint8_t)(1u << (unsigned)fd % BITS_PER_BYTE); }

static int grow(bk_owned *owned, size_t needed) {
  size_t size = owned->size == 0 ? FIRST_SIZE : owned->size;
  while (size < needed) size *= 2;
  uint8_t *bits = realloc(owned->bits, size);
  if (bits == NULL) return -ENOMEM;
  memset(bits + owned->size, 0, size - owned->size);
  owned->bits = bits;
  owned->size = size;
  return 0;
}

int bk_owned_add(bk_owned *owned, int fd) {
  if (byte_of(fd) >= owned->size && grow(owned, byte_of(fd) + 1) < 0) return -ENOMEM;
  owned->bits[byte_of(fd)] |= bit_of(fd);
  return 0;
}

int bk_owned_adopt(bk_owned *owned, int fd) {
  if (bk_owned_has(owned, fd)) return 0;
  /* The table would grow to any number, so only numbers of open descriptors are added. */
  int result = bk_get_inheritable(fd);
  return result < 0 ? result : bk_owned_add(owned, fd);
}

void bk_owned_remove(bk_owned *owned, int fd) {
  if (bk_owned_has(owned, fd)) owned->bits[byte_of(fd)] &= (uint8_t)~bit_of(fd);
}

int bk_owned_has(const bk_owned *owned, int fd) {
  return fd >= 0 && byte_of(fd) < owned->size && (owned->bits[byte_of(fd)] & bit_of(fd)) != 0;
}

int bk_owned_keep(bk_owned *owned, int fd) {
  if (fd < 0 || bk_owned_add(owned, fd) == 0) return fd;
  bk_close(fd);
  return -ENOMEM;
}

void bk_owned_forget_all(bk_owned *owned) {
  free(owned->bits);
  *owned = (bk_owned){0};
}

void bk_owned_close_all(bk_owned *owned) {
  for (size_t byte = 0; byte < owned->size; byte++) {
    for (int bit = 0; owned->bits[byte] >> bit != 0; bit++)
      if (owned->bits[byte] >> bit & 1) bk_close((int)(byte * BITS_PER_BYTE) + bit);
  }
  bk_owned_forget_all(owned);
}
