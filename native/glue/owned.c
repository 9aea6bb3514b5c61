/* The descriptors of a worker's sockets. A worker may be terminated at any time, and no JavaScript runs then: what it
 * leaves open is closed from here. */
#include <stdlib.h>
#include <string.h>

#include "call.h"

/* Makes room for `fd` in the table; 0 when there is no memory, and the descriptor then is the process's to close. */
static int reserve(bk_environment *environment, size_t fd) {
  if (fd < environment->owned_size) return 1;
  size_t size = environment->owned_size == 0 ? 256 : environment->owned_size;
  while (size <= fd) size *= 2;
  uint8_t *owned = realloc(environment->owned, size);
  if (owned == NULL) return 0;
  memset(owned + environment->owned_size, 0, size - environment->owned_size);
  environment->owned = owned;
  environment->owned_size = size;
  return 1;
}

/* (fd, owned: 0 | 1): whether the descriptor goes with the environment */
static BK_FUNCTION(own) {
  BK_ARGUMENTS(2);
  bk_environment *environment = bk_environment_of(env);
  int32_t fd = bk_int(env, arguments[0]);
  if (fd >= 0 && reserve(environment, (size_t)fd)) environment->owned[fd] = (uint8_t)bk_int(env, arguments[1]);
  return bk_number(env, 0);
}

void bk_owned_close(bk_environment *environment) {
  for (size_t fd = 0; fd < environment->owned_size; fd++)
    if (environment->owned[fd]) bk_close((int)fd);
  free(environment->owned);
}

void bk_owned_exports(napi_env env, napi_value exports) { bk_export(env, exports, "own", own); }
