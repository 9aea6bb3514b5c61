/** The command that runs `command` on one processor, with as many descriptors as the system lets it have. */
export function pinned(cpu: number, command: readonly string[]): [string, ...string[]] {
  // Every part replaces the one before (exec), so that the process that we start is the one that we measure.
  const script = 'ulimit -n "$(ulimit -H -n)" && exec "$@"';
  return ['sh', '-c', script, 'sh', 'taskset', '-c', String(cpu), ...command];
}
