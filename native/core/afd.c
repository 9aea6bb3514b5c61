/* Readiness of sockets by AFD: its requests, and poll(2) by one of them. */
#include "afd.h"

#include <stdlib.h>

enum { IOCTL_AFD_POLL = 0x00012024 };

#define IS_SUCCESS(status) ((status) >= 0)
static const NTSTATUS PENDING = 0x103;

NTSTATUS NTAPI NtCancelIoFileEx(HANDLE file, IO_STATUS_BLOCK *request, IO_STATUS_BLOCK *result);

/* A poll request names its sockets in its data, so it can be issued through the handle of any socket. libuv does that
 * (src/win/winsock.c, uv__msafd_poll). wepoll opens the device \\Device\\Afd instead, which fails in Wine 8. Completions
 * of the first handle are queued in the port. Waits of the calling thread use the second, which is in no port. */
static struct {
  HANDLE port, queued, direct;
} afd;

static HANDLE open_helper(void) {
  SOCKET base = INVALID_SOCKET;
  DWORD length;
  SOCKET socket = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (socket == INVALID_SOCKET) return NULL;
  WSAIoctl(socket, SIO_BASE_HANDLE, NULL, 0, &base, sizeof base, &length, NULL, NULL);
  return (HANDLE)(base == INVALID_SOCKET ? socket : base);
}

/* After a failure the next call tries again, and only opens what is missing. */
static BOOL CALLBACK open_handles(PINIT_ONCE once, PVOID result, PVOID *context) {
  (void)once, (void)context;
  if (afd.queued == NULL) afd.queued = open_helper();
  if (afd.queued != NULL && afd.direct == NULL) afd.direct = open_helper();
  if (afd.direct != NULL) afd.port = CreateIoCompletionPort(afd.queued, NULL, 0, 0);
  *(int *)result = afd.port == NULL ? bk_last_errno() : 0;
  return afd.port != NULL;
}

int bk_afd_open(void) {
  static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
  int result = bk_start_winsock();
  if (result < 0) return result;
  return InitOnceExecuteOnce(&once, open_handles, &result, NULL) ? 0 : result;
}

ULONG bk_afd_mask(int events, const bk_entry *entry) {
  ULONG mask = AFD_ABORT | AFD_CONNECT_FAIL | AFD_LOCAL_CLOSE;
  if (entry->is_send_shut) mask |= AFD_DISCONNECT; /* both directions are shut down: POLLHUP, which is always reported */
  if (events & BK_POLLIN) mask |= AFD_RECEIVE | AFD_ACCEPT | AFD_DISCONNECT;
  if (events & BK_POLLRDHUP) mask |= AFD_DISCONNECT;
  if (events & BK_POLLPRI) mask |= AFD_RECEIVE_EXPEDITED;
  if (events & BK_POLLOUT) mask |= AFD_SEND;
  return mask;
}

int bk_afd_events(ULONG reported, const bk_entry *entry) {
  int events = 0;
  if (reported & (AFD_RECEIVE | AFD_ACCEPT)) events |= BK_POLLIN;
  if (reported & AFD_RECEIVE_EXPEDITED) events |= BK_POLLPRI;
  if (reported & AFD_SEND) events |= BK_POLLOUT;
  if (reported & AFD_DISCONNECT) events |= BK_POLLIN | BK_POLLRDHUP;
  if (reported & AFD_ABORT) events |= BK_POLLIN | BK_POLLOUT | BK_POLLRDHUP | BK_POLLERR | BK_POLLHUP;
  if (reported & AFD_CONNECT_FAIL) events |= BK_POLLIN | BK_POLLOUT | BK_POLLERR | BK_POLLHUP;
  if (entry->is_receive_shut) events |= BK_POLLIN | BK_POLLRDHUP;
  if (entry->is_send_shut && events & BK_POLLRDHUP) events |= BK_POLLHUP;
  return events;
}

