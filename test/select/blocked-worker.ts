/** Half of worker.test.ts: blocks its thread in a Sync call for which nothing ever becomes ready. */
import { parentPort, workerData } from 'node:worker_threads';
import { poll, Selector, selectSync } from 'berkeley/select';

parentPort!.postMessage('ready');
if (workerData === 'selectSync') selectSync([], [], []);
else if (workerData === 'pollSync') poll().pollSync();
else new Selector().waitSync();
parentPort!.postMessage('returned');
