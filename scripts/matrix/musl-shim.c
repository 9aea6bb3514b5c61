/* The functions that Debian's libstdc++ and libgcc need from glibc and that musl lacks: enough to run Bun for
 * musl beside glibc. It has the name of glibc's dynamic loader, against which those two libraries are linked. */
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct {
  unsigned vendor, type, subtype, features[1];
} __cpu_model;

int __cpu_indicator_init(void) { return 0; }

/* The unwinder then calls dl_iterate_phdr, which musl has. */
int _dl_find_object(void *address, void *result) {
  (void)address, (void)result;
  return -1;
}

/* Destructors of thread-local objects do not run. */
int __cxa_thread_atexit_impl(void (*function)(void *), void *object, void *library) {
  (void)function, (void)object, (void)library;
  return 0;
}

char __libc_single_threaded = 0;

size_t __strftime_l(char *text, size_t size, const char *format, const struct tm *time, locale_t locale) {
  return strftime_l(text, size, format, time, locale);
}

uint32_t arc4random(void) {
  uint32_t value = 0;
  syscall(SYS_getrandom, &value, sizeof value, 0);
  return value;
}
