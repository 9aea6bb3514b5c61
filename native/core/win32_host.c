/* The executable that has loaded this addon: node.exe, or a program with another name that contains Node.js. */
#include "win32_host.h"

#include <stddef.h>
#include <windows.h>

/* An executable that uses Node.js as a library does not export the functions itself. */
void *bk_host_function(const char *name) {
  static const wchar_t *const libraries[] = {NULL, L"libnode.dll", L"node.dll"};
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
    HMODULE module = GetModuleHandleW(libraries[i]);
    FARPROC function = module == NULL ? NULL : GetProcAddress(module, name);
    if (function != NULL) return (void *)function;
  }
  return NULL;
}
