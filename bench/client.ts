import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { compileClient } from './compile.js';
import { pinned } from './pinned.js';
import type { Server } from './server.js';
import type { Settings } from './settings.js';

/** What one measurement found. */
export interface Result {
  /** Messages a second. */
  readonly rate: number;
  /** Nanoseconds of the server's processor time a message. */
  readonly cpu: number;
}

/** What the client prints: nanoseconds a message. */
interface Cost {
  readonly elapsed: number;
  readonly server: number;
  readonly client: number;
}

/** What the client does: one of its modes, and the mode's numbers (see `client/`). */
export type Task = readonly [mode: string, ...numbers: number[]];

/** Drives a server for `seconds`, after a warm-up of a quarter of that. */
export async function drive(
  server: Server,
  task: Task,
  seconds: number,
  settings: Settings,
): Promise<Result> {
  const client = spawnClient(server, task, seconds, settings);
  const [output, [status]] = await Promise.all([text(client.stdout), once(client, 'exit')]);
  if (status !== 0) throw new Error(`the client failed: ${client.spawnargs.join(' ')}`);
  const cost = JSON.parse(output) as Cost;
  return { rate: 1e9 / time(cost, settings), cpu: cost.server };
}

/**
 * The time that a message took. Where client and server share a processor, one of them is always at work, so this is
 * the processor time of both: what others do there meanwhile is not counted.
 */
function time({ elapsed, server, client }: Cost, { serverCpu, clientCpu }: Settings): number {
  return serverCpu === clientCpu ? server + client : elapsed;
}

/** How long a server works before it is measured, in seconds, so that the JIT compiler has done its part. */
const WARM_UP = 0.5;

/** Drives a server until it has worked enough, however little of its processor others leave it. */
export async function warmUp(server: Server, task: Task, settings: Settings): Promise<void> {
  const enough = server.processorTime() + WARM_UP;
  while (server.processorTime() < enough) await drive(server, task, WARM_UP / 2, settings);
}

/** Runs `body` while `count` idle connections are open. */
export async function holding<T>(
  server: Server,
  count: number,
  settings: Settings,
  body: () => Promise<T>,
): Promise<T> {
  const client = spawnClient(server, ['hold', 64, count], 0, settings);
  const exit = once(client, 'exit');
  await Promise.race([once(client.stdout, 'data'), exit]);
  if (client.exitCode !== null) throw new Error(`the client failed: ${client.spawnargs.join(' ')}`);
  try {
    return await body();
  } finally {
    client.stdin.end();
    await exit;
  }
}

function spawnClient(
  server: Server,
  [mode, ...numbers]: Task,
  seconds: number,
  settings: Settings,
): ChildProcessByStdio<Writable, Readable, null> {
  const words = [mode, server.where, server.pid, seconds / 4, seconds, ...numbers].map(String);
  const [program, ...rest] = pinned(settings.clientCpu, [compileClient(), ...words]);
  return spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
}
