/* The pollers of an instance: the one that wakes JavaScript, and any number of others. */
#include "wakeup.h"

/* (callback: (count) => void, kind: 0 libuv, 1 a thread) -> poller; once per instance */
static BK_FUNCTION(poller_open) {
  BK_ARGUMENTS(2);
  bk_wakeup_open *const kinds[] = {bk_wakeup_uv_open, bk_wakeup_thread_open};
  if (environment->wakeup != NULL) return bk_number(env, -EALREADY);
  int poller = bk_owned_keep(&environment->owned, bk_poller_open());
  if (poller < 0) return bk_number(env, poller);
  int result = kinds[bk_int(env, arguments[1]) & 1](environment, poller, arguments[0]);
  if (result == 0) return bk_number(env, poller);
  bk_owned_remove(&environment->owned, poller);
  bk_close(poller);
  return bk_number(env, result);
}

/* () -> a poller that nothing watches */
static BK_FUNCTION(poller_new) {
  BK_ARGUMENTS(1);
  return bk_number(env, bk_owned_keep(&environment->owned, bk_poller_open()));
}

/* (keep: 0 | 1): whether a waiting promise keeps the process alive */
static BK_FUNCTION(poller_hold) {
  BK_ARGUMENTS(1);
  bk_wakeup *wakeup = environment->wakeup;
  if (wakeup == NULL) return bk_number(env, -ENOENT);
  wakeup->keep_alive(wakeup, bk_int(env, arguments[0]));
  return bk_number(env, 0);
}

/* (): JavaScript becomes idle, so the wake-up must watch the poller */
static BK_FUNCTION(poller_arm) {
  BK_ARGUMENTS(1);
  bk_wakeup *wakeup = environment->wakeup;
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

/* (poller, into: Uint8Array | undefined) -> the number of events. They are in `into`, or without it in shared memory.
 * A caller that reads events from shared memory must not have them overwritten meanwhile. */
static BK_FUNCTION(poller_collect) {
  BK_ARGUMENTS(2);
  bk_span into = bk_bytes(env, arguments[1]);
  if (into.bytes == NULL) into = (bk_span){(uint8_t *)environment->shared->events, sizeof environment->shared->events};
  size_t most = into.length / sizeof(bk_event);
  if ((uintptr_t)into.bytes % _Alignof(bk_event) != 0) return bk_number(env, -EINVAL);
  if (most > BK_EVENTS_MAX) most = BK_EVENTS_MAX;
  bk_event *events = (bk_event *)(void *)into.bytes;
  return bk_number(env, bk_poller_collect(bk_int(env, arguments[0]), events, (int)most));
}

void bk_poller_exports(bk_exports *exports) {
  bk_export(exports, "pollerOpen", poller_open);
  bk_export(exports, "pollerNew", poller_new);
  bk_export(exports, "pollerHold", poller_hold);
  bk_export(exports, "pollerArm", poller_arm);
  bk_export(exports, "pollerAdd", poller_add);
  bk_export(exports, "pollerModify", poller_modify);
  bk_export(exports, "pollerRemove", poller_remove);
  bk_export(exports, "pollerCollect", poller_collect);
}
