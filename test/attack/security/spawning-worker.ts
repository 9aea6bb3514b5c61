/** Starts processes without pause, and reports the descriptors that each of them inherited. */
import { parentPort, workerData } from 'node:worker_threads';
import { inherited } from './inherited.js';

const { count } = workerData as { count: number };
const found: string[] = [];
for (let i = 0; i < count; i++) found.push(...inherited());
parentPort!.postMessage(found);
