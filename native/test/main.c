/* Tests of the core as plain C, under the address and undefined-behaviour sanitizers. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/sockios.h>
#include <net/if_arp.h>
#endif

#include "core/platform.h"
#include "core/poller.h"
#include "test/portable.h"

#undef NDEBUG
#include <assert.h>

int messages(void); /* messages.c */
int names(void);    /* names.c */
int owned(void);    /* owned.c */

static bk_span span(void *bytes, size_t length) { return (bk_span){bytes, length}; }

static struct sockaddr_in loopback(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  return address;
}

static void closes_on_exec(void) {
  int32_t pair[2];
  assert(bk_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  int copy = bk_dup(pair[0]);
  for (int i = 0; i < 3; i++) assert(bk_get_inheritable(i < 2 ? pair[i] : copy) == 0);
  assert(bk_set_inheritable(copy, 1) == 0 && bk_get_inheritable(copy) == 1);
  assert(bk_set_nonblocking(copy, 1) == 0 && bk_get_nonblocking(pair[0]) == 1);
  assert(bk_close(copy) == 0 && bk_close(pair[0]) == 0 && bk_close(pair[1]) == 0);
  assert(bk_close(pair[0]) == -EBADF);
}

static void returns_errno(void) {
  char byte;
  bk_address address;
  assert(bk_socket(-1, SOCK_STREAM, 0) == -EAFNOSUPPORT);
  assert(bk_recv(-1, span(&byte, 1), 0) == -EBADF);
  assert(bk_getsockname(0x7fffffff, &address) == -EBADF);
  assert(bk_if_nametoindex("no-such-interface") == -ENODEV);
  assert(bk_getprotobyname("no-such-protocol") == -ENOENT);
}

static void never_raises_sigpipe(void) {
  int32_t pair[2];
  assert(bk_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  bk_close(pair[1]);
  assert(bk_send(pair[0], span("x", 1), 0) == -EPIPE);
  bk_close(pair[0]);
}

static void moves_datagrams_with_addresses(void) {
  struct sockaddr_in to = loopback();
  int a = bk_socket(AF_INET, SOCK_DGRAM, 0), b = bk_socket(AF_INET, SOCK_DGRAM, 0);
  assert(bk_bind(a, span(&to, sizeof to)) == 0);
  bk_address name, from;
  assert(bk_getsockname(a, &name) == 0 && name.length == sizeof to);
  assert(bk_sendto(b, span("hello", 5), 0, span(name.bytes, (size_t)name.length)) == 5);
  char data[16];
  assert(bk_recvfrom(a, span(data, sizeof data), 0, &from) == 5 && memcmp(data, "hello", 5) == 0);
  bk_address sender;
  assert(bk_getsockname(b, &sender) == 0);
  assert(from.length == sizeof to && memcmp(from.bytes + 2, sender.bytes + 2, 2) == 0);
  assert(bk_recv(a, span(data, sizeof data), MSG_DONTWAIT) == -EAGAIN);
  bk_close(a);
  bk_close(b);
}

/* Collects what is pending for one descriptor, which can be in two entries: its id, and its events together. */
static bk_event collect(int poller) {
  bk_event events[BK_EVENTS_MAX], all = {0, 0};
  int count = bk_poller_collect(poller, events, BK_EVENTS_MAX);
  for (int i = 0; i < count; i++) {
    assert(i == 0 || events[i].id == all.id);
    all = (bk_event){events[i].id, all.events | events[i].events};
  }
  return all;
}

static void reports_edges_once(void) {
  int32_t pair[2];
  int poller = bk_poller_open();
  assert(bk_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  assert(bk_poller_add(poller, pair[0], 0x7fffffff, POLLIN | BK_EDGE) == 0);
  assert(collect(poller).events == 0);
  bk_send(pair[1], span("x", 1), 0);
  bk_event found = collect(poller);
  assert(found.id == 0x7fffffff && found.events == POLLIN);
  assert(collect(poller).events == 0);
  assert(bk_poller_modify(poller, pair[0], 2, POLLIN | POLLOUT | BK_EDGE) == 0);
  assert(collect(poller).events == (POLLIN | POLLOUT));
  assert(bk_poller_remove(poller, pair[0]) == 0 && bk_poller_remove(poller, pair[0]) == -ENOENT);
  bk_close(pair[0]);
  bk_close(pair[1]);
  bk_close(poller);
}

static void checks_lengths_of_options(void) {
  int fd = bk_socket(AF_INET, SOCK_DGRAM, 0), on = 1;
  assert(bk_setsockopt(fd, SOL_SOCKET, SO_BROADCAST, span(&on, (size_t)INT_MAX + 1)) == -EINVAL);
  assert(bk_setsockopt(fd, SOL_SOCKET, SO_BROADCAST, span(&on, sizeof on)) == 0);
#ifdef __linux__
  /* 65,537 instructions: the kernel's 16-bit count would be 1. */
  assert(bk_set_filter(fd, SOL_SOCKET, SO_ATTACH_FILTER, span(&on, 65537 * 8)) == -EINVAL);
#else
  assert(bk_set_filter(fd, SOL_SOCKET, 0, span(&on, sizeof on)) == -ENOPROTOOPT);
#endif
  bk_close(fd);
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void on_signal(int number) { (void)number; }

static void *interrupt(void *thread) {
  for (int i = 0; i < 20; i++) {
    usleep(5000);
    pthread_kill(*(pthread_t *)thread, SIGUSR1);
  }
  return NULL;
}

/* Signals arrive during the whole wait, which still ends at its deadline. A blocking receive continues too. */
static void waits_through_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGUSR1, &action, NULL);
  int32_t pair[2];
  assert(bk_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  pthread_t self = pthread_self(), other;
  pthread_create(&other, NULL, interrupt, &self);
  double before = milliseconds();
  assert(bk_wait(pair[0], POLLIN, 60.5) == 0);
  double taken = milliseconds() - before;
  assert(taken >= 60.5 && taken < 2000);
  struct timeval limit = {.tv_usec = 200000};
  setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  char byte;
  assert(bk_recv(pair[0], span(&byte, 1), 0) == -EAGAIN); /* not -EINTR */
  pthread_join(other, NULL);
  bk_send(pair[1], span("x", 1), 0);
  assert(bk_wait(pair[0], POLLIN, -1) == POLLIN);
  assert(bk_wait(-1, 0, 1) == 0);
  assert(bk_wait(pair[0], POLLIN, NAN) == POLLIN && bk_wait(pair[0], POLLIN, 1e300) == POLLIN);
  bk_close(pair[0]);
  bk_close(pair[1]);
}

static void count_interface(void *context, unsigned index, const char *name) {
  assert(index > 0 && bk_if_nametoindex(name) == (int)index);
  ++*(int *)context;
}

static void names_the_machine(void) {
  char name[1026], tiny[2], interface[BK_INTERFACE_NAME_SIZE];
  assert(bk_gethostname(name, sizeof name) > 0);
  assert(bk_if_indextoname((unsigned)bk_if_nametoindex(LOOPBACK_INTERFACE), interface) > 0);
  assert(strcmp(interface, LOOPBACK_INTERFACE) == 0);
  assert(bk_if_indextoname(0x7ffffff0, interface) == -ENXIO);
  int count = 0;
  assert(bk_if_nameindex(count_interface, &count) == count && count > 0);
  if (bk_getservbyname("http", "tcp") == 80) {
    assert(bk_getservbyport(80, "tcp", name, sizeof name) == 4 && strcmp(name, "http") == 0);
    assert(bk_getservbyport(80, "tcp", tiny, sizeof tiny) == -ERANGE);
  }
}

static void asks_a_device(void) {
  int32_t pair[2], waiting = -1;
  assert(bk_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  bk_send(pair[0], span("four", 4), 0);
  assert(bk_ioctl(pair[1], FIONREAD, (bk_span){(uint8_t *)&waiting, sizeof waiting}) == 0 && waiting == 4);
  /* A request that uses more memory than was passed: it is refused by its number, or the surplus is dropped (struct
   * ifreq). */
#ifdef __linux__
  uint8_t few[IFNAMSIZ + 2] = "lo";
  assert(bk_ioctl(pair[1], SIOCGSTAMPNS_NEW, span(few, sizeof few - 3)) == -EFAULT);
  assert(bk_ioctl(pair[1], SIOCGIFHWADDR, span(few, sizeof few)) == 0);
  uint16_t hardware;
  memcpy(&hardware, few + IFNAMSIZ, sizeof hardware);
  assert(hardware == ARPHRD_LOOPBACK);
#else
  assert(bk_ioctl(pair[1], FIONREAD, (bk_span){(uint8_t *)&waiting, sizeof waiting - 1}) == -EFAULT);
#endif
  bk_close(pair[0]);
  bk_close(pair[1]);
  assert(bk_ioctl(-1, FIONREAD, (bk_span){(uint8_t *)&waiting, sizeof waiting}) == -EBADF);
}

static void sends_files(void) {
  int32_t pair[2];
  char name[] = "/tmp/berkeley-XXXXXX", data[16];
  int file = mkstemp(name);
  assert(file >= 0 && unlink(name) == 0 && write(file, "0123456789", 10) == 10);
  assert(bk_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  assert(bk_seek(file, 1) == 0 && bk_sendfile(pair[0], file, 4, 3) == 3);
  assert(bk_recv(pair[1], span(data, sizeof data), 0) == 3 && memcmp(data, "456", 3) == 0);
  assert(bk_read(file, span(data, 2), 8) == 2 && memcmp(data, "89", 2) == 0);
  assert(bk_read(file, span(data, 1), -1) == 1 && data[0] == '1'); /* the file's own position does not change */
  assert(bk_read(file, span(data, 1), 10) == 0 && bk_read(-1, span(data, 1), -1) == -EBADF);
  assert(bk_sendfile(pair[0], file, 10, 3) == 0 && bk_sendfile(pair[0], file, 10, INT64_MAX) == 0);
  assert(bk_sendfile(pair[0], file, 0, -1) == -EINVAL);
  bk_shutdown(pair[1], SHUT_RD);
  assert(bk_sendfile(pair[0], file, 0, 3) == -EPIPE); /* without SIGPIPE */
  assert(bk_seek(pair[0], 0) == -ESPIPE && bk_seek(-1, 0) == -EBADF && bk_seek(file, -1) == -EINVAL);
  for (int i = 0; i < 2; i++) bk_close(pair[i]);
  bk_close(file);
}

#ifdef __linux__
static void splices_pipes(void) {
  int32_t pair[2];
  int ends[2];
  char data[16];
  assert(pipe(ends) == 0 && bk_socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  assert(bk_splice(pair[0], ends[0], 5) == -EAGAIN); /* though the pipe blocks */
  assert(write(ends[1], "0123456789", 10) == 10 && bk_splice(pair[0], ends[0], 4) == 4);
  assert(bk_recv(pair[1], span(data, sizeof data), 0) == 4 && memcmp(data, "0123", 4) == 0);
  /* Bytes that the socket does not accept stay in the pipe. */
  bk_close(pair[1]);
  assert(bk_splice(pair[0], ends[0], INT64_MAX) == -EPIPE);
  assert(read(ends[0], data, sizeof data) == 6 && memcmp(data, "456789", 6) == 0);
  close(ends[1]);
  assert(bk_splice(pair[0], ends[0], 5) == 0);
  assert(bk_splice(pair[0], ends[0], -1) == -EINVAL && bk_splice(pair[0], pair[0], 1) == -EINVAL);
  bk_close(pair[0]);
  close(ends[0]);
}
#else
static void splices_pipes(void) { assert(bk_splice(-1, -1, 5) == -ENOSYS); }
#endif

static void raises_flags(void) {
  bk_flag flag;
  assert(bk_flag_open(&flag) == 0 && bk_wait(flag.reader, POLLIN, 0) == 0);
  for (int i = 0; i < 100000; i++) bk_flag_raise(&flag); /* never waits, however often */
  assert(bk_get_inheritable(flag.reader) == 0 && bk_get_inheritable(flag.writer) == 0);
  int taken = 0;
  for (; bk_wait(flag.reader, POLLIN, 0) == POLLIN; taken++) assert(bk_flag_take(&flag) == 0);
  assert(taken > 0 && taken < 1000); /* many raises, few takes */
  bk_flag_close(&flag);
}

int main(void) {
  void (*tests[])(void) = {closes_on_exec,     returns_errno,         never_raises_sigpipe, moves_datagrams_with_addresses,
                           reports_edges_once, waits_through_signals, names_the_machine,    asks_a_device,
                           sends_files,        splices_pipes,         checks_lengths_of_options, raises_flags};
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) tests[i]();
  size_t others = (size_t)(messages() + names() + owned());
  printf("native core: %zu tests passed under the sanitizers\n", sizeof tests / sizeof *tests + others);
  return 0;
}
