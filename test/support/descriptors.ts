/** Information about this process's descriptors. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { SO_TYPE, SOL_SOCKET, socketpair } from 'berkeley';
import { binding } from '#src/binding.js';
import { startPeer } from './peer.js';

const O_NONBLOCK = 0o4000;

/** Returns the number of open descriptors, plus one for reading the list, which is the same each time. */
export function countDescriptors(): number {
  return process.platform === 'win32' ? countSockets() : readdirSync('/proc/self/fd').length;
}

/** Handles are multiples of four, given from below; a gap this long is the end. */
const GAP = 4 * 256;

/** File descriptors, which are other numbers than handles, are below; wait() takes both. */
const FIRST_HANDLE = 64;

/** Waiting for nothing: other handles are POLLNVAL. */
function isPoller(handle: number): boolean {
  return (
    handle >= FIRST_HANDLE &&
    binding.getsockoptInt(handle, SOL_SOCKET, SO_TYPE) < 0 &&
    binding.wait(handle, 0, 0) <= 1
  );
}

/** Counts the handles of sockets and of pollers: the runtime opens and closes others (threads, events) at any time. */
function countSockets(): number {
  let count = 0;
  for (let handle = 4, last = 0; handle < last + GAP; handle += 4) {
    if (binding.getInheritable(handle) < 0) continue;
    last = handle;
    if (isPoller(handle) || binding.getsockoptInt(handle, SOL_SOCKET, SO_TYPE) === 0) count++;
  }
  return count;
}

/** Returns whether a descriptor is `O_NONBLOCK`, as a process that inherits it would see. */
export function isNonblocking(fd: number): boolean {
  if (process.platform === 'win32') return binding.getNonblocking(fd) === 1;
  const flags = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'));
  return (Number.parseInt(flags![1]!, 8) & O_NONBLOCK) !== 0;
}

/** Collects garbage, on every runtime; Node.js and Deno need `--expose-gc`. */
export function collectGarbage(): void {
  const { Bun, gc } = globalThis as { Bun?: { gc(isSync: boolean): void }; gc?: () => void };
  if (Bun !== undefined) Bun.gc(true);
  else gc!();
}

/**
 * Makes the first stream of the event loop. libuv keeps a descriptor from then on, with which it refuses connections when
 * the process has no other left (uv__stream_init, src/unix/stream.c). It is open already if stdout or stderr is a pipe.
 */
async function openStream(): Promise<void> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

/** Opens what is opened once and kept (the poller, the peer's thread), so that it does not look like a leak. */
export async function warmUp(): Promise<void> {
  // Bun keeps the event loop in which it first waited for a child process.
  if (process.versions.bun !== undefined) execFileSync('true');
  await openStream();
  const [a, b] = socketpair();
  await startPeer(b, [{ send: 'x' }]);
  await a.recv(1);
  await a.recv(1, { timeout: 1 }).catch(() => {});
  a.close();
  b.close();
  await turn();
}

/** Whether a number is that of an open socket. */
export function isSocketOpen(fd: number): boolean {
  return binding.getsockoptInt(fd, SOL_SOCKET, SO_TYPE) >= 0;
}
