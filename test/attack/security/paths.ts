/** Paths of Unix sockets: the recipe of docs/security.md leaves no moment in which another user can connect. */
import { once } from 'node:events';
import { chmodSync, fchmodSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AF_UNIX, createConnection, Socket, type SocketError } from 'berkeley';
import { freshPath, temporaryFolder } from '../../support/names.js';
import type { Trial } from '../part.js';

interface Seen {
  readonly modes: readonly string[];
  readonly looks: number;
  readonly steps: number;
}

const sharedWord = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

/**
 * Repeats a step while another thread looks at the path, and returns the modes that the thread saw.
 *
 * @param rounds the minimum number of steps, and of looks: on a busy machine, the thread can wait for a processor longer than
 * that many steps take, and would have seen nothing
 */
async function watched(path: string, rounds: number, step: () => void | Promise<void>): Promise<Seen> {
  const [stop, looks] = [sharedWord(), sharedWord()];
  const workerData = { path, stop, looks };
  const worker = new Worker(new URL('./watching-worker.js', import.meta.url), { workerData });
  await once(worker, 'message');
  let steps = 0;
  try {
    for (; steps < rounds || Atomics.load(looks, 0) < rounds; steps++) await step();
  } finally {
    Atomics.store(stop, 0, 1);
  }
  const [modes] = await once(worker, 'message');
  return { modes, looks: Atomics.load(looks, 0), steps };
}

/** Linux gives the path the mode of the socket, without the bits of the umask (unix_bind_bsd in net/unix/af_unix.c). */
function bindPrivate(path: string): Socket<'unix'> {
  const socket = new Socket(AF_UNIX);
  fchmodSync(socket.fd, 0o600);
  socket.bind({ path });
  return socket;
}

/** With a umask of 0, the path has its mode from the first moment on. */
async function modeFromBirth(trial: Trial, rounds: number): Promise<void> {
  const path = freshPath();
  const umask = process.umask(0);
  try {
    const { modes, looks } = await watched(path, rounds, () => {
      bindPrivate(path).close();
      rmSync(path);
    });
    const wrong = modes.filter(mode => mode !== '600' && mode !== 'missing');
    trial.expect(wrong.length === 0, `a private path had the mode ${wrong}`);
    trial.figure('looks at a private path', looks);
    using plain = new Socket(AF_UNIX);
    plain.bind({ path });
    trial.expect(
      (statSync(path).mode & 0o777) === 0o777,
      'without it, everyone could connect: the test is void',
    );
  } finally {
    process.umask(umask);
    rmSync(path, { force: true });
  }
}

/** A new server takes the place of an old one in one step: the path is never missing, and never the old one's afterwards. */
async function replaceInOneStep(trial: Trial, rounds: number): Promise<void> {
  const folder = join(temporaryFolder(), 'private');
  mkdirSync(folder, { mode: 0o700 });
  const [path, draft] = [join(temporaryFolder(), 'service.sock'), join(folder, 'service.sock')];
  let old: Socket<'unix'> | undefined;
  const replace = (): void => {
    const next = bindPrivate(draft);
    next.listen();
    renameSync(draft, path);
    old?.close();
    old = next;
  };
  replace();
  const { modes, steps } = await watched(path, rounds, async () => {
    replace();
    using client = await createConnection({ path });
    (await old!.accept()).socket.close();
    trial.expect((await client.recv(1, { timeout: 60_000 })).length === 0, 'another server answered');
  });
  trial.expect(`${modes}` === '600', `a path that is replaced was ${modes}`);
  trial.figure('servers replaced', steps);
  old!.close();
  rmSync(path);
}

/** bind(2) creates a file and follows no link at the end of the path; connect(2) follows it, as open(2) does. */
async function links(trial: Trial): Promise<void> {
  const [target, link] = [freshPath(), freshPath()];
  symlinkSync(target, link);
  using server = new Socket(AF_UNIX);
  try {
    server.bind({ path: link });
    trial.expect(false, 'bind followed a link');
  } catch (error) {
    trial.expect((error as SocketError).code === 'EADDRINUSE', `bind to a link: ${error}`);
  }
  server.bind({ path: target });
  server.listen();
  (await createConnection({ path: link })).close();
  chmodSync(target, 0o600);
}

export async function paths(trial: Trial): Promise<void> {
  if (process.platform !== 'linux') return;
  const rounds = trial.amount(50, 5000, 100_000);
  await modeFromBirth(trial, rounds);
  await replaceInOneStep(trial, rounds);
  await links(trial);
}
