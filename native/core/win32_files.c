/* Files on Windows. A file descriptor is a number of the C library of the executable, which is not ours: node.exe's libuv
 * turns it into a handle. */
#include "win32.h"

#include <string.h>

typedef HANDLE (*get_osfhandle)(int fd);

HANDLE bk_file_handle(int file) {
  if (bk_is(file, BK_FILE)) return bk_handle_of(file);
  get_osfhandle get = (get_osfhandle)(void *)GetProcAddress(GetModuleHandleW(NULL), "uv_get_osfhandle");
  HANDLE handle = get == NULL || file < 0 ? INVALID_HANDLE_VALUE : get(file);
  return handle == INVALID_HANDLE_VALUE || handle == (HANDLE)(intptr_t)-2 ? NULL : handle;
}

int bk_dup_file(int file) {
  HANDLE handle = bk_file_handle(file), copy, self = GetCurrentProcess();
  if (handle == NULL) return -EBADF;
  if (!DuplicateHandle(self, handle, self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS)) return bk_last_errno();
  int fd = (int)(uintptr_t)copy;
  int result = bk_add(fd, &(bk_entry){.kind = BK_FILE});
  if (result == 0) return fd;
  CloseHandle(copy);
  return result;
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

int bk_read(int file, bk_span into, int64_t position) {
  HANDLE handle = bk_file_handle(file);
  DWORD count = 0, length = (DWORD)(into.length > INT_MAX ? INT_MAX : into.length);
  if (handle == NULL) return -EBADF;
  OVERLAPPED at = {.Offset = (DWORD)position, .OffsetHigh = (DWORD)(position >> 32)};
  if (ReadFile(handle, into.bytes, length, &count, position < 0 ? NULL : &at)) return (int)count;
  DWORD error = GetLastError();
  if (error == ERROR_HANDLE_EOF || error == ERROR_BROKEN_PIPE) return 0;
  return error == ERROR_INVALID_FUNCTION ? -EISDIR : bk_errno_of(error);
}

int bk_seek(int file, int64_t offset) {
  HANDLE handle = bk_file_handle(file);
  LARGE_INTEGER position = {.QuadPart = offset};
  if (handle == NULL) return bk_is(file, BK_SOCKET) ? -ESPIPE : -EBADF;
  if (GetFileType(handle) != FILE_TYPE_DISK) return -ESPIPE;
  return SetFilePointerEx(handle, position, NULL, FILE_BEGIN) ? 0 : bk_last_errno();
}

/* TransmitFile waits for the whole file, also on a socket that is non-blocking. So a piece is read and sent. */
int bk_sendfile(int fd, int file, int64_t offset, int64_t count) {
  enum { PIECE = 65536 };
  uint8_t piece[PIECE];
  if (count < 0) return -EINVAL;
  int length = bk_read(file, (bk_span){piece, count < PIECE ? (size_t)count : PIECE}, offset);
  return length <= 0 ? length : bk_send(fd, (bk_span){piece, (size_t)length}, 0);
}

/* Windows has no call that moves bytes from a pipe to a socket. */
int bk_splice(int fd, int pipe, int64_t count) {
  (void)fd, (void)pipe, (void)count;
  return -ENOSYS;
}
