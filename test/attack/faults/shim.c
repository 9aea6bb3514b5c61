/* Decides which calls of the addon to disturb. The loader puts this library before libc (LD_PRELOAD, ld.so(8)), so its
 * functions are called instead of libc's. They pass every call on, except calls that come from the addon and that the
 * plan names. The return address of a call tells where it comes from. */
#define _GNU_SOURCE
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct control *shim_control;
static _Atomic uintptr_t low, high; /* the addresses of the addon */

void *shim_next(const char *name) {
  static void *(*next)(void *, const char *);
  /* dlsym itself is wrapped, so this one is found by its version. */
  const char *const versions[] = {"GLIBC_2.34", "GLIBC_2.17", "GLIBC_2.2.5"};
  for (size_t i = 0; next == NULL && i < sizeof versions / sizeof *versions; i++)
    next = dlvsym(RTLD_NEXT, "dlsym", versions[i]);
  return next(RTLD_NEXT, name);
}

enum action shim_decide(enum slot slot, const void *caller) {
  uintptr_t address = (uintptr_t)caller;
  if (address < atomic_load_explicit(&low, memory_order_relaxed)) return NOTHING;
  if (address >= atomic_load_explicit(&high, memory_order_relaxed)) return NOTHING;
  struct control *control = shim_control;
  if (control == NULL || !atomic_load(&control->armed)) return NOTHING;
  int number = atomic_fetch_add(&control->counts[slot], 1);
  int first = atomic_load(&control->first);
  if (atomic_load(&control->slot) != (int)slot) return NOTHING;
  if (number < first || number - first >= atomic_load(&control->times)) return NOTHING;
  atomic_fetch_add(&control->hits, 1);
  return (enum action)atomic_load(&control->action);
}

void shim_spare(void) { atomic_fetch_sub(&shim_control->hits, 1); }

static int note_segments(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size;
  uintptr_t inside = *(uintptr_t *)data, start = UINTPTR_MAX, end = 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    if (info->dlpi_phdr[i].p_type != PT_LOAD) continue;
    uintptr_t from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
    if (from < start) start = from;
    if (from + info->dlpi_phdr[i].p_memsz > end) end = from + info->dlpi_phdr[i].p_memsz;
  }
  if (inside < start || inside >= end) return 0;
  atomic_store(&high, end);
  atomic_store(&low, start);
  return 1;
}

/* Notes where the addon is when the runtime loads it. */
EXPORT(void *, dlopen, (const char *file, int mode)) {
  REAL(void *, dlopen, (const char *, int));
  void *library = real(file, mode);
  if (library == NULL || file == NULL || strstr(file, ".node") == NULL) return library;
  uintptr_t inside = (uintptr_t)dlsym(library, "napi_register_module_v1");
  if (inside != 0) dl_iterate_phdr(note_segments, &inside);
  return library;
}

/* Maps the file that FAULTS_CONTROL names, and writes the names of the functions to it. */
__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAULTS_CONTROL");
  int fd = file == NULL ? -1 : open(file, O_RDWR | O_CLOEXEC);
  atomic_store(&low, UINTPTR_MAX);
  if (fd < 0) return;
  struct control *control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (control == MAP_FAILED) return;
#define WRITE_NAME(name) strncpy(control->names[SLOT_##name], #name, SLOT_NAME - 1);
  SLOTS(WRITE_NAME)
#undef WRITE_NAME
  shim_control = control;
}
