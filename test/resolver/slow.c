/* Simulates a name server that is down. With this library preloaded, getaddrinfo(3) of "slow-300.test" fails after 300
 * milliseconds, and that of "held.test" when the file $SLOW_LOG.end exists. Each such call appends a letter to the file
 * $SLOW_LOG. */
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int function(const char *, const char *, const struct addrinfo *, struct addrinfo **);

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **list) {
  int held = host != NULL && strcmp(host, "held.test") == 0;
  if (host == NULL || (!held && strncmp(host, "slow-", 5) != 0))
    return ((function *)dlsym(RTLD_NEXT, "getaddrinfo"))(host, service, hints, list);
  int log = open(getenv("SLOW_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log >= 0 && write(log, "x", 1) == 1) close(log);
  if (!held) usleep((useconds_t)atoi(host + 5) * 1000);
  char end[4096];
  snprintf(end, sizeof end, "%s.end", getenv("SLOW_LOG"));
  while (held && access(end, F_OK) != 0) usleep(2000);
  return EAI_AGAIN;
}
