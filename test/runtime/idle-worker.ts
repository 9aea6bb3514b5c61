/** A thread that has sockets but never waits on one, so that its poller is not opened. */
import { parentPort } from 'node:worker_threads';
import { createServer, socketpair } from 'berkeley';
import { Selector } from 'berkeley/select';

export const kept = [...socketpair(), createServer({ host: '127.0.0.1', port: 0 }), new Selector()];
parentPort!.postMessage('ready');
setInterval(() => {}, 1000);
