/* The poller for JavaScript: one for each environment. */
#include <errno.h>
#include <unistd.h>

#include "wakeup.h"

/* (callback: (count) => void, kind: 0 libuv, 1 a thread) -> poller */
static BK_FUNCTION(poller_open) {
  BK_ARGUMENTS(2);
  bk_wakeup_open *const kinds[] = {bk_wakeup_uv_open, bk_wakeup_thread_open};
  int poller = bk_poller_open();
  if (poller < 0) return bk_number(env, poller);
  int result = kinds[bk_int(env, arguments[1]) & 1](bk_environment_of(env), poller, arguments[0]);
  if (result < 0) close(poller);
  return bk_number(env, result < 0 ? result : poller);
}

/* () -> a poller of its own, that nothing watches */
static BK_FUNCTION(poller_new) {
  (void)info;
  return bk_number(env, bk_poller_open());
}

/* (hold: 0 | 1): whether a waiting promise keeps the process alive */
static BK_FUNCTION(poller_hold) {
  BK_ARGUMENTS(1);
  bk_wakeup *wakeup = bk_environment_of(env)->wakeup;
  if (wakeup == NULL) return bk_number(env, -ENOENT);
  wakeup->hold(wakeup, bk_int(env, arguments[0]));
  return bk_number(env, 0);
}

/* (): JavaScript goes idle, the wake-up is to watch */
static BK_FUNCTION(poller_arm) {
  (void)info;
  bk_wakeup *wakeup = bk_environment_of(env)->wakeup;
  if (wakeup != NULL && wakeup->arm != NULL) wakeup->arm(wakeup);
  return bk_number(env, 0);
}

/* (poller, fd, id, events) */
static BK_FUNCTION(poller_add) {
  BK_ARGUMENTS(4);
  return bk_number(env, bk_poller_add(bk_int(env, arguments[0]), bk_int(env, arguments[1]), bk_int(env, arguments[2]),
                                      bk_int(env, arguments[3])));
}

/* (poller, fd, id, events) */
static BK_FUNCTION(poller_modify) {
  BK_ARGUMENTS(4);
  return bk_number(env, bk_poller_modify(bk_int(env, arguments[0]), bk_int(env, arguments[1]),
                                         bk_int(env, arguments[2]), bk_int(env, arguments[3])));
}

/* (poller, fd) */
static BK_FUNCTION(poller_remove) {
  BK_ARGUMENTS(2);
  return bk_number(env, bk_poller_remove(bk_int(env, arguments[0]), bk_int(env, arguments[1])));
}

/* (poller, into: Uint8Array | undefined) -> the number of events, now in `into`; without it in shared memory, which a
 * caller that is called back with events must not overwrite while it reads them */
static BK_FUNCTION(poller_collect) {
  BK_ARGUMENTS(2);
  bk_span into = bk_bytes(env, arguments[1]);
  bk_event *events = into.bytes == NULL ? bk_environment_of(env)->shared->events : (bk_event *)into.bytes;
  size_t room = into.bytes == NULL ? BK_EVENTS_MAX : into.length / sizeof *events;
  int most = room < BK_EVENTS_MAX ? (int)room : BK_EVENTS_MAX;
  return bk_number(env, bk_poller_collect(bk_int(env, arguments[0]), events, most));
}

void bk_poller_exports(napi_env env, napi_value exports) {
  bk_export(env, exports, "pollerOpen", poller_open);
  bk_export(env, exports, "pollerNew", poller_new);
  bk_export(env, exports, "pollerHold", poller_hold);
  bk_export(env, exports, "pollerArm", poller_arm);
  bk_export(env, exports, "pollerAdd", poller_add);
  bk_export(env, exports, "pollerModify", poller_modify);
  bk_export(env, exports, "pollerRemove", poller_remove);
  bk_export(env, exports, "pollerCollect", poller_collect);
}
