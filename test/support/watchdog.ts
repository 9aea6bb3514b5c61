/**
 * A watchdog for tests that block their thread indefinitely, which a timer of that thread cannot stop. It runs in
 * another thread, and ends the process with the name of the test that hangs.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const LIMIT = process.platform === 'win32' ? 120_000 : 30_000; // a node.exe takes seconds to start under Wine
const LONGEST = 1000;

interface Shared {
  /** 0: the number of tests that started; 1: the length of the name. */
  readonly words: Int32Array;
  readonly name: Uint8Array;
}

function over(memory: SharedArrayBuffer): Shared {
  return { words: new Int32Array(memory, 0, 2), name: new Uint8Array(memory, 8) };
}

let shared: Shared | undefined;

/**
 * Starts the watchdog. Resolves when its thread has opened and closed its descriptors, so that tests do not count them.
 */
export async function startWatchdog(): Promise<void> {
  const memory = new SharedArrayBuffer(8 + LONGEST);
  const worker = new Worker(new URL(import.meta.url), { workerData: { berkeleyWatchdog: memory } });
  await once(worker, 'message');
  worker.unref();
  shared = over(memory);
}

/** Sets the test that runs now; an empty name for none. */
export function watch(name: string): void {
  if (shared === undefined) throw new Error('the watchdog was not started');
  const bytes = new TextEncoder().encode(name).subarray(0, LONGEST);
  shared.name.set(bytes);
  Atomics.store(shared.words, 1, bytes.length);
  Atomics.add(shared.words, 0, 1);
  Atomics.notify(shared.words, 0);
}

function guard({ words, name }: Shared): never {
  for (;;) {
    const count = Atomics.load(words, 0);
    const outcome = Atomics.wait(words, 0, count, LIMIT);
    const length = Atomics.load(words, 1);
    if (outcome !== 'timed-out' || length === 0) continue;
    const running = new TextDecoder().decode(name.slice(0, length));
    writeSync(2, `"${running}" has not ended in ${LIMIT / 1000} s\n`);
    process.kill(process.pid, 'SIGKILL');
  }
}

if (!isMainThread && workerData?.berkeleyWatchdog) {
  parentPort!.postMessage('ready');
  guard(over(workerData.berkeleyWatchdog));
}
