/* The functions that the executable, or the library that Node.js is in, exports. */
#ifndef BERKELEY_WIN32_HOST_H
#define BERKELEY_WIN32_HOST_H

/* Returns a function by its name, or NULL. */
void *bk_host_function(const char *name);

#endif
