/* The system's resolver: getaddrinfo(3), getnameinfo(3), and the older gethostbyname(3) with its aliases. */
#include "resolve.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include "win32_resolve.h"
#else
#include <netdb.h>
#include <pthread.h>
#include <sys/socket.h>

/* Failures of the system, by errno. musl has no name for it, and does not report it. */
#ifndef NETDB_INTERNAL
#define NETDB_INTERNAL (-1)
#endif

static int bk_start_winsock(void) { return 0; }
#endif

/* A DNS answer has at most 64 KiB; a host entry that needs more than HOST_BUFFER_LAST is an error. */
enum { HOST_BUFFER_FIRST = 1024, HOST_BUFFER_LAST = 1 << 20 };

static void fail(bk_answer *answer, int kind, int code) {
  answer->kind = kind;
  answer->code = code;
}

/* Adds bytes to the answer. After an allocation has failed, it only keeps that error. */
static void append(bk_answer *answer, const void *bytes, size_t length) {
  if (answer->kind != BK_OK) return;
  size_t wanted = answer->length + length;
  if (wanted > answer->capacity) {
    size_t capacity = wanted * 2 < 256 ? 256 : wanted * 2;
    uint8_t *grown = realloc(answer->bytes, capacity);
    if (grown == NULL) {
      fail(answer, BK_ERRNO, ENOMEM);
      return;
    }
    answer->bytes = grown;
    answer->capacity = capacity;
  }
  if (length > 0) memcpy(answer->bytes + answer->length, bytes, length);
  answer->length = wanted;
}

static void append_text(bk_answer *answer, const char *text) { append(answer, text, strlen(text) + 1); }

static void align(bk_answer *answer) {
  static const uint8_t zeros[3];
  append(answer, zeros, (4 - answer->length % 4) % 4);
}

static void fail_eai(bk_answer *answer, int code, int error) {
  if (code == EAI_SYSTEM && error != 0)
    fail(answer, BK_ERRNO, error);
  else
    fail(answer, BK_EAI, code);
}

static void append_record(bk_answer *answer, const struct addrinfo *entry) {
  int32_t name_length = entry->ai_canonname == NULL ? -1 : (int32_t)strlen(entry->ai_canonname);
  int32_t header[] = {entry->ai_family, entry->ai_socktype, entry->ai_protocol, (int32_t)entry->ai_addrlen, name_length};
  append(answer, header, sizeof header);
  append(answer, entry->ai_addr, entry->ai_addrlen);
  if (name_length > 0) append(answer, entry->ai_canonname, (size_t)name_length);
  align(answer);
}

void bk_getaddrinfo(const char *host, const char *service, int family, int type, int protocol, int flags,
                    bk_answer *answer) {
  struct addrinfo hints = {.ai_flags = flags, .ai_family = family, .ai_socktype = type, .ai_protocol = protocol};
  struct addrinfo *list = NULL;
  bk_start_winsock();
  errno = 0;
  int code = getaddrinfo(host, service, &hints, &list);
  if (code != 0) {
    fail_eai(answer, code, errno);
    return;
  }
  for (const struct addrinfo *entry = list; entry != NULL; entry = entry->ai_next) append_record(answer, entry);
  freeaddrinfo(list);
}

void bk_getnameinfo(bk_span address, int flags, bk_answer *answer) {
  struct sockaddr_storage name = {0}; /* JavaScript's bytes need not be aligned */
  char host[NI_MAXHOST], service[NI_MAXHOST];
  if (address.length > sizeof name) {
    fail(answer, BK_ERRNO, EINVAL);
    return;
  }
  if (address.length > 0) memcpy(&name, address.bytes, address.length);
  bk_start_winsock();
  errno = 0;
  int code = getnameinfo((struct sockaddr *)&name, (socklen_t)address.length, host, sizeof host, service,
                         sizeof service, flags);
  if (code != 0) {
    fail_eai(answer, code, errno);
    return;
  }
  append_text(answer, host);
  append_text(answer, service);
}

static void append_host(bk_answer *answer, const struct hostent *host) {
  int32_t family = host->h_addrtype;
  append(answer, &family, sizeof family);
  append_text(answer, host->h_name);
  for (char **alias = host->h_aliases; *alias != NULL; alias++)
    if (**alias != '\0') append_text(answer, *alias); /* an empty string marks the end */
  append_text(answer, "");
  align(answer);
  for (char **address = host->h_addr_list; *address != NULL; address++)
    append(answer, *address, (size_t)host->h_length);
}

/* A lookup by name, or by address if there is no name. */
typedef struct {
  const char *name;
  bk_span raw;
  int family;
} host_query;

#ifdef __APPLE__

/* The result is in static memory, so only one thread at a time uses it. */
static void resolve_host(const host_query *query, bk_answer *answer) {
  static pthread_mutex_t hosts = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&hosts);
  const struct hostent *found =
      query->name != NULL ? gethostbyname2(query->name, query->family)
                          : gethostbyaddr(query->raw.bytes, (socklen_t)query->raw.length, query->family);
  if (found != NULL)
    append_host(answer, found);
  else
    fail(answer, BK_HERRNO, h_errno);
  pthread_mutex_unlock(&hosts);
}

#else

static int look_up(const host_query *query, struct hostent *entry, char *buffer, size_t size, struct hostent **found,
                   int *herror) {
  if (query->name != NULL) return gethostbyname2_r(query->name, query->family, entry, buffer, size, found, herror);
  return gethostbyaddr_r(query->raw.bytes, (socklen_t)query->raw.length, query->family, entry, buffer, size, found,
                         herror);
}

static void resolve_host(const host_query *query, bk_answer *answer) {
  char *buffer = NULL;
  bk_start_winsock();
  for (size_t size = HOST_BUFFER_FIRST;; size *= 2) {
    char *grown = realloc(buffer, size);
    if (grown == NULL) {
      fail(answer, BK_ERRNO, ENOMEM);
      break;
    }
    buffer = grown;
    struct hostent entry, *found = NULL;
    int herror = HOST_NOT_FOUND;
    int error = look_up(query, &entry, buffer, size, &found, &herror);
    if (error == ERANGE && size < HOST_BUFFER_LAST) continue;
    if (error == 0 && found != NULL)
      append_host(answer, found);
    else if (error != 0 && herror == NETDB_INTERNAL)
      fail(answer, BK_ERRNO, error);
    else
      fail(answer, BK_HERRNO, herror);
    break;
  }
  free(buffer);
}

#endif

void bk_gethostbyname(const char *name, int family, bk_answer *answer) {
  resolve_host(&(host_query){.name = name, .family = family}, answer);
}

void bk_gethostbyaddr(bk_span raw, int family, bk_answer *answer) {
  resolve_host(&(host_query){.raw = raw, .family = family}, answer);
}

const char *bk_gai_strerror(int code) { return gai_strerror(code); }

const char *bk_hstrerror(int code) { return hstrerror(code); }

void bk_answer_free(bk_answer *answer) {
  free(answer->bytes);
  *answer = (bk_answer){0};
}
