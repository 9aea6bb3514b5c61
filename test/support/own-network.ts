/** Programs in a network namespace of their own, which ends with them. */

const SETUP = 'ip link set lo up && sysctl -qw net.ipv4.ping_group_range="0 2147483647" && exec "$@"';

/** Returns a program and its arguments that run where only the loopback interface is up, and ping sockets are permitted. */
export function inOwnNetwork(...command: readonly string[]): [string, string[]] {
  return ['unshare', ['-n', 'sh', '-c', SETUP, 'sh', ...command]];
}
