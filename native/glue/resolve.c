/* The resolver for JavaScript. Each of the four calls creates a request: a copy of its arguments, a function that runs
 * it, and its answer. Without a callback it runs in this thread; with one it runs in the runtime's worker pool.
 *
 * When an environment ends (worker.terminate()), the runtime waits for a request that is running, and completes it when
 * JavaScript can no longer be called. A request touches no memory but its own. */
#include "core/resolve.h"

#include <stdlib.h>
#include <string.h>

#include "call.h"

typedef struct bk_request bk_request;

struct bk_request {
  void (*run)(bk_request *request);
  char *host, *service;
  bk_span raw;
  int32_t family, type, protocol, flags;
  bk_answer answer;
  napi_async_work work;
  napi_ref callback;
};

static void request_free(napi_env env, bk_request *request) {
  if (request->callback != NULL) napi_delete_reference(env, request->callback);
  if (request->work != NULL) napi_delete_async_work(env, request->work);
  bk_answer_free(&request->answer);
  free(request->host);
  free(request->service);
  free(request->raw.bytes);
  free(request);
}

/* The answer of a request whose allocation failed. */
static const bk_answer no_memory = {.kind = BK_ERRNO, .code = ENOMEM};

static void out_of_memory(bk_request *request) { request->answer = no_memory; }

static char *copy_text(napi_env env, napi_value value, bk_request *request) {
  char *text;
  if (bk_text(env, value, &text) < 0) out_of_memory(request);
  return text;
}

static bk_span copy_bytes(napi_env env, napi_value value, bk_request *request) {
  bk_span bytes = bk_bytes(env, value);
  uint8_t *copy = malloc(bytes.length + 1);
  if (copy == NULL) {
    out_of_memory(request);
    return (bk_span){NULL, 0};
  }
  if (bytes.length > 0) memcpy(copy, bytes.bytes, bytes.length);
  return (bk_span){copy, bytes.length};
}

static napi_value failure(napi_env env, const bk_answer *answer) {
  static const char *const kinds[] = {[BK_ERRNO] = "errno", [BK_EAI] = "eai", [BK_HERRNO] = "herror"};
  napi_value object = NULL;
  if (napi_create_object(env, &object) != napi_ok) return NULL;
  napi_set_named_property(env, object, "kind", bk_string(env, kinds[answer->kind]));
  napi_set_named_property(env, object, "code", bk_number(env, answer->code));
  return object;
}

static napi_value answer_value(napi_env env, const bk_answer *answer) {
  if (answer->kind != BK_OK) return failure(env, answer);
  napi_value buffer = NULL;
  napi_status status = napi_create_buffer_copy(env, answer->length, answer->bytes, NULL, &buffer);
  return status == napi_ok ? buffer : failure(env, &no_memory);
}

static void run(bk_request *request) {
  if (request->answer.kind == BK_OK) request->run(request);
}

static void execute(napi_env env, void *data) {
  (void)env;
  run(data);
}

/* napi_make_callback, not napi_call_function: it also runs the microtasks that the settled promise queued. While the
 * environment ends, the calls in here fail, and no JavaScript waits for the answer. */
static void complete(napi_env env, napi_status status, void *data) {
  bk_request *request = data;
  napi_handle_scope scope;
  napi_value callback = NULL, global = NULL, argument, result;
  if (napi_open_handle_scope(env, &scope) == napi_ok) {
    if (status != napi_ok) {
      bk_answer_free(&request->answer);
      request->answer = (bk_answer){.kind = BK_ERRNO, .code = ECANCELED};
    }
    napi_get_reference_value(env, request->callback, &callback);
    napi_get_global(env, &global);
    argument = answer_value(env, &request->answer);
    if (callback != NULL && argument != NULL) napi_make_callback(env, NULL, global, callback, 1, &argument, &result);
    napi_close_handle_scope(env, scope);
  }
  request_free(env, request);
}

static napi_status start(napi_env env, bk_request *request, napi_value callback) {
  napi_status status = napi_create_reference(env, callback, 1, &request->callback);
  if (status == napi_ok)
    status = napi_create_async_work(env, NULL, bk_string(env, "berkeley.resolver"), execute, complete, request,
                                    &request->work);
  return status == napi_ok ? napi_queue_async_work(env, request->work) : status;
}

