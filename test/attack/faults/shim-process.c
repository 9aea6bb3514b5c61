/* Wrappers of the functions for memory, threads and names. */
#define _GNU_SOURCE
#include "shim.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>

/* The functions of glibc that malloc and its relatives are names for. dlsym itself can allocate, so it cannot find them. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static void *no_memory(void) {
  errno = VALUE;
  return NULL;
}

EXPORT(void *, malloc, (size_t size)) {
  return shim_decide(SLOT_malloc, CALLER) == FAIL ? no_memory() : __libc_malloc(size);
}

EXPORT(void *, calloc, (size_t count, size_t size)) {
  return shim_decide(SLOT_calloc, CALLER) == FAIL ? no_memory() : __libc_calloc(count, size);
}

EXPORT(void *, realloc, (void *memory, size_t size)) {
  return shim_decide(SLOT_realloc, CALLER) == FAIL ? no_memory() : __libc_realloc(memory, size);
}

EXPORT(void *, dlsym, (void *library, const char *name)) {
  static void *(*real)(void *, const char *);
  if (real == NULL) real = shim_next("dlsym");
  return shim_decide(SLOT_dlsym, CALLER) == FAIL ? NULL : real(library, name);
}

EXPORT(int, pthread_create, (pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *data)) {
  REAL(int, pthread_create, (pthread_t *, const pthread_attr_t *, void *(*)(void *), void *));
  if (shim_decide(SLOT_pthread_create, CALLER) == FAIL) return VALUE;
  return real(thread, attributes, start, data);
}

EXPORT(int, sigtimedwait, (const sigset_t *set, siginfo_t *info, const struct timespec *limit)) {
  REAL(int, sigtimedwait, (const sigset_t *, siginfo_t *, const struct timespec *));
  if (shim_decide(SLOT_sigtimedwait, CALLER) != FAIL) return real(set, info, limit);
  errno = VALUE;
  return -1;
}

/* A negative value is an EAI_ code, a positive one an errno, which comes with EAI_SYSTEM. */
static int resolver_failure(void) {
  int value = VALUE;
  if (value < 0) return value;
  errno = value;
  return EAI_SYSTEM;
}

EXPORT(int, getaddrinfo, (const char *host, const char *service, const void *hints, void *list)) {
  REAL(int, getaddrinfo, (const char *, const char *, const void *, void *));
  if (shim_decide(SLOT_getaddrinfo, CALLER) == FAIL) return resolver_failure();
  return real(host, service, hints, list);
}

EXPORT(int, getnameinfo,
       (const void *address, unsigned length, char *host, unsigned host_size, char *service, unsigned service_size,
        int flags)) {
  REAL(int, getnameinfo, (const void *, unsigned, char *, unsigned, char *, unsigned, int));
  if (shim_decide(SLOT_getnameinfo, CALLER) == FAIL) return resolver_failure();
  return real(address, length, host, host_size, service, service_size, flags);
}

/* A negative value is -h_errno, which comes without an errno. A positive one is an errno; ERANGE asks for more memory. */
static int host_failure(void *found, int *herror) {
  int value = VALUE;
  *(void **)found = NULL;
  if (value < 0) {
    *herror = -value;
    return 0;
  }
  *herror = NETDB_INTERNAL;
  return value;
}

EXPORT(int, gethostbyname2_r,
       (const char *name, int family, void *entry, char *buffer, size_t size, void *found, int *herror)) {
  REAL(int, gethostbyname2_r, (const char *, int, void *, char *, size_t, void *, int *));
  if (shim_decide(SLOT_gethostbyname2_r, CALLER) == FAIL) return host_failure(found, herror);
  return real(name, family, entry, buffer, size, found, herror);
}

EXPORT(int, gethostbyaddr_r,
       (const void *address, unsigned length, int family, void *entry, char *buffer, size_t size, void *found,
        int *herror)) {
  REAL(int, gethostbyaddr_r, (const void *, unsigned, int, void *, char *, size_t, void *, int *));
  if (shim_decide(SLOT_gethostbyaddr_r, CALLER) == FAIL) return host_failure(found, herror);
  return real(address, length, family, entry, buffer, size, found, herror);
}

/* Functions that fail with a null pointer, with -1 or with 0. */
#define FAILS(result, failure, name, parameters, types, arguments) \
  EXPORT(result, name, parameters) {                               \
    REAL(result, name, types);                                     \
    if (shim_decide(SLOT_##name, CALLER) != FAIL) return real arguments; \
    errno = VALUE;                                                 \
    return failure;                                                \
  }

FAILS(void *, NULL, getservbyname, (const char *a, const char *b), (const char *, const char *), (a, b))
FAILS(void *, NULL, getservbyport, (int a, const char *b), (int, const char *), (a, b))
FAILS(void *, NULL, getprotobyname, (const char *a), (const char *), (a))
FAILS(void *, NULL, if_nameindex, (void), (void), ())
FAILS(char *, NULL, if_indextoname, (unsigned a, char *b), (unsigned, char *), (a, b))
FAILS(unsigned, 0, if_nametoindex, (const char *a), (const char *), (a))
FAILS(int, -1, gethostname, (char *a, size_t b), (char *, size_t), (a, b))
FAILS(int, -1, sethostname, (const char *a, size_t b), (const char *, size_t), (a, b))
