/** worker.test.ts runs this worker. It selects in its own thread, on descriptors that it receives. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { Socket } from 'berkeley';
import { POLLIN, Selector } from 'berkeley/select';

const sockets = (workerData as number[]).map(fd => Socket.adopt<'unix'>(fd));
const selector = new Selector<number>();
for (const [i, socket] of sockets.entries()) selector.register(socket, POLLIN, i);
parentPort!.postMessage('ready');

/** Echoes the input, alternating between both faces, until every socket has ended. */
async function serve(): Promise<void> {
  for (let turn = 0; selector.size > 0; turn++) {
    const ready = turn % 2 === 0 ? await selector.wait() : selector.waitSync({ max: 1 });
    for (const { data } of ready) {
      const socket = sockets[data]!;
      const bytes = socket.recvSync(100);
      if (bytes.length > 0) socket.sendAllSync(`${data}: ${bytes}`);
      else {
        selector.unregister(socket);
        socket.close();
      }
    }
  }
}

await serve();
parentPort!.postMessage('done');
await once(parentPort!, 'message'); // the worker ends with the selector open and a promise pending
void selector.wait();
process.exit();
