/* Ownership for JavaScript: the descriptors that are closed when the environment ends. */
#include "call.h"

/* (fd): the instance takes over an open descriptor. 0, -EBADF or -ENOMEM */
static BK_FUNCTION(own) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_owned_adopt(&environment->owned, bk_int(env, arguments[0])));
}

/* (fd): the descriptor is no longer closed by the instance */
static BK_FUNCTION(disown) {
  BK_ARGUMENTS(1);
  bk_owned_remove(&environment->owned, bk_int(env, arguments[0]));
  return bk_number(env, 0);
}

void bk_owned_exports(bk_exports *exports) {
  bk_export(exports, "own", own);
  bk_export(exports, "disown", disown);
}
