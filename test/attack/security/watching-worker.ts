/** Looks at a path without pause, and reports every mode that it had, and what else happened there. */
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const { path, stop } = workerData as { path: string; stop: SharedArrayBuffer };
const word = new Int32Array(stop);
const modes = new Set<string>();
let looks = 0;
parentPort!.postMessage('ready');
for (; Atomics.load(word, 0) === 0; looks++) {
  const found = statSync(path, { throwIfNoEntry: false });
  modes.add(found === undefined ? 'missing' : (found.mode & 0o777).toString(8));
}
parentPort!.postMessage({ modes: [...modes], looks });
