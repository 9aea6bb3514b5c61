/* Names of the host, of interfaces, services and protocols; and ioctl(2). */
#include "platform.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/ioctl.h>
#endif

int bk_gethostname(char *name, size_t size) {
  if (gethostname(name, size) < 0) return -errno;
  name[size - 1] = '\0'; /* POSIX does not end a name that was cut */
  return (int)strlen(name);
}

int bk_sethostname(const char *name, size_t length) { return sethostname(name, length) < 0 ? -errno : 0; }

/* Returns the size of the memory that a request uses, according to its number. */
static size_t size_of(unsigned request) {
#ifdef __linux__
  return _IOC_SIZE(request);
#else
  return IOCPARM_LEN(request);
#endif
}

int bk_ioctl(int fd, unsigned request, bk_span memory) {
  /* Larger than the structure of any request whose number does not have its size (struct ifreq has 40 bytes). */
  uint64_t scratch[64] = {0};
  uint8_t *used = memory.bytes;
  if (memory.length < size_of(request)) return -EFAULT;
  if (memory.length < sizeof scratch) {
    used = (uint8_t *)scratch;
    if (memory.length > 0) memcpy(used, memory.bytes, memory.length);
  }
  int result = ioctl(fd, request, used);
  if (result < 0) return -errno;
  if (memory.length > 0 && used != memory.bytes) memcpy(memory.bytes, used, memory.length);
  return result;
}

int bk_if_nametoindex(const char *name) {
  unsigned index = if_nametoindex(name);
  return index == 0 ? -errno : (int)index;
}

int bk_if_indextoname(unsigned index, char name[BK_INTERFACE_NAME_SIZE]) {
  errno = 0;
  if (if_indextoname(index, name) == NULL) return errno == 0 ? -ENXIO : -errno;
  return (int)strlen(name);
}

int bk_if_nameindex(void (*each)(void *context, unsigned index, const char *name), void *context) {
  struct if_nameindex *list = if_nameindex();
  if (list == NULL) return -errno;
  int count = 0;
  for (; list[count].if_index != 0 || list[count].if_name != NULL; count++)
    each(context, list[count].if_index, list[count].if_name);
  if_freenameindex(list);
  return count;
}

/* getservent(3) and getprotoent(3) return static memory, and workers are threads: one thread at a time uses it. */
static pthread_mutex_t database = PTHREAD_MUTEX_INITIALIZER;

int bk_getservbyname(const char *name, const char *protocol) {
  pthread_mutex_lock(&database);
  struct servent *entry = getservbyname(name, protocol);
  int result = entry == NULL ? -ENOENT : ntohs((uint16_t)entry->s_port);
  pthread_mutex_unlock(&database);
  return result;
}

static int copy(const char *text, char *into, size_t size) {
  size_t length = strlen(text);
  if (length >= size) return -ERANGE;
  memcpy(into, text, length + 1);
  return (int)length;
}

int bk_getservbyport(int port, const char *protocol, char *name, size_t size) {
  pthread_mutex_lock(&database);
  struct servent *entry = getservbyport(htons((uint16_t)port), protocol);
  int result = entry == NULL ? -ENOENT : copy(entry->s_name, name, size);
  pthread_mutex_unlock(&database);
  return result;
}

int bk_getprotobyname(const char *name) {
  pthread_mutex_lock(&database);
  struct protoent *entry = getprotobyname(name);
  int result = entry == NULL ? -ENOENT : entry->p_proto;
  pthread_mutex_unlock(&database);
  return result;
}
