/** A thread in which everything of this folder waits at once. It says when. */
import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type Socket, socketpair } from 'berkeley';

const ignore = (): void => undefined;
const data = Buffer.alloc(16 << 20);

/** A pipe that nothing comes out of: closed with the thread, as all that node:fs opened in it. */
function silentPipe(): number {
  const path = workerData as string;
  execFileSync('mkfifo', [path]);
  return openSync(path, constants.O_RDWR);
}

const ends: Socket<'unix'>[] = [];
function socket(): Socket<'unix'> {
  const [a, b] = socketpair();
  ends.push(a, b);
  return a;
}

const pipe = silentPipe();
socket().sendfile(pipe).catch(ignore);
socket().sendfile(openSync(process.execPath, 'r')).catch(ignore);

const unix = socket().toDuplex().on('error', ignore).resume();
unix.write(data);
unix.writeWithFds('x', [pipe, pipe]);

const closed = socket();
const file = closed.makefile('rw');
file.read().catch(ignore);
file.write('x'.repeat(16 << 20)).catch(ignore);
closed.close();

const web = socket().toWeb();
web.readable.getReader().read().catch(ignore);
web.writable.getWriter().write(data).catch(ignore);

await delay(10);
parentPort!.postMessage('waiting');
