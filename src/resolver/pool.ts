/**
 * How many look-ups run at once.
 *
 * They run in the runtime's worker pool, whose few threads also read files, and a name server that is down holds each
 * of them for many seconds. libuv therefore lets its own look-ups have half of the pool (UV__WORK_SLOW_IO in
 * src/threadpool.c); work queued through Node-API is not counted there, so the same rule is kept here. What waits
 * here can still be taken back.
 */
import process from 'node:process';

const threads = Number.parseInt(process.env.UV_THREADPOOL_SIZE ?? '', 10) || 4;
const most = Math.max(1, Math.floor((threads + 1) / 2));

let running = 0;
const waiting = new Set<() => void>();

/**
 * Calls `start` as soon as there is room: at once, or when one before it is done.
 *
 * @param start begins the work; to call {@link done} when it has ended is up to it
 * @returns takes the work back if it has not begun; true if it had not
 */
export function enqueue(start: () => void): () => boolean {
  waiting.add(start);
  startWaiting();
  return () => waiting.delete(start);
}

/** One that was started has ended. */
export function done(): void {
  running--;
  startWaiting();
}

function startWaiting(): void {
  for (const start of waiting) {
    if (running >= most) return;
    running++;
    waiting.delete(start);
    start();
  }
}
