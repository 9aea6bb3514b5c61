#include "win32.h"

/* The linker of MinGW lists here what it could not import directly: accesses to variables of another DLL. */
extern char __RUNTIME_PSEUDO_RELOC_LIST__[], __RUNTIME_PSEUDO_RELOC_LIST_END__[];

void _pei386_runtime_relocator(void);

/* MinGW's startup code calls this to patch those accesses. The addon imports only functions, so that there is nothing to do.
 * MinGW's own function needs a stack probe, and zig has that in one object with 50 KB of arithmetic, which would be half of
 * the binary. */
void _pei386_runtime_relocator(void) {
  intptr_t length = (intptr_t)__RUNTIME_PSEUDO_RELOC_LIST_END__ - (intptr_t)__RUNTIME_PSEUDO_RELOC_LIST__;
  if (length > 0) __builtin_trap();
}
