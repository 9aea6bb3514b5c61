/** Sends a byte to itself, in the main thread and then in a worker. */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { AF_INET, socketpair } from 'berkeley';

const [a, b] = socketpair(AF_INET);
await a.sendAll('x');
const received = String(await b.recv(1));
a.close();
b.close();
if (isMainThread) {
  console.log(`main: ${received}`);
  const [answer] = await once(new Worker(new URL(import.meta.url)), 'message');
  console.log(`worker: ${answer}`);
} else {
  parentPort!.postMessage(received);
}
