/* Options and descriptor flags on Windows. */
#include "win32.h"

#include <string.h>

/* The structures of 64-bit Linux, whose values this package writes: struct timeval and struct linger. Winsock has milliseconds
 * in 32 bits, and a struct linger of two 16-bit numbers (Microsoft Learn, "SOL_SOCKET Socket Options"). Its own forms are
 * accepted, too. */
typedef struct {
  int64_t seconds, microseconds;
} posix_timeval;
typedef struct {
  int32_t on, seconds;
} posix_linger;

enum { MICROSECONDS_PER_MILLISECOND = 1000, MILLISECONDS_PER_SECOND = 1000 };

static int is_time_limit(int level, int name) {
  return level == SOL_SOCKET && (name == SO_RCVTIMEO || name == SO_SNDTIMEO);
}

static int is_linger(int level, int name) { return level == SOL_SOCKET && name == SO_LINGER; }

static int get(int fd, int level, int name, void *value, int length) {
  return getsockopt(bk_socket_of(fd), level, name, value, &length) == 0 ? length : bk_last_errno();
}

static int set(int fd, int level, int name, const void *value, int length) {
  return setsockopt(bk_socket_of(fd), level, name, value, length) == 0 ? 0 : bk_last_errno();
}

/* Copies as much of a value as the caller has memory for, as getsockopt(2) does. */
static int answer(bk_span into, const void *value, size_t length) {
  size_t used = length < into.length ? length : into.length;
  if (used > 0) memcpy(into.bytes, value, used);
  return (int)used;
}

static int answer_int(bk_span into, int result, int value) {
  return result < 0 ? result : answer(into, &value, sizeof value);
}

static int get_time_limit(int fd, int name, bk_span into) {
  DWORD milliseconds = 0;
  int result = get(fd, SOL_SOCKET, name, &milliseconds, sizeof milliseconds);
  if (result < 0) return result;
  posix_timeval time = {milliseconds / MILLISECONDS_PER_SECOND,
                        milliseconds % MILLISECONDS_PER_SECOND * MICROSECONDS_PER_MILLISECOND};
  return into.length < sizeof time ? answer(into, &milliseconds, sizeof milliseconds) : answer(into, &time, sizeof time);
}

static int set_time_limit(int fd, int name, bk_span value) {
  posix_timeval time;
  if (value.length < sizeof time) return set(fd, SOL_SOCKET, name, value.bytes, (int)value.length);
  memcpy(&time, value.bytes, sizeof time);
  if (time.microseconds < 0 || time.microseconds >= 1000000) return -EINVAL;
  if (time.seconds < 0) time = (posix_timeval){0};
  double exact = (double)time.seconds * MILLISECONDS_PER_SECOND +
                 (double)(time.microseconds + MICROSECONDS_PER_MILLISECOND - 1) / MICROSECONDS_PER_MILLISECOND;
  DWORD milliseconds = exact >= (double)INT32_MAX ? 0 : (DWORD)exact; /* more than 24 days: no limit */
  return set(fd, SOL_SOCKET, name, &milliseconds, sizeof milliseconds);
}

static int get_linger(int fd, bk_span into) {
  struct linger native;
  int result = get(fd, SOL_SOCKET, SO_LINGER, &native, sizeof native);
  posix_linger linger = {native.l_onoff, native.l_linger};
  return result < 0 ? result : answer(into, &linger, sizeof linger);
}

static int set_linger(int fd, bk_span value) {
  posix_linger linger;
  if (value.length < sizeof linger) return set(fd, SOL_SOCKET, SO_LINGER, value.bytes, (int)value.length);
  memcpy(&linger, value.bytes, sizeof linger);
  u_short seconds = linger.seconds < 0 || linger.seconds > USHRT_MAX ? USHRT_MAX : (u_short)linger.seconds;
  struct linger native = {.l_onoff = linger.on != 0, .l_linger = seconds};
  return set(fd, SOL_SOCKET, SO_LINGER, &native, sizeof native);
}

static int get_protocol_info(int fd, int name, bk_span into) {
  WSAPROTOCOL_INFOW info;
  int result = get(fd, SOL_SOCKET, SO_PROTOCOL_INFOW, &info, sizeof info);
  return answer_int(into, result, name == BK_SO_DOMAIN ? info.iAddressFamily : info.iProtocol);
}

