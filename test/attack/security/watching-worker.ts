/** Looks at a path without pause, and reports every mode that it had, and what else happened there. */
import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const { path, stop, looks } = workerData as { path: string; stop: Int32Array; looks: Int32Array };
const modes = new Set<string>();
parentPort!.postMessage('ready');
for (; Atomics.load(stop, 0) === 0; Atomics.add(looks, 0, 1)) {
  const found = statSync(path, { throwIfNoEntry: false });
  modes.add(found === undefined ? 'missing' : (found.mode & 0o777).toString(8));
}
parentPort!.postMessage([...modes]);
