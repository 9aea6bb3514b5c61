/* The descriptors that one instance of the package has open, one bit each.
 *
 * A worker can be terminated between any two lines of JavaScript, and no JavaScript runs after that. So the native call
 * that opens a descriptor also adds it here, and bk_owned_close_all closes what is left when the environment ends. Only
 * the thread of the instance uses its table. */
#ifndef BERKELEY_OWNED_H
#define BERKELEY_OWNED_H

#include <stddef.h>
#include <stdint.h>

/* Empty when all zero. */
typedef struct {
  uint8_t *bits;
  size_t size; /* of `bits`, in bytes */
} bk_owned;

/* Adds a descriptor. Returns 0 or -ENOMEM. */
int bk_owned_add(bk_owned *owned, int fd);

/* Adds a descriptor that other code opened. Returns 0, -EBADF if it is not open, or -ENOMEM. */
int bk_owned_adopt(bk_owned *owned, int fd);

/* Removes a descriptor, if it is in the table. */
void bk_owned_remove(bk_owned *owned, int fd);

int bk_owned_has(const bk_owned *owned, int fd);

/* Adds a descriptor that a system call has just returned, and returns it. Without memory for it, it is closed and the
 * result is -ENOMEM. Returns a negative `fd` (-errno) unchanged. */
int bk_owned_keep(bk_owned *owned, int fd);

/* Empties the table without closing anything. */
void bk_owned_forget_all(bk_owned *owned);

/* Closes every descriptor in the table, and empties it. */
void bk_owned_close_all(bk_owned *owned);

#endif
