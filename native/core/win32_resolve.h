/* What resolve.c has from <netdb.h> elsewhere. */
#ifndef BERKELEY_WIN32_RESOLVE_H
#define BERKELEY_WIN32_RESOLVE_H

#include "win32.h"

enum {
  EAI_SYSTEM = 0,      /* the errors of Windows's resolver are all in one numbering */
  NETDB_INTERNAL = -1, /* the same, for lookups of hosts */
};

int gethostbyname2_r(const char *name, int family, struct hostent *entry, char *buffer, size_t size,
                     struct hostent **found, int *herror);
int gethostbyaddr_r(const void *raw, socklen_t length, int family, struct hostent *entry, char *buffer, size_t size,
                    struct hostent **found, int *herror);
const char *hstrerror(int code);
const char *bk_win32_gai_strerror(int code);

/* The texts of POSIX; those of Windows are in the language of the user. */
#undef gai_strerror
#define gai_strerror bk_win32_gai_strerror

#endif
