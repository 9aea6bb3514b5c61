#include "node_functions.h"

#include <windows.h>

bk_node_functions bk_node;

/* An executable that has Node.js as a library exports nothing itself. */
static FARPROC find(const char *name) {
  static const wchar_t *const libraries[] = {NULL, L"libnode.dll", L"node.dll"};
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
    HMODULE module = GetModuleHandleW(libraries[i]);
    FARPROC function = module == NULL ? NULL : GetProcAddress(module, name);
    if (function != NULL) return function;
  }
  return NULL;
}

static const char *const names[] = {
#define BK_NODE_NAME(name) #name,
    BK_NODE_FUNCTIONS(BK_NODE_NAME)
#undef BK_NODE_NAME
};

int bk_load_node_functions(void) {
  FARPROC *functions = (FARPROC *)(void *)&bk_node;
  _Static_assert(sizeof bk_node == sizeof names / sizeof *names * sizeof *functions, "one pointer for each name");
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if ((functions[i] = find(names[i])) == NULL) return 0;
  return 1;
}
