/* Tests of the table of owned descriptors, and of the search for descriptors in control data. */
#include "core/owned.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/platform.h"
#include "test/portable.h"

#undef NDEBUG
#include <assert.h>

static int is_open(int fd) { return fcntl(fd, F_GETFD) >= 0; }

static int open_at(int fd) {
  int source = bk_socket(AF_UNIX, SOCK_STREAM, 0);
  assert(source >= 0 && dup2(source, fd) == fd);
  bk_close(source);
  return fd;
}

static void closes_what_is_owned(void) {
  bk_owned owned = {0};
  const int mine[] = {100, 103, 104, 255, 256, 300};
  const int others[] = {101, 107, 257};
  for (size_t i = 0; i < sizeof mine / sizeof *mine; i++) assert(bk_owned_add(&owned, open_at(mine[i])) == 0);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) assert(bk_owned_add(&owned, open_at(others[i])) == 0);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) bk_owned_remove(&owned, others[i]);
  assert(bk_owned_has(&owned, 103) && !bk_owned_has(&owned, 101) && !bk_owned_has(&owned, 102));
  bk_owned_close_all(&owned);
  for (size_t i = 0; i < sizeof mine / sizeof *mine; i++) assert(!is_open(mine[i]));
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) assert(is_open(others[i]) && bk_close(others[i]) == 0);
  /* Each descriptor is closed once: a number that other code has reopened stays open. */
  assert(!bk_owned_has(&owned, 103));
  open_at(103);
  bk_owned_close_all(&owned);
  assert(is_open(103) && bk_close(103) == 0);
}

static void ignores_numbers_that_are_not_owned(void) {
  bk_owned owned = {0};
  assert(!bk_owned_has(&owned, -1) && !bk_owned_has(&owned, 0) && !bk_owned_has(&owned, 0x7fffffff));
  bk_owned_remove(&owned, -1);
  bk_owned_remove(&owned, 5);
  bk_owned_remove(&owned, 0x7fffffff);
  assert(bk_owned_keep(&owned, -EMFILE) == -EMFILE);
  assert(owned.size == 0);
  assert(bk_owned_adopt(&owned, -1) == -EBADF && bk_owned_adopt(&owned, 0x7fffffff) == -EBADF);
  assert(owned.size == 0); /* no memory for numbers that are not open */
}

static void takes_over_and_gives_away(void) {
  bk_owned owned = {0};
  int fd = bk_socket(AF_UNIX, SOCK_STREAM, 0);
  assert(bk_owned_adopt(&owned, fd) == 0 && bk_owned_adopt(&owned, fd) == 0 && bk_owned_has(&owned, fd));
  bk_owned_remove(&owned, fd);
  bk_owned_close_all(&owned);
  assert(is_open(fd));
  assert(bk_owned_keep(&owned, fd) == fd);
  bk_owned_forget_all(&owned);
  assert(is_open(fd) && bk_close(fd) == 0);
}

enum { LISTED = 64 };

typedef struct {
  int count, fds[LISTED];
} list;

static void append(void *context, int fd) {
  list *found = context;
  assert(found->count < LISTED);
  found->fds[found->count++] = fd;
}

/* Adds a control message, and returns the offset of the next one. */
static size_t put(uint8_t *bytes, size_t at, int level, int type, const void *data, size_t length) {
  struct cmsghdr head = {.cmsg_len = CMSG_LEN(length), .cmsg_level = level, .cmsg_type = type};
  memcpy(bytes + at, &head, sizeof head);
  memcpy(bytes + at + CMSG_LEN(0), data, length);
  return at + CMSG_SPACE(length);
}

static list find(const uint8_t *bytes, size_t length) {
  list found = {0};
  /* A copy of exactly this length, so that the address sanitizer sees a read beyond it; not aligned. */
  uint8_t copy[length + 1];
  memcpy(copy + 1, bytes, length);
  bk_control_descriptors((bk_span){copy + 1, length}, append, &found);
  return found;
}

