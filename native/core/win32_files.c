/* Files on Windows. A file descriptor of node:fs is a number in the table of the executable's C library. This addon has
 * another C library, so libuv's uv_get_osfhandle of the executable translates the number to a handle. */
#include "win32.h"
#include "win32_host.h"
#include <stdlib.h>

#include <string.h>

typedef HANDLE (*get_osfhandle)(int fd);

/* The handle of a file descriptor of the executable's C library. */
static HANDLE runtime_handle(int file) {
  get_osfhandle get = (get_osfhandle)bk_host_function("uv_get_osfhandle");
  HANDLE handle = get == NULL || file < 0 ? INVALID_HANDLE_VALUE : get(file);
  return handle == INVALID_HANDLE_VALUE || handle == (HANDLE)(intptr_t)-2 ? NULL : handle;
}

HANDLE bk_file_handle(int file) { return bk_is(file, BK_FILE) ? bk_handle_of(file) : runtime_handle(file); }

static int duplicate(HANDLE handle) {
  HANDLE copy, self = GetCurrentProcess();
  if (handle == NULL) return -EBADF;
  if (!DuplicateHandle(self, handle, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS)) return bk_last_errno();
  int fd = bk_fd_of((uintptr_t)copy);
  int result = fd < 0 ? fd : bk_add(fd, &(bk_entry){.kind = BK_FILE});
  if (result == 0) return fd;
  CloseHandle(copy);
  return result;
}

/* With more than about 60 open files, a file descriptor can be the number of a socket's handle. */
int bk_dup_file(int file) {
  HANDLE handle = runtime_handle(file);
  return handle == NULL ? bk_dup(file) : duplicate(handle);
}

int bk_dup(int fd) {
  int copy = bk_dup_socket(fd);
  return copy == -EBADF || copy == -ENOTSOCK ? duplicate(bk_file_handle(fd)) : copy;
}

int bk_file_events(int file, int events) {
  HANDLE handle = bk_file_handle(file);
  DWORD available = 0;
  int wanted = events & (BK_POLLIN | BK_POLLOUT);
  if (handle == NULL) return BK_POLLNVAL;
  if (GetFileType(handle) != FILE_TYPE_PIPE) return wanted;
  if (!PeekNamedPipe(handle, NULL, 0, NULL, &available, NULL)) return BK_POLLHUP;
  return available > 0 ? wanted : wanted & ~BK_POLLIN;
}

static int read_file(HANDLE handle, bk_span into, OVERLAPPED *at) {
  DWORD count = 0, length = (DWORD)(into.length > INT_MAX ? INT_MAX : into.length);
  if (ReadFile(handle, into.bytes, length, &count, at)) return (int)count;
  DWORD error = GetLastError();
  return error == ERROR_HANDLE_EOF || error == ERROR_BROKEN_PIPE ? 0 : bk_errno_of(error);
}

/* ReadFile at a position also moves the position of the file ("ReadFile function", synchronous handles), which pread(2) does
 * not. So it is restored, as libuv does (src/win/fs.c, fs__read). */
int bk_read(int file, bk_span into, int64_t position) {
  HANDLE handle = bk_file_handle(file);
  LARGE_INTEGER before, nowhere = {.QuadPart = 0};
  if (handle == NULL) return -EBADF;
  if (position < 0) return read_file(handle, into, NULL);
  OVERLAPPED at = {.Offset = (DWORD)position, .OffsetHigh = (DWORD)(position >> 32)};
  BOOL has_position = SetFilePointerEx(handle, nowhere, &before, FILE_CURRENT);
  int result = read_file(handle, into, &at);
  if (has_position) SetFilePointerEx(handle, before, NULL, FILE_BEGIN);
  return result;
}

int bk_seek(int file, int64_t offset) {
  HANDLE handle = bk_file_handle(file);
  LARGE_INTEGER position = {.QuadPart = offset};
  if (handle == NULL) return bk_is(file, BK_SOCKET) ? -ESPIPE : -EBADF;
  if (GetFileType(handle) != FILE_TYPE_DISK) return -ESPIPE;
  return SetFilePointerEx(handle, position, NULL, FILE_BEGIN) ? 0 : bk_last_errno();
}

/* Reads a piece and sends it. TransmitFile cannot be used: it waits until the whole file is sent, also on a non-blocking
 * socket. */
int bk_sendfile(int fd, int file, int64_t offset, int64_t count) {
  enum { PIECE = 65536 };
  if (count < 0 || offset < 0) return -EINVAL;
  bk_span piece = {malloc(PIECE), count < PIECE ? (size_t)count : PIECE};
  if (piece.bytes == NULL) return -ENOMEM;
  int result = bk_read(file, piece, offset);
  if (result > 0) result = bk_send(fd, (bk_span){piece.bytes, (size_t)result}, 0);
  free(piece.bytes);
  return result;
}

/* Windows has no call that moves bytes from a pipe to a socket. */
int bk_splice(int fd, int pipe, int64_t count) {
  (void)fd, (void)pipe, (void)count;
  return -ENOSYS;
}
