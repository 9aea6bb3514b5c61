/** A thread in which calls wait on sockets. */
import { parentPort } from 'node:worker_threads';
import { createServer, socketpair } from 'berkeley';

const [a, b] = socketpair();
const server = createServer({ host: '127.0.0.1', port: 0 });
void a.recv(1);
void server.accept();
export const kept = [a, b, server];
setTimeout(() => parentPort!.postMessage('ready'), 10);
