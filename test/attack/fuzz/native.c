/* Gives random control data to the reader of the addon, each in memory that ends where the data ends, so that the address
 * sanitizer sees a read beyond it. What is found must be what was written.
 *
 *   usage: native <seed> <inputs>      exit status 1: the reader has found something else */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/platform.h"

enum { MOST_ITEMS = 5, MOST_DATA = 40, SIZE = MOST_ITEMS * CMSG_SPACE(MOST_DATA), MOST_FDS = SIZE / 4, PIDFD = 4 };

static uint64_t state;

/* xorshift64* */
static uint32_t draw(uint32_t below) {
  state ^= state >> 12, state ^= state << 25, state ^= state >> 27;
  return (uint32_t)((state * 2685821657736338717u) >> 33) % below;
}

typedef struct {
  int count, fds[MOST_FDS];
} list;

static void append(void *context, int fd) {
  list *found = context;
  if (found->count < MOST_FDS) found->fds[found->count] = fd;
  found->count++;
}

typedef struct {
  uint8_t bytes[SIZE];
  size_t length;     /* of all items */
  size_t cut;        /* where the data ends */
  list expected;
} input;

/* Which of the ints of an item are whole, and can be descriptors. */
static void expect(input *in, size_t at, size_t length) {
  size_t data = at + CMSG_LEN(0);
  for (size_t i = 0; i + sizeof(int) <= length && data + i + sizeof(int) <= in->cut; i += sizeof(int)) {
    int fd;
    memcpy(&fd, in->bytes + data + i, sizeof fd);
    if (fd >= 0) append(&in->expected, fd);
  }
}

static int holds(int level, int type) { return level == SOL_SOCKET && (type == SCM_RIGHTS || type == PIDFD); }

/* Items of any length, also one that is no multiple of an int, with data of any kind. */
static void generate(input *in) {
  size_t starts[MOST_ITEMS], lengths[MOST_ITEMS];
  int holding[MOST_ITEMS], count = (int)draw(MOST_ITEMS + 1);
  memset(in, 0, sizeof *in);
  for (int i = 0; i < count; i++) {
    const int levels[] = {SOL_SOCKET, SOL_SOCKET, SOL_SOCKET, 0}, types[] = {SCM_RIGHTS, SCM_RIGHTS, 2, PIDFD};
    size_t length = draw(MOST_DATA + 1);
    struct cmsghdr head = {.cmsg_len = CMSG_LEN(length), .cmsg_level = levels[draw(4)], .cmsg_type = types[draw(4)]};
    memcpy(in->bytes + in->length, &head, sizeof head);
    for (size_t k = 0; k < length; k++) in->bytes[in->length + CMSG_LEN(0) + k] = (uint8_t)draw(256);
    starts[i] = in->length, lengths[i] = length, holding[i] = holds(head.cmsg_level, head.cmsg_type);
    in->length += CMSG_SPACE(length);
  }
  in->cut = draw(3) == 0 ? in->length : draw((uint32_t)in->length + 1);
  for (int i = 0; i < count; i++)
    if (holding[i] && starts[i] + CMSG_LEN(0) <= in->cut) expect(in, starts[i], lengths[i]);
}

static void find(const uint8_t *bytes, size_t length, list *found) {
  uint8_t *copy = malloc(length + 1); /* not aligned: JavaScript's bytes need not be */
  if (copy == NULL) abort();
  if (length > 0) memcpy(copy + 1, bytes, length);
  bk_control_descriptors((bk_span){copy + 1, length}, append, found);
  free(copy);
}

static int is_right(const input *in) {
  list found = {0};
  find(in->bytes, in->cut, &found);
  return found.count == in->expected.count &&
         memcmp(found.fds, in->expected.fds, (size_t)found.count * sizeof(int)) == 0;
}

/* Any change of the lengths: nothing is known of the result, except that no read is beyond the end. */
static void damage(input *in) {
  for (uint32_t i = 0, n = draw(4); i <= n && in->cut > 0; i++) in->bytes[draw((uint32_t)in->cut)] = (uint8_t)draw(256);
  list found = {0};
  find(in->bytes, in->cut, &found);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  state = strtoull(argv[1], NULL, 10) * 2 + 1;
  unsigned long inputs = strtoul(argv[2], NULL, 10);
  for (unsigned long i = 0; i < inputs; i++) {
    static input in;
    generate(&in);
    if (!is_right(&in)) {
      printf("input %lu: of %zu bytes of control data, %zu were given\n", i, in.length, in.cut);
      return 1;
    }
    damage(&in);
  }
  return 0;
}
