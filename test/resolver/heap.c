/* The used bytes of the C heap: allocated by malloc(3) and not freed, in all threads. See mallinfo2(3). */
#include <malloc.h>
#include <node_api.h>

static napi_value in_use(napi_env env, napi_callback_info info) {
  (void)info;
  struct mallinfo2 state = mallinfo2();
  napi_value number;
  napi_create_double(env, (double)(state.uordblks + state.hblkhd), &number);
  return number;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "inUse", NAPI_AUTO_LENGTH, in_use, NULL, &function);
  napi_set_named_property(env, exports, "inUse", function);
  return exports;
}
