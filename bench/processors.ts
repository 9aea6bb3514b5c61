import { readFileSync } from 'node:fs';

/** The processors that this process may run on, as the kernel counts them: `0-3,6` is 0, 1, 2, 3 and 6. */
export function processors(): number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)![1]!;
  return list.split(',').flatMap(range => {
    const [first, last = first] = range.split('-').map(Number) as [number, number?];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
