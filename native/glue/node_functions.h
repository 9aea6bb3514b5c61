/* Node-API on Windows. An import by name would be from "node.exe", and the executable may have any other name: a renamed
 * Node.js, Bun, Deno, Electron, a program with Node.js inside. So its functions are looked up in the executable when the
 * addon is loaded, and each name below stands for a pointer to one. */
#ifndef BERKELEY_NODE_FUNCTIONS_H
#define BERKELEY_NODE_FUNCTIONS_H

#include <node_api.h>

#ifdef _WIN32

#define BK_NODE_FUNCTIONS(EACH)             \
  EACH(napi_add_env_cleanup_hook)           \
  EACH(napi_call_function)                  \
  EACH(napi_call_threadsafe_function)       \
  EACH(napi_close_handle_scope)             \
  EACH(napi_create_array)                   \
  EACH(napi_create_arraybuffer)             \
  EACH(napi_create_async_work)              \
  EACH(napi_create_buffer_copy)             \
  EACH(napi_create_function)                \
  EACH(napi_create_int32)                   \
  EACH(napi_create_object)                  \
  EACH(napi_create_reference)               \
  EACH(napi_create_string_utf8)             \
  EACH(napi_create_threadsafe_function)     \
  EACH(napi_delete_async_work)              \
  EACH(napi_delete_reference)               \
  EACH(napi_fatal_exception)                \
  EACH(napi_get_and_clear_last_exception)   \
  EACH(napi_get_array_length)               \
  EACH(napi_get_cb_info)                    \
  EACH(napi_get_element)                    \
  EACH(napi_get_global)                     \
  EACH(napi_get_reference_value)            \
  EACH(napi_get_typedarray_info)            \
  EACH(napi_get_undefined)                  \
  EACH(napi_get_value_double)               \
  EACH(napi_get_value_int32)                \
  EACH(napi_get_value_int64)                \
  EACH(napi_get_value_string_utf8)          \
  EACH(napi_get_value_uint32)               \
  EACH(napi_is_detached_arraybuffer)        \
  EACH(napi_make_callback)                  \
  EACH(napi_open_handle_scope)              \
  EACH(napi_queue_async_work)               \
  EACH(napi_ref_threadsafe_function)        \
  EACH(napi_release_threadsafe_function)    \
  EACH(napi_set_element)                    \
  EACH(napi_set_named_property)             \
  EACH(napi_throw_error)                    \
  EACH(napi_typeof)                         \
  EACH(napi_unref_threadsafe_function)

typedef struct {
#define BK_NODE_POINTER(name) __typeof__(name) *name;
  BK_NODE_FUNCTIONS(BK_NODE_POINTER)
#undef BK_NODE_POINTER
} bk_node_functions;

extern bk_node_functions bk_node;

#define napi_add_env_cleanup_hook bk_node.napi_add_env_cleanup_hook
#define napi_call_function bk_node.napi_call_function
#define napi_call_threadsafe_function bk_node.napi_call_threadsafe_function
#define napi_close_handle_scope bk_node.napi_close_handle_scope
#define napi_create_array bk_node.napi_create_array
#define napi_create_arraybuffer bk_node.napi_create_arraybuffer
#define napi_create_async_work bk_node.napi_create_async_work
#define napi_create_buffer_copy bk_node.napi_create_buffer_copy
#define napi_create_function bk_node.napi_create_function
#define napi_create_int32 bk_node.napi_create_int32
#define napi_create_object bk_node.napi_create_object
#define napi_create_reference bk_node.napi_create_reference
#define napi_create_string_utf8 bk_node.napi_create_string_utf8
#define napi_create_threadsafe_function bk_node.napi_create_threadsafe_function
#define napi_delete_async_work bk_node.napi_delete_async_work
#define napi_delete_reference bk_node.napi_delete_reference
#define napi_fatal_exception bk_node.napi_fatal_exception
#define napi_get_and_clear_last_exception bk_node.napi_get_and_clear_last_exception
#define napi_get_array_length bk_node.napi_get_array_length
#define napi_get_cb_info bk_node.napi_get_cb_info
#define napi_get_element bk_node.napi_get_element
#define napi_get_global bk_node.napi_get_global
#define napi_get_reference_value bk_node.napi_get_reference_value
#define napi_get_typedarray_info bk_node.napi_get_typedarray_info
#define napi_get_undefined bk_node.napi_get_undefined
#define napi_get_value_double bk_node.napi_get_value_double
#define napi_get_value_int32 bk_node.napi_get_value_int32
#define napi_get_value_int64 bk_node.napi_get_value_int64
#define napi_get_value_string_utf8 bk_node.napi_get_value_string_utf8
#define napi_get_value_uint32 bk_node.napi_get_value_uint32
#define napi_is_detached_arraybuffer bk_node.napi_is_detached_arraybuffer
#define napi_make_callback bk_node.napi_make_callback
#define napi_open_handle_scope bk_node.napi_open_handle_scope
#define napi_queue_async_work bk_node.napi_queue_async_work
#define napi_ref_threadsafe_function bk_node.napi_ref_threadsafe_function
#define napi_release_threadsafe_function bk_node.napi_release_threadsafe_function
#define napi_set_element bk_node.napi_set_element
#define napi_set_named_property bk_node.napi_set_named_property
#define napi_throw_error bk_node.napi_throw_error
#define napi_typeof bk_node.napi_typeof
#define napi_unref_threadsafe_function bk_node.napi_unref_threadsafe_function

/* Looks all of them up. 0 if one is missing: the process is not a runtime that has Node-API. */
int bk_load_node_functions(void);

#else

static inline int bk_load_node_functions(void) { return 1; }

#endif
#endif
