/** A worker in which a call of every kind of this directory waits. It posts a message when all wait. */
import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type Socket, socketpair } from 'berkeley';

const ignore = (): void => undefined;
const data = Buffer.alloc(16 << 20);

/**
 * A pipe that delivers nothing. Node.js closes it with the thread, as it closes everything that node:fs
 * opened there.
 */
function silentPipe(): number | undefined {
  if (process.platform === 'win32') return undefined; // no pipes in the file system
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
if (pipe !== undefined) socket().sendfile(pipe).catch(ignore);
socket().sendfile(openSync(process.execPath, 'r')).catch(ignore);

const unix = socket().toDuplex().on('error', ignore).resume();
unix.write(data);
if (pipe !== undefined) unix.writeWithFds('x', [pipe, pipe]);

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
