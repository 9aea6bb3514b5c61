/* Sharing sockets with another process; only Windows has it. */
#include "call.h"

/* (fd, process, into: Uint8Array) */
static BK_FUNCTION(share_) {
  BK_ARGUMENTS(3);
  uint32_t process = 0;
  napi_get_value_uint32(env, arguments[1], &process);
  return bk_number(env, bk_share(bk_int(env, arguments[0]), process, bk_bytes(env, arguments[2])));
}

/* (shared: Uint8Array) -> descriptor */
static BK_FUNCTION(from_share) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_owned_keep(&environment->owned, bk_from_share(bk_bytes(env, arguments[0]))));
}

void bk_share_exports(bk_exports *exports) {
  bk_export(exports, "share", share_);
  bk_export(exports, "fromShare", from_share);
  bk_export_number(exports, "shareSize", BK_SHARE_SIZE);
}