/* Queues the request if there is a callback. Without one, or if that fails, returns the answer, and the callback is not
 * called. */
static napi_value submit(napi_env env, bk_request *request, napi_value callback) {
  napi_valuetype type = napi_undefined;
  napi_typeof(env, callback, &type);
  if (type == napi_function) {
    if (start(env, request, callback) == napi_ok) return NULL;
    out_of_memory(request);
  }
  run(request);
  napi_value answer = answer_value(env, &request->answer);
  request_free(env, request);
  return answer;
}

static bk_request *request_new(void (*run)(bk_request *request)) {
  bk_request *request = calloc(1, sizeof *request);
  if (request != NULL) request->run = run;
  return request;
}

static void run_getaddrinfo(bk_request *request) {
  bk_getaddrinfo(request->host, request->service, request->family, request->type, request->protocol, request->flags,
                 &request->answer);
}

/* (host | null, service | null, family, type, protocol, flags, callback | null) */
static BK_FUNCTION(getaddrinfo_) {
  BK_ARGUMENTS(7);
  bk_request *request = request_new(run_getaddrinfo);
  if (request == NULL) return failure(env, &no_memory);
  request->host = copy_text(env, arguments[0], request);
  request->service = copy_text(env, arguments[1], request);
  request->family = bk_int(env, arguments[2]);
  request->type = bk_int(env, arguments[3]);
  request->protocol = bk_int(env, arguments[4]);
  request->flags = bk_int(env, arguments[5]);
  return submit(env, request, arguments[6]);
}

static void run_getnameinfo(bk_request *request) { bk_getnameinfo(request->raw, request->flags, &request->answer); }

/* (address: Uint8Array, flags, callback | null) */
static BK_FUNCTION(getnameinfo_) {
  BK_ARGUMENTS(3);
  bk_request *request = request_new(run_getnameinfo);
  if (request == NULL) return failure(env, &no_memory);
  request->raw = copy_bytes(env, arguments[0], request);
  request->flags = bk_int(env, arguments[1]);
  return submit(env, request, arguments[2]);
}

static void run_gethostbyname(bk_request *request) {
  bk_gethostbyname(request->host == NULL ? "" : request->host, request->family, &request->answer);
}

/* (name, family, callback | null) */
static BK_FUNCTION(gethostbyname_) {
  BK_ARGUMENTS(3);
  bk_request *request = request_new(run_gethostbyname);
  if (request == NULL) return failure(env, &no_memory);
  request->host = copy_text(env, arguments[0], request);
  request->family = bk_int(env, arguments[1]);
  return submit(env, request, arguments[2]);
}

static void run_gethostbyaddr(bk_request *request) {
  bk_gethostbyaddr(request->raw, request->family, &request->answer);
}

/* (raw: Uint8Array, family, callback | null) */
static BK_FUNCTION(gethostbyaddr_) {
  BK_ARGUMENTS(3);
  bk_request *request = request_new(run_gethostbyaddr);
  if (request == NULL) return failure(env, &no_memory);
  request->raw = copy_bytes(env, arguments[0], request);
  request->family = bk_int(env, arguments[1]);
  return submit(env, request, arguments[2]);
}

/* (code) -> the text of gai_strerror(3) */
static BK_FUNCTION(gai_strerror_) {
  BK_ARGUMENTS(1);
  return bk_string(env, bk_gai_strerror(bk_int(env, arguments[0])));
}

/* (code) -> the text of hstrerror(3) */
static BK_FUNCTION(hstrerror_) {
  BK_ARGUMENTS(1);
  return bk_string(env, bk_hstrerror(bk_int(env, arguments[0])));
}

void bk_resolve_exports(bk_exports *exports) {
  bk_export(exports, "getaddrinfo", getaddrinfo_);
  bk_export(exports, "getnameinfo", getnameinfo_);
  bk_export(exports, "gethostbyname", gethostbyname_);
  bk_export(exports, "gethostbyaddr", gethostbyaddr_);
  bk_export(exports, "gai_strerror", gai_strerror_);
  bk_export(exports, "hstrerror", hstrerror_);
}
