/* The machine's own names: host, interfaces, services, protocols; and what its devices tell. */
#include "platform.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int bk_gethostname(char *name, size_t size) {
  if (gethostname(name, size) < 0) return -errno;
  name[size - 1] = '\0'; /* POSIX leaves a name that was cut without its end */
  return (int)strlen(name);
}

int bk_sethostname(const char *name, size_t length) { return sethostname(name, length) < 0 ? -errno : 0; }

int bk_ioctl(int fd, unsigned request, bk_span memory) {
  int result = ioctl(fd, request, memory.bytes);
  return result < 0 ? -errno : result;
}

int bk_if_nametoindex(const char *name) {
  unsigned index = if_nametoindex(name);
  return index == 0 ? -errno : (int)index;
}

int bk_if_indextoname(unsigned index, char name[64]) {
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

/* getservent(3) and getprotoent(3) answer in static memory, and workers are threads: one at a time. */
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
