/**
 * The queue of look-ups.
 *
 * Look-ups run on the runtime's worker pool. Its few threads also read files, and a name server that does not answer
 * blocks a thread for many seconds. libuv therefore limits its own look-ups to half of the pool (UV__WORK_SLOW_IO in
 * src/threadpool.c). Work that is queued through Node-API is not counted there, so this queue applies the same limit.
 * A look-up that waits here can be withdrawn.
 */
import { environmentVariable } from '../errors/environment.js';

const threads = Number.parseInt(environmentVariable('UV_THREADPOOL_SIZE') ?? '', 10) || 4;
const limit = Math.max(1, Math.floor((threads + 1) / 2));

let running = 0;
const waiting = new Set<() => void>();

/**
 * Calls `start` when the pool has a free thread: immediately, or when an earlier look-up is done.
 *
 * @param start starts the work, which calls {@link done} when it has ended
 * @returns withdraws the work if it has not started; returns whether it was withdrawn
 */
export function enqueue(start: () => void): () => boolean {
  waiting.add(start);
  startWaiting();
  return () => waiting.delete(start);
}

/** Records that a look-up has ended. */
export function done(): void {
  running--;
  startWaiting();
}

function startWaiting(): void {
  for (const start of waiting) {
    if (running >= limit) return;
    running++;
    waiting.delete(start);
    start();
  }
}