static int issue(HANDLE through, HANDLE event, IO_STATUS_BLOCK *status, afd_poll_info *info, void *context) {
  ULONG size = (ULONG)afd_poll_size(info->count);
  status->Status = PENDING;
  NTSTATUS result =
      NtDeviceIoControlFile(through, event, NULL, context, status, IOCTL_AFD_POLL, info, size, info, size);
  if (IS_SUCCESS(result)) return result == PENDING;
  return bk_errno_of(RtlNtStatusToDosError(result));
}

int bk_afd_start(IO_STATUS_BLOCK *status, afd_poll_info *info, void *context) {
  int result = issue(afd.queued, NULL, status, info, context);
  return result < 0 ? result : 0; /* the completion of a request that succeeds immediately is queued, too */
}

void bk_afd_cancel(IO_STATUS_BLOCK *status) {
  IO_STATUS_BLOCK ignored;
  if (status->Status == PENDING) NtCancelIoFileEx(afd.queued, status, &ignored);
}

void *bk_afd_completion(void) {
  DWORD length;
  ULONG_PTR key;
  OVERLAPPED *context = NULL;
  while (context == NULL) GetQueuedCompletionStatus(afd.port, &length, &key, &context, INFINITE);
  return context;
}

/* Issues one request and waits for it. Returns 0 or -errno. After the time limit, `count` is 0. The request has ended when
 * this returns, also where it was cancelled: the driver writes to `status` and `info` until then. */
static int poll_now(afd_poll_info *info, double milliseconds) {
  IO_STATUS_BLOCK status, ignored;
  HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
  if (event == NULL) return bk_last_errno();
  info->timeout.QuadPart = milliseconds == 0 ? 0 : INT64_MAX;
  int result = issue(afd.direct, event, &status, info, NULL);
  if (result == 1 && WaitForSingleObject(event, bk_whole_milliseconds(milliseconds)) == WAIT_TIMEOUT) {
    NtCancelIoFileEx(afd.direct, &status, &ignored);
    WaitForSingleObject(event, INFINITE);
  }
  CloseHandle(event);
  if (result < 0) return result;
  if (status.Status != 0) info->count = 0; /* STATUS_TIMEOUT or STATUS_CANCELLED */
  return 0;
}

static void fill(afd_poll_info *info, const bk_afd_item *items, size_t count) {
  info->count = (ULONG)count;
  info->is_exclusive = FALSE;
  for (size_t i = 0; i < count; i++)
    info->handles[i] = (afd_handle){.handle = (HANDLE)items[i].entry.socket, .events = bk_afd_mask(items[i].events, &items[i].entry)};
}

/* The events of a socket. AFD returns only the handles that have events, and a handle as often as it was passed, each time
 * with the events that were asked for there. */
static ULONG reported(const afd_poll_info *info, const bk_afd_item *item) {
  ULONG events = 0;
  for (ULONG i = 0; i < info->count; i++)
    if (info->handles[i].handle == (HANDLE)item->entry.socket) events |= info->handles[i].events;
  return events;
}

/* Writes the requested events that hold. Returns the number of items with events. */
static int answer(bk_afd_item *items, size_t count, const afd_poll_info *info) {
  int ready = 0;
  for (size_t i = 0; i < count; i++) {
    ULONG events = info == NULL ? 0 : reported(info, &items[i]);
    int wanted = items[i].events | BK_POLLERR | BK_POLLHUP;
    items[i].ready = events & AFD_LOCAL_CLOSE ? BK_POLLNVAL : bk_afd_events(events, &items[i].entry) & wanted;
    ready += items[i].ready != 0;
  }
  return ready;
}

int bk_afd_poll(bk_afd_item *items, size_t count, double milliseconds) {
  int result = bk_afd_open();
  if (result < 0) return result;
  if (answer(items, count, NULL) > 0) milliseconds = 0; /* bk_shutdown made one ready, which AFD does not report */
  afd_poll_info *info = malloc(afd_poll_size(count));
  if (info == NULL) return -ENOMEM;
  fill(info, items, count);
  result = poll_now(info, milliseconds);
  if (result == 0) result = answer(items, count, info);
  free(info);
  return result;
}
