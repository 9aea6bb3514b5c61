/* Tests of the resolver: its results for this machine, and that it frees all memory (the address sanitizer
 * reports leaks at the end). */
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "core/resolve.h"

#undef NDEBUG
#include <assert.h>

static struct sockaddr_in local_address(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(22)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static void finds_addresses(void) {
  bk_answer answer = {0};
  bk_getaddrinfo("localhost", "80", AF_INET, SOCK_STREAM, 0, AI_CANONNAME, &answer);
  int32_t header[5];
  struct sockaddr_in found;
  assert(answer.kind == BK_OK && answer.length >= sizeof header + sizeof found);
  memcpy(header, answer.bytes, sizeof header);
  memcpy(&found, answer.bytes + sizeof header, sizeof found);
  assert(header[0] == AF_INET && header[1] == SOCK_STREAM && header[3] == sizeof found && header[4] > 0);
  assert(found.sin_port == htons(80) && found.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
  bk_answer_free(&answer);
}

static void finds_names(void) {
  bk_answer answer = {0};
  struct sockaddr_in address = local_address();
  bk_getnameinfo((bk_span){(uint8_t *)&address, sizeof address}, NI_NUMERICHOST | NI_NUMERICSERV, &answer);
  assert(answer.kind == BK_OK && answer.length == sizeof "127.0.0.1" + sizeof "22");
  assert(memcmp(answer.bytes, "127.0.0.1\00022", answer.length) == 0);
  bk_answer_free(&answer);
}

static void finds_hosts(void) {
  bk_answer answer = {0};
  bk_gethostbyname("localhost", AF_INET, &answer);
  assert(answer.kind == BK_OK && strcmp((char *)answer.bytes + 4, "localhost") == 0);
  bk_answer_free(&answer);
  struct in_addr address = local_address().sin_addr;
  bk_gethostbyaddr((bk_span){(uint8_t *)&address, sizeof address}, AF_INET, &answer);
  assert(answer.kind == BK_OK && answer.length > 4);
  bk_answer_free(&answer);
}

static void says_what_is_wrong(void) {
  bk_answer answer = {0};
  uint8_t long_address[200] = {0};
  bk_getaddrinfo("no address", NULL, 0, 0, 0, AI_NUMERICHOST, &answer);
  assert(answer.kind == BK_EAI && answer.code == EAI_NONAME && answer.bytes == NULL);
  answer = (bk_answer){0};
  bk_getnameinfo((bk_span){long_address, sizeof long_address}, 0, &answer);
  assert(answer.kind == BK_ERRNO && answer.bytes == NULL);
  answer = (bk_answer){0};
  bk_gethostbyname("", AF_INET, &answer);
  assert(answer.kind == BK_HERRNO && answer.bytes == NULL);
}

int names(void) {
  void (*tests[])(void) = {finds_addresses, finds_names, finds_hosts, says_what_is_wrong};
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) tests[i]();
  return (int)(sizeof tests / sizeof *tests);
}
