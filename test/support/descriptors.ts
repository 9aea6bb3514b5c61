/** Information about this process's descriptors. */
import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { socketpair } from 'berkeley';
import { binding } from '#src/binding.js';
import { startPeer } from './peer.js';

const O_NONBLOCK = 0o4000;

/** Returns the number of open descriptors, plus one for reading the list, which is the same each time. */
export function countDescriptors(): number {
  return process.platform === 'win32' ? countHandles() : readdirSync('/proc/self/fd').length;
}

/** Handles are multiples of four, given from below; a gap this long is the end. */
const GAP = 4 * 256;

function countHandles(): number {
  let count = 0;
  for (let handle = 4, last = 0; handle < last + GAP; handle += 4) {
    if (binding.getInheritable(handle) < 0) continue;
    last = handle;
    count++;
  }
  return count;
}

/** Returns whether a descriptor is `O_NONBLOCK`, as a process that inherits it would see. */
export function isNonblocking(fd: number): boolean {
  if (process.platform === 'win32') return binding.getNonblocking(fd) === 1;
  const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'));
  return (Number.parseInt(flags![1]!, 8) & O_NONBLOCK) !== 0;
}

/** Opens what is opened once and kept (the poller, the peer's thread), so that it does not look like a leak. */
export async function warmUp(): Promise<void> {
  const [a, b] = socketpair();
  await startPeer(b, [{ send: 'x' }]);
  await a.recv(1);
  await a.recv(1, { timeout: 1 }).catch(() => {});
  a.close();
  b.close();
  await turn();
}
