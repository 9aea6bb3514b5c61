/** A thread that receives from the given descriptors, until the end of each, and reports the data. */
import { parentPort } from 'node:worker_threads';
import { Socket } from 'berkeley';
import { Digest } from './echo-job.js';

parentPort!.on('message', ({ fd, piece }: { fd: number; piece: number }) => {
  using connection = Socket.adopt(fd);
  const received = new Digest();
  for (;;) {
    const data = connection.recvSync(piece);
    if (data.length === 0) break;
    received.add(data);
  }
  parentPort!.postMessage(received.report());
});
