/* Tests of native/core/message.c and of bk_poll: messages with all their parts, and many messages per call. */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "core/platform.h"
#include "test/portable.h"

#undef NDEBUG
#include <assert.h>

static bk_span span(void *bytes, size_t length) { return (bk_span){bytes, length}; }

static void pair_of(int type, int32_t pair[2]) { assert(bk_socketpair(AF_UNIX, type, 0, pair) == 0); }

static void close_pair(const int32_t pair[2]) {
  assert(bk_close(pair[0]) == 0 && bk_close(pair[1]) == 0);
}

static int open_descriptors(void) {
  int count = 0;
  DIR *directory = opendir(DESCRIPTOR_FOLDER);
  while (readdir(directory) != NULL) count++;
  closedir(directory);
  return count;
}

/* A UDP socket on loopback, and its address. */
static int udp(struct sockaddr_in *address) {
  int fd = bk_socket(AF_INET, SOCK_DGRAM, 0);
  *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  assert(bk_bind(fd, span(address, sizeof *address)) == 0);
  bk_address name;
  assert(bk_getsockname(fd, &name) == 0);
  memcpy(address, name.bytes, sizeof *address);
  return fd;
}

static void gathers_and_scatters(void) {
  struct sockaddr_in to, from, sender;
  int a = udp(&to), b = udp(&from);
  bk_span pieces[] = {span("one ", 4), span(NULL, 0), span("two", 3)};
  bk_message out = {.buffers = pieces, .count = 3, .name = span(&to, sizeof to)};
  assert(bk_sendmsg(b, &out, 0) == 7 && bk_sendmsg(b, &out, 0) == 7);
  char first[2], second[5];
  bk_span parts[] = {span(first, sizeof first), span(second, sizeof second)};
  bk_message in = {.buffers = parts, .count = 2, .name = span(&sender, sizeof sender)};
  assert(bk_recvmsg(a, &in, 0) == 7 && in.flags == 0 && in.control.length == 0);
  assert(memcmp(first, "on", 2) == 0 && memcmp(second, "e two", 5) == 0);
  assert(in.name.length == sizeof from && memcmp(&sender, &from, 8) == 0);
  in = (bk_message){.buffers = parts, .count = 1};
  assert(bk_recvmsg(a, &in, 0) == 2 && in.flags == MSG_TRUNC && in.name.length == 0);
  in = (bk_message){.buffers = parts, .count = 1};
  assert(bk_recvmsg(a, &in, MSG_DONTWAIT) == -EAGAIN && bk_recvmsg(-1, &in, 0) == -EBADF);
  assert(bk_sendmsg(-1, &out, 0) == -EBADF);
  bk_close(a);
  bk_close(b);
}

static void cuts_what_is_too_many_pieces(void) {
  int32_t pair[2];
  pair_of(SOCK_STREAM, pair);
  static char bytes[2 * IOV_MAX];
  static bk_span pieces[2 * IOV_MAX];
  for (int i = 0; i < 2 * IOV_MAX; i++) pieces[i] = span(bytes + i, 1);
  bk_message message = {.buffers = pieces, .count = 2 * IOV_MAX};
  assert(bk_sendmsg(pair[0], &message, 0) == IOV_MAX);
  assert(bk_recvmsg(pair[1], &message, 0) == IOV_MAX);
  bk_close(pair[1]);
  assert(bk_sendmsg(pair[0], &message, 0) == -EPIPE); /* and no SIGPIPE */
  bk_close(pair[0]);
}

typedef union {
  struct cmsghdr align;
  char bytes[CMSG_SPACE(8 * sizeof(int))];
} control_memory;

