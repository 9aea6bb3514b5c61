/* The poll request of AFD, the driver below Winsock. select() and WSAPoll() are made of it. Unlike them it can complete
 * asynchronously, so one thread waits for any number of sockets. Microsoft does not document it. wepoll, libuv
 * (src/win/winsock.h) and mio use it with the same numbers and structures. */
#ifndef BERKELEY_AFD_H
#define BERKELEY_AFD_H

#include "win32.h"

#include <winternl.h>

enum {
  AFD_RECEIVE = 0x1,
  AFD_RECEIVE_EXPEDITED = 0x2,
  AFD_SEND = 0x4,
  AFD_DISCONNECT = 0x8,
  AFD_ABORT = 0x10,
  AFD_LOCAL_CLOSE = 0x20,
  AFD_ACCEPT = 0x80,
  AFD_CONNECT_FAIL = 0x100,
};

typedef struct {
  HANDLE handle;
  ULONG events;
  LONG status;
} afd_handle;

typedef struct {
  LARGE_INTEGER timeout; /* in units of 100 ns; INT64_MAX: none */
  ULONG count;
  ULONG is_exclusive;
  afd_handle handles[1];
} afd_poll_info;

static inline size_t afd_poll_size(size_t count) {
  return offsetof(afd_poll_info, handles) + count * sizeof(afd_handle);
}

/* The AFD events that correspond to events of poll(2). Errors are always included. */
ULONG bk_afd_mask(int events, const bk_entry *entry);
/* The events of poll(2) that correspond to what AFD reports, and to an earlier bk_shutdown. */
int bk_afd_events(ULONG reported, const bk_entry *entry);

/* Opens the AFD handles, once per process. 0 or -errno. */
int bk_afd_open(void);
/* Issues a poll request whose completion is queued with `context`. 0, or -errno. */
int bk_afd_start(IO_STATUS_BLOCK *status, afd_poll_info *info, void *context);
void bk_afd_cancel(IO_STATUS_BLOCK *status);
/* Waits for the next completion. Returns its context. */
void *bk_afd_completion(void);

#endif
