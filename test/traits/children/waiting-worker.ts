/** A thread that waits indefinitely in every direction. */
import { parentPort } from 'node:worker_threads';
import { createServer, Socket, socketpair } from 'berkeley';
import { localAddress } from '../../support/local.js';

const [a, b] = socketpair();
const server = createServer(localAddress());
const [c, d] = socketpair();

void a.recv(1);
void server.accept();
void c.sendAll(Buffer.alloc(1 << 22));
export const kept = [a, b, c, d, server, new Socket()];
setTimeout(() => parentPort!.postMessage('ready'), 10);