/* A byte with `count` descriptors. */
static void send_descriptors(int socket, int count, const int *fds) {
  control_memory control;
  memset(&control, 0, sizeof control);
  control.align = (struct cmsghdr){
      .cmsg_len = CMSG_LEN((size_t)count * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
  memcpy(CMSG_DATA(&control.align), fds, (size_t)count * sizeof(int));
  bk_span data = span("x", 1);
  bk_span rights = span(control.bytes, CMSG_SPACE((size_t)count * sizeof(int)));
  bk_message message = {.buffers = &data, .count = 1, .control = rights};
  assert(bk_sendmsg(socket, &message, 0) == 1);
}

/* Closes the received descriptors and returns their number. */
static int take_descriptors(const bk_message *message) {
  const struct cmsghdr *head = (const struct cmsghdr *)message->control.bytes;
  if (message->control.length < CMSG_LEN(0)) return 0;
  assert(head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS);
  assert(head->cmsg_len <= message->control.length);
  int count = (int)((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
  for (int i = 0; i < count; i++) {
    int fd;
    memcpy(&fd, CMSG_DATA(head) + (size_t)i * sizeof(int), sizeof fd);
    assert(bk_get_inheritable(fd) == 0);
    assert(bk_close(fd) == 0);
  }
  return count;
}

static void carries_descriptors(void) {
  int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
  int before = open_descriptors();
  for (int t = 0; t < 3; t++) {
    int32_t pair[2];
    int result = bk_socketpair(AF_UNIX, types[t], 0, pair);
    if (result == -EPROTONOSUPPORT) continue; /* macOS has no SOCK_SEQPACKET */
    assert(result == 0);
    int three[] = {pair[0], pair[1], pair[0]};
    for (size_t most = 0; most <= 3; most++) {
      send_descriptors(pair[0], 3, three);
      control_memory control;
      char byte;
      bk_span data = span(&byte, 1);
      size_t length = most == 0 ? 0 : CMSG_LEN(most * sizeof(int));
      bk_message in = {.buffers = &data, .count = 1, .control = span(control.bytes, length)};
      assert(bk_recvmsg(pair[1], &in, 0) == 1 && byte == 'x');
      assert(take_descriptors(&in) == (int)most);
      assert(in.flags == (most < 3 ? MSG_CTRUNC : 0));
    }
    close_pair(pair);
  }
  assert(open_descriptors() == before);
}

/* AF_PACKET refuses MSG_CMSG_CLOEXEC; the call must succeed anyway. */
static void asks_families_that_know_few_flags(void) {
#ifdef AF_PACKET
  int fd = bk_socket(AF_PACKET, SOCK_RAW, 0);
  if (fd == -EPERM || fd == -EAFNOSUPPORT) return;
  control_memory control;
  char bytes[8], names[BK_NAME_SIZE];
  bk_span data = span(bytes, sizeof bytes);
  bk_message in = {.buffers = &data, .count = 1, .control = span(control.bytes, sizeof control)};
  assert(bk_recvmsg(fd, &in, MSG_DONTWAIT) == -EAGAIN);
  bk_batch_row row;
  bk_batch batch = {span(bytes, sizeof bytes), span(names, sizeof names), span(control.bytes, sizeof control),
                    span(&row, sizeof row), sizeof bytes, sizeof control};
  assert(bk_recvmmsg(fd, &batch, 1, MSG_DONTWAIT) == -EAGAIN);
  bk_close(fd);
#endif
}

enum { SIZE = 16, CONTROL = 64, MESSAGES = 4 };

typedef struct {
  uint8_t data[MESSAGES * SIZE], names[MESSAGES * BK_NAME_SIZE];
  _Alignas(struct cmsghdr) uint8_t controls[MESSAGES * CONTROL];
  bk_batch_row rows[MESSAGES];
} slabs;

static bk_batch batch_of(slabs *memory) {
  return (bk_batch){span(memory->data, sizeof memory->data),
                    span(memory->names, sizeof memory->names),
                    span(memory->controls, sizeof memory->controls),
                    span(memory->rows, sizeof memory->rows),
                    SIZE,
                    CONTROL};
}

static void moves_many_messages(void) {
  struct sockaddr_in to, from;
  int a = udp(&to), b = udp(&from), on = 1;
  setsockopt(a, IPPROTO_IP, IP_RECVTTL, &on, sizeof on);
  slabs out = {0}, in = {0};
  bk_batch sending = batch_of(&out), receiving = batch_of(&in);
  for (int i = 0; i < MESSAGES; i++) {
    memset(out.data + i * SIZE, 'a' + i, SIZE);
    memcpy(out.names + i * BK_NAME_SIZE, &to, sizeof to);
    struct cmsghdr *head = (struct cmsghdr *)(out.controls + i * CONTROL);
    *head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_TTL};
    int ttl = 10 + i;
    memcpy(CMSG_DATA(head), &ttl, sizeof ttl);
    out.rows[i] = (bk_batch_row){.length = i + 1, .name_length = sizeof to, .control_length = CMSG_SPACE(sizeof(int))};
  }
  assert(bk_sendmmsg(b, &sending, 1, 3, 0) == 3 && bk_sendmmsg(b, &sending, 0, 1, 0) == 1);
  assert(bk_recvmmsg(a, &receiving, MESSAGES, 0) == MESSAGES);
  int order[] = {1, 2, 3, 0};
  for (int i = 0; i < MESSAGES; i++) {
    int from_row = order[i], ttl;
    const bk_batch_row *row = &in.rows[i];
    assert(row->length == from_row + 1 && row->flags == 0 && row->name_length == sizeof from);
    assert(in.data[i * SIZE] == 'a' + from_row && in.data[i * SIZE + from_row] == 'a' + from_row);
    assert(memcmp(in.names + i * BK_NAME_SIZE, &from, 8) == 0);
    assert(row->control_length >= (int)CMSG_LEN(sizeof(int)));
    memcpy(&ttl, CMSG_DATA((struct cmsghdr *)(in.controls + i * CONTROL)), sizeof ttl);
    assert(ttl == 10 + from_row);
  }
  assert(bk_recvmmsg(a, &receiving, MESSAGES, MSG_DONTWAIT) == -EAGAIN);
  bk_close(a);
  bk_close(b);
}

static void stops_many_messages_where_they_fail(void) {
  struct sockaddr_in to, from;
  int a = udp(&to), b = udp(&from);
  slabs out = {0}, in = {0};
  bk_batch sending = batch_of(&out), receiving = batch_of(&in);
  for (int i = 0; i < MESSAGES; i++) {
    memcpy(out.names + i * BK_NAME_SIZE, &to, sizeof to);
    out.rows[i] = (bk_batch_row){.length = SIZE, .name_length = i == 2 ? 3 : sizeof to};
  }
  assert(bk_sendmmsg(b, &sending, 0, MESSAGES, 0) == 2);
  assert(bk_sendmmsg(b, &sending, 2, 2, 0) == -EINVAL);
  assert(bk_sendmmsg(b, &sending, 3, 1, 0) == 1);
  /* A blocking socket waits for the first message only; a message that is too long is cut. */
  receiving.size = 5;
  receiving.control_size = 0;
  assert(bk_recvmmsg(a, &receiving, MESSAGES, 0) == 3);
  assert(in.rows[0].length == 5 && in.rows[0].flags == MSG_TRUNC && in.rows[0].control_length == 0);
  assert(in.rows[0].full_length == 5);
  /* With MSG_TRUNC, the kernel returns the true length, but only 5 bytes are in the slot. */
  assert(bk_sendmmsg(b, &sending, 3, 1, 0) == 1 && bk_recvmmsg(a, &receiving, 1, MSG_TRUNC) == 1);
  assert(in.rows[0].length == 5 && in.rows[0].full_length == SIZE);
  assert(bk_sendmmsg(-1, &sending, 0, 1, 0) == -EBADF && bk_recvmmsg(-1, &receiving, 1, 0) == -EBADF);
  bk_close(a);
  bk_close(b);
}

static void many_messages_without_names_or_controls(void) {
  int32_t pair[2];
  pair_of(SOCK_DGRAM, pair);
  slabs out = {0}, in = {0};
  bk_batch sending = batch_of(&out), receiving = batch_of(&in);
  sending.control_size = receiving.control_size = 0;
  for (int i = 0; i < MESSAGES; i++) out.rows[i].length = i;
  assert(bk_sendmmsg(pair[0], &sending, 0, MESSAGES, 0) == MESSAGES);
  assert(bk_recvmmsg(pair[1], &receiving, MESSAGES, 0) == MESSAGES);
  for (int i = 0; i < MESSAGES; i++) assert(in.rows[i].length == i && in.rows[i].name_length == 0);
  close_pair(pair);
}

/* A slab that is one byte too short for the messages, and counts and lengths that do not fit: nothing is sent. */
static void refuses_batches_that_do_not_fit(void) {
  int32_t pair[2];
  pair_of(SOCK_DGRAM, pair);
  slabs memory = {0};
  for (size_t slab = 0; slab < 4; slab++) {
    bk_batch batch = batch_of(&memory);
    bk_span *spans[] = {&batch.data, &batch.names, &batch.controls, &batch.rows};
    spans[slab]->length--;
    assert(bk_recvmmsg(pair[1], &batch, MESSAGES, MSG_DONTWAIT) == -EFAULT);
    assert(bk_sendmmsg(pair[0], &batch, 0, MESSAGES, 0) == -EFAULT);
    assert(bk_sendmmsg(pair[0], &batch, 1, MESSAGES - 1, 0) == -EFAULT);
    assert(bk_sendmmsg(pair[0], &batch, MESSAGES - 1, 1, 0) == -EFAULT);
    *spans[slab] = span(NULL, 0); /* detached memory */
    assert(bk_recvmmsg(pair[1], &batch, 1, MSG_DONTWAIT) == -EFAULT);
  }
  bk_batch batch = batch_of(&memory);
  assert(bk_sendmmsg(pair[0], &batch, MESSAGES, 1, 0) == -EFAULT);
  assert(bk_sendmmsg(pair[0], &batch, -1, 1, 0) == -EINVAL && bk_sendmmsg(pair[0], &batch, 0, -1, 0) == -EINVAL);
  assert(bk_sendmmsg(pair[0], &batch, INT_MAX, 1, 0) == -EINVAL);
  assert(bk_recvmmsg(pair[1], &batch, -1, MSG_DONTWAIT) == -EINVAL);
  batch.size = INT_MAX;
  assert(bk_recvmmsg(pair[1], &batch, MESSAGES, MSG_DONTWAIT) == -EFAULT);
  batch.size = -1;
  assert(bk_recvmmsg(pair[1], &batch, MESSAGES, MSG_DONTWAIT) == -EINVAL);
  batch = batch_of(&memory);
  batch.rows = span(batch.rows.bytes + 1, batch.rows.length - 1);
  assert(bk_recvmmsg(pair[1], &batch, 1, MSG_DONTWAIT) == -EINVAL);
  batch = batch_of(&memory);
  const bk_batch_row wrong[] = {
      {.length = SIZE + 1}, {.name_length = BK_NAME_SIZE + 1}, {.control_length = CONTROL + 1}};
  for (int i = 0; i < 3; i++) {
    memory.rows[1] = wrong[i];
    assert(bk_sendmmsg(pair[0], &batch, 0, 2, 0) == -EFAULT);
  }
  memory.rows[1] = (bk_batch_row){.length = -1};
  assert(bk_sendmmsg(pair[0], &batch, 0, 2, 0) == -EINVAL);
  assert(bk_recvmmsg(pair[1], &batch, MESSAGES, MSG_DONTWAIT) == -EAGAIN);
  close_pair(pair);
}

static void finds_the_control_data_of_a_batch(void) {
  slabs memory = {0};
  bk_batch batch = batch_of(&memory);
  memory.rows[1].control_length = 24;
  memory.rows[2].control_length = CONTROL + 1;
  assert(bk_batch_control(&batch, 1).length == 24);
  assert(bk_batch_control(&batch, 2).bytes == memory.controls + 2 * CONTROL);
  assert(bk_batch_control(&batch, 2).length == CONTROL);
  batch.control_size = 0;
  assert(bk_batch_control(&batch, 1).length == 0);
}

static void on_signal(int number) { (void)number; }

static void *interrupt(void *thread) {
  for (int i = 0; i < 10; i++) {
    usleep(3000);
    pthread_kill(*(pthread_t *)thread, SIGUSR2);
  }
  return NULL;
}

/* A signal ends neither a receive nor a poll call. */
static void goes_on_after_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGUSR2, &action, NULL);
  int32_t pair[2];
  pair_of(SOCK_DGRAM, pair);
  struct timeval limit = {.tv_usec = 40000};
  setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  pthread_t self = pthread_self(), other;
  char byte;
  bk_span data = span(&byte, 1);
  bk_message in = {.buffers = &data, .count = 1};
  slabs memory = {0};
  bk_batch batch = batch_of(&memory);
  for (int round = 0; round < 3; round++) {
    pthread_create(&other, NULL, interrupt, &self);
    bk_poll_entry entry = {.fd = pair[0], .events = POLLIN};
    if (round == 0) assert(bk_recvmsg(pair[0], &in, 0) == -EAGAIN);
    if (round == 1) assert(bk_recvmmsg(pair[0], &batch, 1, 0) == -EAGAIN);
    if (round == 2) assert(bk_poll(&entry, 1, 40) == 0 && entry.ready == 0);
    pthread_join(other, NULL);
  }
  close_pair(pair);
}

static void polls_many(void) {
  int32_t pair[2];
  pair_of(SOCK_STREAM, pair);
  bk_poll_entry entries[] = {{.fd = pair[0], .events = POLLIN},
                             {.fd = pair[1], .events = POLLIN | POLLOUT},
                             {.fd = 9999, .events = POLLIN},
                             {.fd = -1, .events = POLLIN}};
  assert(bk_poll(entries, 1, 0) == 0 && entries[0].ready == 0);
  assert(bk_send(pair[1], span("x", 1), 0) == 1);
  assert(bk_poll(entries, 4, -1) == 3);
  assert(entries[0].ready == POLLIN && entries[1].ready == POLLOUT);
  assert(entries[2].ready == POLLNVAL && entries[3].ready == 0);
  bk_close(pair[0]);
  assert(bk_poll(entries + 1, 1, -1) == 1 && (entries[1].ready & POLLHUP));
  assert(bk_poll(NULL, 0, 1) == 0);
  bk_close(pair[1]);
}

int messages(void) {
  void (*tests[])(void) = {
      gathers_and_scatters, cuts_what_is_too_many_pieces,        carries_descriptors,
      moves_many_messages,  stops_many_messages_where_they_fail, many_messages_without_names_or_controls,
      polls_many,           goes_on_after_signals,               asks_families_that_know_few_flags,
      refuses_batches_that_do_not_fit, finds_the_control_data_of_a_batch,
  };
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) tests[i]();
  return (int)(sizeof tests / sizeof *tests);
}
