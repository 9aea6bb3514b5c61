/**
 * worker.test.ts runs this worker. It blocks its thread in a Sync call on targets that never become ready.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { poll, Selector, selectSync } from 'berkeley/select';

parentPort!.postMessage('ready');
if (workerData === 'selectSync') selectSync([], [], []);
else if (workerData === 'pollSync') poll().pollSync();
else new Selector().waitSync();
parentPort!.postMessage('returned');
