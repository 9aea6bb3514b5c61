/* How much of C's memory is in use: what malloc(3) gave and nobody gave back, in all threads. mallinfo2(3) */
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
