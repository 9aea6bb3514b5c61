/* Declarations that resolve.c gets from <netdb.h> on other platforms. */
#ifndef BERKELEY_WIN32_RESOLVE_H
#define BERKELEY_WIN32_RESOLVE_H

#include "win32.h"

enum {
  EAI_SYSTEM = 0,      /* no code of its own: Winsock's resolver returns WSA codes for all errors */
  NETDB_INTERNAL = -1, /* the same for the older calls */
};

int gethostbyname2_r(const char *name, int family, struct hostent *entry, char *buffer, size_t size,
                     struct hostent **found, int *herror);
int gethostbyaddr_r(const void *raw, socklen_t length, int family, struct hostent *entry, char *buffer, size_t size,
                    struct hostent **found, int *herror);
const char *hstrerror(int code);
const char *bk_win32_gai_strerror(int code);

/* English texts, as on Linux. Those of Windows are in the user's language. */
#undef gai_strerror
#define gai_strerror bk_win32_gai_strerror

#endif
