/* The older resolver calls on Windows. Winsock's gethostbyname returns memory per thread, and only supports IPv4
 * (Microsoft Learn, "gethostbyname function"). IPv6 addresses are looked up with getaddrinfo. */
#include "win32_resolve.h"

#include <string.h>

static int answer(struct hostent *host, struct hostent **found, int *herror) {
  *found = host;
  *herror = host == NULL ? WSAGetLastError() : 0;
  return 0;
}

/* Builds the answer in `buffer`: the pointers to the addresses, then the addresses. Returns ERANGE if they do not fit. */
static int fill(const char *name, const struct addrinfo *list, struct hostent *entry, char *buffer, size_t size) {
  size_t count = 0, at = 0;
  for (const struct addrinfo *each = list; each != NULL; each = each->ai_next) count++;
  size_t pointers = (count + 2) * sizeof(char *);
  if (size < pointers + count * sizeof(struct in6_addr)) return ERANGE;
  char **addresses = (char **)(void *)buffer, *bytes = buffer + pointers;
  for (const struct addrinfo *each = list; each != NULL; each = each->ai_next, at++) {
    addresses[at] = bytes + at * sizeof(struct in6_addr);
    memcpy(addresses[at], &((struct sockaddr_in6 *)each->ai_addr)->sin6_addr, sizeof(struct in6_addr));
  }
  addresses[count] = addresses[count + 1] = NULL;
  *entry = (struct hostent){.h_name = (char *)name,
                            .h_aliases = addresses + count + 1,
                            .h_addrtype = AF_INET6,
                            .h_length = sizeof(struct in6_addr),
                            .h_addr_list = addresses};
  return 0;
}

int gethostbyname2_r(const char *name, int family, struct hostent *entry, char *buffer, size_t size,
                     struct hostent **found, int *herror) {
  if (family != AF_INET6) return answer(gethostbyname(name), found, herror);
  struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_STREAM}, *list = NULL;
  *found = NULL;
  *herror = getaddrinfo(name, NULL, &hints, &list);
  if (*herror != 0) return 0;
  int result = fill(name, list, entry, buffer, size);
  freeaddrinfo(list);
  if (result == 0) *found = entry;
  return result;
}

int gethostbyaddr_r(const void *raw, socklen_t length, int family, struct hostent *entry, char *buffer, size_t size,
                    struct hostent **found, int *herror) {
  (void)entry, (void)buffer, (void)size;
  return answer(gethostbyaddr(raw, length, family), found, herror);
}

typedef struct {
  int code;
  const char *text;
} text;

static const char *look_up(const text *texts, size_t count, int code, const char *other) {
  for (size_t i = 0; i < count; i++)
    if (texts[i].code == code) return texts[i].text;
  return other;
}

const char *bk_win32_gai_strerror(int code) {
  static const text texts[] = {
      {WSATRY_AGAIN, "Temporary failure in name resolution"},
      {WSAEINVAL, "Bad value for ai_flags"},
      {WSANO_RECOVERY, "Non-recoverable failure in name resolution"},
      {WSAEAFNOSUPPORT, "ai_family not supported"},
      {WSA_NOT_ENOUGH_MEMORY, "Memory allocation failure"},
      {WSAHOST_NOT_FOUND, "Name or service not known"},
      {WSATYPE_NOT_FOUND, "Servname not supported for ai_socktype"},
      {WSAESOCKTNOSUPPORT, "ai_socktype not supported"},
      {WSANO_DATA, "No address associated with hostname"},
  };
  return look_up(texts, sizeof texts / sizeof *texts, code, "Unknown error");
}

const char *hstrerror(int code) {
  static const text texts[] = {
      {WSAHOST_NOT_FOUND, "Unknown host"},
      {WSATRY_AGAIN, "Host name lookup failure"},
      {WSANO_RECOVERY, "Unknown server error"},
      {WSANO_DATA, "No address associated with name"},
  };
  return look_up(texts, sizeof texts / sizeof *texts, code, "Unknown resolver error");
}