static int get_error(int fd, bk_span into) {
  int code = 0;
  int result = get(fd, SOL_SOCKET, SO_ERROR, &code, sizeof code);
  return answer_int(into, result, code == 0 ? 0 : -bk_errno_of((DWORD)code));
}

/* Some options, such as TCP_NODELAY, are a BOOLEAN of one byte. POSIX has them as an int. */
static int get_plain(int fd, int level, int name, bk_span into) {
  int value = 0;
  if (into.length > sizeof value)
    return get(fd, level, name, into.bytes, into.length > INT_MAX ? INT_MAX : (int)into.length);
  int result = get(fd, level, name, &value, sizeof value);
  return result < 0 ? result : answer(into, &value, result == 1 ? sizeof value : (size_t)result);
}

int bk_getsockopt(int fd, int level, int name, bk_span into) {
  bk_entry entry;
  int result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  if (is_time_limit(level, name)) return get_time_limit(fd, name, into);
  if (is_linger(level, name)) return get_linger(fd, into);
  if (level == SOL_SOCKET && name == SO_ERROR) return get_error(fd, into);
  if (level == SOL_SOCKET && (name == BK_SO_DOMAIN || name == BK_SO_PROTOCOL)) return get_protocol_info(fd, name, into);
  return get_plain(fd, level, name, into);
}

int bk_setsockopt(int fd, int level, int name, bk_span value) {
  bk_entry entry;
  int result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  if (value.length > INT_MAX) return -EINVAL;
  if (value.bytes == NULL && value.length > 0) return -EFAULT;
  if (is_time_limit(level, name)) return set_time_limit(fd, name, value);
  if (is_linger(level, name)) return set_linger(fd, value);
  return set(fd, level, name, value.bytes, (int)value.length);
}

int bk_set_filter(int fd, int level, int name, bk_span instructions) {
  (void)fd, (void)level, (void)name, (void)instructions;
  return -ENOPROTOOPT;
}

int bk_get_nonblocking(int fd) {
  bk_entry entry;
  int result = bk_look_up(fd, &entry);
  return result < 0 ? result : entry.is_nonblocking;
}

int bk_set_nonblocking(int fd, int on) {
  bk_entry entry;
  int result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  AcquireSRWLockExclusive(&bk_lock);
  bk_entry *found = bk_find(fd);
  if (found != NULL) found->is_nonblocking = on != 0;
  ReleaseSRWLockExclusive(&bk_lock);
  return 0;
}

int bk_get_inheritable(int fd) {
  DWORD flags;
  if (!GetHandleInformation(bk_handle_of(fd), &flags)) return bk_last_errno();
  return (flags & HANDLE_FLAG_INHERIT) != 0;
}

int bk_set_inheritable(int fd, int on) {
  DWORD flags = on ? HANDLE_FLAG_INHERIT : 0;
  return SetHandleInformation(bk_handle_of(fd), HANDLE_FLAG_INHERIT, flags) ? 0 : bk_last_errno();
}

/* Requests that return one number and need ioctlsocket. Their codes also say "in", so WSAIoctl would need both buffers. */
static int ask_number(int fd, unsigned request, bk_span memory) {
  u_long value = 0;
  if (memory.length < sizeof value) return -EFAULT;
  memcpy(&value, memory.bytes, sizeof value);
  if (ioctlsocket(bk_socket_of(fd), (long)request, &value) != 0) return bk_last_errno();
  memcpy(memory.bytes, &value, sizeof value);
  return 0;
}

int bk_ioctl(int fd, unsigned request, bk_span memory) {
  bk_entry entry;
  DWORD written = 0, length = (DWORD)memory.length;
  int result = bk_look_up(fd, &entry);
  if (result < 0) return result;
  if (request == FIONREAD || request == SIOCATMARK) return ask_number(fd, request, memory);
  void *in = request & IOC_IN ? memory.bytes : NULL, *out = request & IOC_OUT ? memory.bytes : NULL;
  result = WSAIoctl(bk_socket_of(fd), request, in, in ? length : 0, out, out ? length : 0, &written, NULL, NULL);
  return result == 0 ? (int)written : bk_last_errno();
}
