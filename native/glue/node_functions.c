#include "node_functions.h"

#include "core/win32_host.h"

bk_node_functions bk_node;

static const char *const names[] = {
#define BK_NODE_NAME(name) #name,
    BK_NODE_FUNCTIONS(BK_NODE_NAME)
#undef BK_NODE_NAME
};

int bk_load_node_functions(void) {
  void **functions = (void **)(void *)&bk_node;
  _Static_assert(sizeof bk_node == sizeof names / sizeof *names * sizeof *functions, "one pointer for each name");
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if ((functions[i] = bk_host_function(names[i])) == NULL) return 0;
  return 1;
}
