/* Who runs when: on one processor a receiver that wakes up takes it from its sender, and finds one datagram where many
 * are on their way. */
#include <sched.h>

#include "client.h"

/* From now on `pid` (0: this process) takes the processor from nobody: what is sent meanwhile it finds all at once. */
void let_others_finish(int pid) {
  struct sched_param none = {0};
  check(sched_setscheduler(pid, SCHED_BATCH, &none), "sched_setscheduler");
}