enum { PIDFD = 4 };

static void finds_descriptors_in_control_data(void) {
  uint8_t bytes[256] = {0};
  const int three[] = {7, 8, 9}, pidfd = 12, failed = -3, other = 99;
  size_t length = put(bytes, 0, SOL_SOCKET, SCM_CREDENTIALS, three, sizeof three);
  length = put(bytes, length, SOL_SOCKET, SCM_RIGHTS, three, sizeof three);
  length = put(bytes, length, IPPROTO_IP, SCM_RIGHTS, &other, sizeof other);
  length = put(bytes, length, SOL_SOCKET, PIDFD, &pidfd, sizeof pidfd);
  length = put(bytes, length, SOL_SOCKET, PIDFD, &failed, sizeof failed);
  list found = find(bytes, length);
  assert(found.fds[0] == 7 && found.fds[2] == 9);
#ifdef __linux__
  assert(found.count == 4 && found.fds[3] == 12);
#else
  assert(found.count == 3);
#endif
  assert(find(bytes, 0).count == 0 && find(bytes, CMSG_LEN(0) - 1).count == 0);
}

/* Control data that ends anywhere, or whose lengths are wrong, is never read beyond its end. */
static void survives_damaged_control_data(void) {
  uint8_t bytes[256] = {0};
  const int three[] = {7, 8, 9};
  size_t first = put(bytes, 0, SOL_SOCKET, SCM_RIGHTS, three, sizeof three);
  size_t length = put(bytes, first, SOL_SOCKET, SCM_RIGHTS, three, sizeof three);
  for (size_t cut = 0; cut <= length; cut++) {
    size_t ints = cut < CMSG_LEN(0) ? 0 : (cut - CMSG_LEN(0)) / sizeof(int);
    if (ints > 3) ints = 3;
    if (cut >= first + CMSG_LEN(0)) ints += (cut - first - CMSG_LEN(0)) / sizeof(int);
    assert(find(bytes, cut).count == (int)(ints > 6 ? 6 : ints));
  }
  const size_t wrong[] = {0, 1, CMSG_LEN(0) - 1, SIZE_MAX, SIZE_MAX - 7, SIZE_MAX / 2};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    struct cmsghdr head = {.cmsg_len = wrong[i], .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(bytes + first, &head, sizeof head);
    int rest = (int)((length - first - CMSG_LEN(0)) / sizeof(int));
    assert(find(bytes, length).count == (wrong[i] < CMSG_LEN(0) ? 3 : 3 + rest));
  }
}

static void owns_what_it_receives(void) {
  int32_t pair[2];
  assert(bk_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  union {
    struct cmsghdr align;
    uint8_t bytes[CMSG_SPACE(2 * sizeof(int))];
  } control = {0};
  put(control.bytes, 0, SOL_SOCKET, SCM_RIGHTS, pair, sizeof pair);
  char byte = 'x';
  bk_span data = {(uint8_t *)&byte, 1};
  bk_message message = {.buffers = &data, .count = 1, .control = {control.bytes, sizeof control}};
  assert(bk_sendmsg(pair[0], &message, 0) == 1 && bk_recvmsg(pair[1], &message, 0) == 1);
  list found = {0};
  bk_control_descriptors(message.control, append, &found);
  assert(found.count == 2);
  bk_owned owned = {0};
  for (int i = 0; i < 2; i++) assert(bk_owned_add(&owned, found.fds[i]) == 0 && is_open(found.fds[i]));
  bk_owned_close_all(&owned);
  for (int i = 0; i < 2; i++) assert(!is_open(found.fds[i]) && bk_close(pair[i]) == 0);
}

int owned(void) {
  void (*tests[])(void) = {closes_what_is_owned,  ignores_numbers_that_are_not_owned, takes_over_and_gives_away,
                           owns_what_it_receives, finds_descriptors_in_control_data,  survives_damaged_control_data};
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) tests[i]();
  return (int)(sizeof tests / sizeof *tests);
}
