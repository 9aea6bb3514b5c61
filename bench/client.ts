import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { startPinned } from './children.js';
import { compileClient } from './compile.js';
import type { Server } from './server.js';
import type { Settings } from './settings.js';

/** The result of one measurement. */
export interface Result {
  /** Messages per second. */
  readonly rate: number;
  /** Nanoseconds of the server's processor time per message. */
  readonly cpu: number;
  /** Nanoseconds of the processor time of server and client per message. */
  readonly both: number;
  /** Answers that did not arrive, and datagrams that the kernel dropped in front of the server. */
  readonly lost: number;
  /** The median and the 99th percentile of message times in nanoseconds, if each is timed. */
  readonly p50?: number;
  readonly p99?: number;
}

/** The output of the client: nanoseconds per message, and the lost answers. */
interface Cost {
  readonly elapsed: number;
  readonly server: number;
  readonly client: number;
  readonly lost: number;
  readonly p50?: number;
  readonly p99?: number;
}

/** The task of the client: one of its modes, and the mode's numbers (see `client/`). */
export type Task = readonly [mode: string, ...numbers: number[]];

/**
 * The time that a client may take in addition to its measurement, in seconds. Its own deadlines are shorter.
 */
const PATIENCE = 10;

/** Drives a server for `seconds`, after a warm-up of a quarter of that. */
export async function drive(
  server: Server,
  task: Task,
  seconds: number,
  settings: Settings,
): Promise<Result> {
  const drops = server.drops();
  const client = startClient(server, task, seconds, settings);
  const timer = setTimeout(() => client.kill('SIGKILL'), (seconds * 2 + PATIENCE) * 1000);
  const [output, errors] = await Promise.all([
    text(client.stdout!),
    text(client.stderr!),
    once(client, 'close'),
  ]);
  clearTimeout(timer);
  if (client.exitCode !== 0)
    throw new Error([failure(task, errors, client), server.failure].filter(Boolean).join('; '));
  const { lost, ...cost } = JSON.parse(output) as Cost;
  return {
    rate: 1e9 / time(cost, settings),
    cpu: cost.server,
    both: cost.server + cost.client,
    lost: lost + server.drops() - drops,
    ...(cost.p50 !== undefined && cost.p99 !== undefined && { p50: cost.p50, p99: cost.p99 }),
  };
}

function failure([mode]: Task, errors: string, { signalCode }: ChildProcess): string {
  const reason = errors.trim() || (signalCode === 'SIGKILL' ? 'no result in time' : signalCode);
  return `client ${mode}: ${reason}`;
}

/**
 * The time that a message took. If client and server share a processor, one of them is always running, so
 * this is the processor time of both, and does not include other programs.
 */
function time({ elapsed, server, client }: Omit<Cost, 'lost'>, { serverCpu, clientCpu }: Settings): number {
  return serverCpu === clientCpu ? server + client : elapsed;
}

/**
 * Drives a server until it has worked enough for its JIT compiler, even if other programs use the processor too: for at
 * most `limit` seconds, but at least once.
 */
export async function warmUp(
  server: Server,
  task: Task,
  settings: Settings,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<void> {
  const patience = Math.min(settings.warmUp * WARM_UP_PATIENCE, limit);
  const end = performance.now() + patience * 1000;
  const step = Math.max(Math.min(settings.warmUp / 2, patience / 2), SHORTEST_WARM_UP);
  const enough = server.processorTime() + settings.warmUp;
  do await drive(server, task, step, settings);
  while (server.processorTime() < enough && performance.now() < end);
}

/** Seconds per second of processor time. A server that mostly waits never reaches that. */
const WARM_UP_PATIENCE = 6;
const SHORTEST_WARM_UP = 0.02;

/** Runs `body` while `count` idle connections are open. */
export async function holding<T>(
  server: Server,
  count: number,
  settings: Settings,
  body: () => Promise<T>,
): Promise<T> {
  const client = startClient(server, ['hold', 64, count], 0, settings);
  const exit = once(client, 'exit');
  await Promise.race([once(client.stdout!, 'data'), exit]);
  if (client.exitCode !== null) throw new Error(`client hold: ${(await text(client.stderr!)).trim()}`);
  try {
    return await body();
  } finally {
    client.stdin!.end();
    await exit;
  }
}

function startClient(
  server: Server,
  [mode, ...numbers]: Task,
  seconds: number,
  settings: Settings,
): ChildProcess {
  const words = [mode, server.where, server.pid, seconds / 4, seconds, ...numbers].map(String);
  return startPinned(settings.clientCpu, [compileClient(), ...words], { stdio: 'pipe' });
}
