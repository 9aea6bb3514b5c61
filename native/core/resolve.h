/* Resolves names to addresses and addresses to names. These functions block until the system's resolver returns; the
 * glue runs them in the calling thread (Sync) or in the runtime's worker pool (promises). */
#ifndef BERKELEY_RESOLVE_H
#define BERKELEY_RESOLVE_H

#include "platform.h"

/* How to read `code`: getaddrinfo(3), gethostbyname(3) and system calls number their errors differently. */
enum bk_answer_kind { BK_OK, BK_ERRNO, BK_EAI, BK_HERRNO };

/* An answer is bytes in one allocation, laid out by the function that made it; release with bk_answer_free. */
typedef struct {
  int kind;
  int code; /* errno, EAI_* or h_errno as the platform numbers them */
  uint8_t *bytes;
  size_t length;
  size_t capacity;
} bk_answer;

/* host and service may be NULL. Records of: int32 family, type, protocol, address length, canonical name length
 * (-1: none), then the address, then the name; each record padded to 4 bytes. */
void bk_getaddrinfo(const char *host, const char *service, int family, int type, int protocol, int flags,
                    bk_answer *answer);

/* The host, NUL, the service, NUL. */
void bk_getnameinfo(bk_span address, int flags, bk_answer *answer);

/* int32 family, then strings each ended by NUL: the name, the aliases, an empty string; then int32-aligned
 * raw addresses (4 or 16 bytes each) to the end. */
void bk_gethostbyname(const char *name, int family, bk_answer *answer);
void bk_gethostbyaddr(bk_span raw, int family, bk_answer *answer);

const char *bk_gai_strerror(int code);
const char *bk_hstrerror(int code);

void bk_answer_free(bk_answer *answer);

#endif
