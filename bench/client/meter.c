/* Time on the monotonic clock, and the server's processor time as the scheduler counts it. */
#include <dirent.h>
#include <stdio.h>

#include "client.h"

/* schedstat counts nanoseconds, while /proc/<pid>/stat counts ticks of 10 ms. All threads count, because the
 * helper threads of a runtime work for its server too. */
static int64_t server_cpu(int pid) {
  char path[512];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *tasks = opendir(path);
  if (tasks == NULL) die(path);
  int64_t sum = 0;
  for (struct dirent *task; (task = readdir(tasks)) != NULL;) {
    if (task->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, task->d_name);
    FILE *file = fopen(path, "r");
    if (file == NULL) continue; /* a thread that has ended meanwhile */
    long long spent = 0;
    if (fscanf(file, "%lld", &spent) == 1) sum += spent;
    fclose(file);
  }
  closedir(tasks);
  return sum;
}

static int64_t client_cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int64_t nanoseconds(double seconds) { return (int64_t)(seconds * 1e9); }

meter meter_start(const run *run) {
  return (meter){.run = run, .warm = true, .end = now() + nanoseconds(run->warm)};
}

static void print(const meter *meter) {
  int64_t elapsed = now() - meter->started, client = client_cpu() - meter->client;
  int64_t server = server_cpu(meter->run->pid) - meter->server;
  double messages = meter->messages > 0 ? (double)meter->messages : 1;
  printf("{\"elapsed\":%.4f,\"server\":%.4f,\"client\":%.4f,\"lost\":%lld", (double)elapsed / messages,
         (double)server / messages, (double)client / messages, (long long)meter->lost);
  int64_t p50, p99;
  if (latency_percentiles(&p50, &p99)) printf(",\"p50\":%lld,\"p99\":%lld", (long long)p50, (long long)p99);
  puts("}");
}

/* The end of a phase: of the warm-up, or of the measurement. */
bool meter_turn(meter *meter) {
  if (!meter->warm) {
    print(meter);
    return false;
  }
  meter->warm = false;
  meter->messages = 0;
  latency_reset();
  meter->server = server_cpu(meter->run->pid);
  meter->client = client_cpu();
  meter->started = now();
  meter->end = meter->started + nanoseconds(meter->run->seconds);
  return true;
}
