/** The thread behind peer.ts. Its calls block. */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { type ShutdownHow, Socket } from 'berkeley';
import type { Answer, Drained, Script, Step } from './peer.js';
import type { AnySocket, Tested } from './rows.js';

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function drain(socket: AnySocket): Drained {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(1 << 18);
  let length = 0;
  for (;;) {
    const count = socket.recvIntoSync(buffer);
    if (count === 0) return { length, digest: hash.digest('hex') };
    length += count;
    hash.update(buffer.subarray(0, count));
  }
}

function perform(socket: AnySocket, step: Step): Drained | undefined {
  if ('drain' in step) return drain(socket);
  if ('pause' in step) sleep(step.pause);
  else if ('send' in step) socket.sendAllSync(step.send);
  else if ('shutdown' in step) socket.shutdown(step.shutdown as ShutdownHow);
  else if ('connect' in step) socket.connectSync(step.connect);
  else if ('receive' in step) for (let i = 0; i < step.receive; i++) socket.recvSync(65536);
  else for (let i = 0; i < step.accept; i++) socket.acceptSync().socket.close();
  return undefined;
}

function follow({ fd, steps }: Script): Answer {
  using socket = Socket.adopt<Tested>(fd);
  try {
    const results = steps.map(step => perform(socket, step));
    const result = results.find(each => each !== undefined);
    return result === undefined ? {} : { result };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort!.on('message', (script: Script) => parentPort!.postMessage(follow(script)));
