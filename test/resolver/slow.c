/* Simulates a name server that is down. With this library preloaded, getaddrinfo(3) of "slow-300.test" fails after 300
 * milliseconds. Each such call appends a letter to the file $SLOW_LOG. */
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int function(const char *, const char *, const struct addrinfo *, struct addrinfo **);

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **list) {
  if (host == NULL || strncmp(host, "slow-", 5) != 0)
    return ((function *)dlsym(RTLD_NEXT, "getaddrinfo"))(host, service, hints, list);
  int log = open(getenv("SLOW_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log >= 0 && write(log, "x", 1) == 1) close(log);
  usleep((useconds_t)atoi(host + 5) * 1000);
  return EAI_AGAIN;
}
