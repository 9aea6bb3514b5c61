/* Accepts connections and closes them. */
#include "serve.h"

int main(void) {
  int server = serve_tcp(0);
  for (;;) close(check(accept(server, NULL, NULL), "accept"));
}
