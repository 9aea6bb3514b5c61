#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "client.h"

char message[MESSAGE_MAX];

static const struct {
  const char *name;
  int (*drive)(const run *run);
} modes[] = {
    {"ping-pong", ping_pong}, {"unix-ping-pong", unix_ping_pong}, {"many", many}, {"burst", burst},
    {"flood", flood},         {"churn", churn},                   {"hold", hold}, {"gso-burst", gso_burst},
    {"demand", demand},       {"http", http},                   {"drain", drain}, {"visits", visits},
    {"descriptors", descriptors}, {"storm", storm},
};

static void raise_descriptor_limit(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int count, char **words) {
  if (count < 6) {
    fprintf(stderr, "usage: client <mode> <where> <pid> <warm seconds> <seconds> [numbers]\n");
    return 2;
  }
  run run = {.where = words[2], .pid = atoi(words[3]), .warm = atof(words[4]), .seconds = atof(words[5])};
  for (int i = 0; i < NUMBERS_MAX && i + 6 < count; i++) run.numbers[i] = atoi(words[i + 6]);
  memset(message, '.', sizeof message);
  raise_descriptor_limit();
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
    if (strcmp(modes[i].name, words[1]) == 0) return modes[i].drive(&run);
  fprintf(stderr, "client: there is no mode %s\n", words[1]);
  return 2;
}
