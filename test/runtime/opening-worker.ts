/** A thread that opens and closes descriptors until it is terminated. */
import { parentPort, workerData } from 'node:worker_threads';
import { AF_UNIX, createServer, Socket, socketpair } from 'berkeley';
import { Selector } from 'berkeley/select';
import { freshName } from '../support/names.js';

const address = { abstract: freshName() };
const server = createServer(address);
const [kept] = socketpair();

const steps: readonly (() => void)[] = [
  () => new Socket(AF_UNIX).close(),
  () => {
    for (const socket of socketpair()) socket.close();
  },
  () => kept.dup().close(),
  () => {
    const client = new Socket(AF_UNIX);
    client.connectSync(address);
    server.acceptSync().socket.close();
    client.close();
  },
  () => new Selector().close(),
];

const AT_A_TIME = 200;

/** Deno terminates a thread only when it returns to its event loop. The others do so at any moment. */
function work(first: number): void {
  for (let i = first; i < first + AT_A_TIME; i++) steps[i % steps.length]!();
  setImmediate(work, first + AT_A_TIME);
}

parentPort!.postMessage('ready');
work(workerData as number); // every thread starts with another step
