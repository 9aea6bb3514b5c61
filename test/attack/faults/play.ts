/** Plays one case in this thread, and judges what happens. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readlinkSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { type Socket, SocketError, socketpair } from 'berkeley';
import type { Case } from './cases.js';
import type { Control } from './control.js';
import { type Form, type Program, Stage } from './stage.js';

/** The limit of calls that a fault can make wait, in milliseconds. */
const LIMIT = 25;

/** How long a case can take before it hangs, in milliseconds. */
const LONGEST = 30_000;

/** The turns of the event loop in which a program can still close descriptors. */
const TURNS = 200;

/** How a case ended. */
export interface Outcome {
  /** Whether the fault has happened. */
  readonly isHit: boolean;
  readonly failure?: string;
  /** Whether the case never ended, so that this thread cannot be used any more. */
  readonly isStuck?: boolean;
}

/** Lists the open descriptors and what they refer to. */
export function listDescriptors(): string {
  const lines: string[] = [];
  for (const fd of readdirSync('/proc/self/fd')) {
    try {
      lines.push(`${fd} ${readlinkSync(`/proc/self/fd/${fd}`)}`);
    } catch {
      // The descriptor of the list itself.
    }
  }
  return lines.sort().join('\n');
}

/** Waits until the descriptors are as before. */
async function checkDescriptors(before: string): Promise<void> {
  for (let i = 0; i < TURNS && listDescriptors() !== before; i++) await turn();
  const [now, then] = [listDescriptors(), before].map(list => list.split('\n'));
  const more = now!.filter(line => !then!.includes(line));
  const fewer = then!.filter(line => !now!.includes(line));
  assert.deepEqual({ more, fewer }, { more: [], fewer: [] }, 'the descriptors are not as before');
}

let standing: [Socket<'unix'>, Socket<'unix'>] | undefined;

/** Checks that other sockets work: new ones, and one that waits for an event. */
async function checkOthers(hasReactor: boolean): Promise<void> {
  const [a, b] = socketpair();
  a.sendSync('x');
  assert.equal(b.recvSync(1).length, 1);
  a.close();
  b.close();
  if (!hasReactor) return;
  standing ??= socketpair();
  const [c, d] = standing;
  const arrived = c.recv(1, { timeout: LONGEST });
  writeSync(d.fd, 'x');
  assert.equal((await arrived).length, 1);
}

/** Prepares what stays open: the poller, the sockets above, and a descriptor of libuv for each loop with a stream. */
export async function warmUp(): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  await new Promise(resolve => server.close(resolve));
  await checkOthers(true);
  await checkOthers(true);
}

/** Closes what {@link warmUp} has opened. */
export function coolDown(): void {
  for (const socket of standing ?? []) socket.close();
  standing = undefined;
}

/** Returns why an error is not an error of this fault; `undefined` if it is. */
function complaint(error: unknown, program: Program, codes: readonly string[]): string | undefined {
  if (error instanceof AggregateError) {
    const complaints = error.errors.map(one => complaint(one, program, codes));
    return complaints.find(text => text !== undefined);
  }
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const { code, syscall, stack } = error as Error & { code?: unknown; syscall?: unknown };
  if (program.isOfNode !== true && !(error instanceof SocketError))
    return `it threw no SocketError: ${stack}`;
  if (typeof code !== 'string' || typeof syscall !== 'string')
    return `the error has no code or syscall: ${stack}`;
  if (!codes.includes(code)) return `the code is ${code}, not ${codes.join(' or ')}: ${stack}`;
  return undefined;
}

type Ended = { readonly value: unknown } | { readonly error: unknown } | 'stuck';

async function runWithin(run: () => unknown): Promise<Ended> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'stuck'>(resolve => {
    timer = setTimeout(resolve, LONGEST, 'stuck');
  });
  const ended = (async (): Promise<Ended> => {
    try {
      return { value: await run() };
    } catch (error) {
      return { error };
    }
  })();
  const first = await Promise.race([ended, late]);
  clearTimeout(timer);
  return first;
}

/** A case in one form. Without a case, the program runs undisturbed and its calls are counted. */
export interface Part {
  readonly program: Program;
  readonly form: Form;
  readonly fault: Case | undefined;
}

/** What is known of the thread that plays a case. */
export interface Thread {
  /** Whether calls can still wait after the case. */
  readonly hasReactor: boolean;
  /** Whether the case opens the poller, so that there are more descriptors afterwards. */
  readonly isNew: boolean;
}

/** Plays a case. */
export async function play(
  control: Control,
  { program, form, fault }: Part,
  { hasReactor, isNew }: Thread = { hasReactor: true, isNew: false },
): Promise<Outcome> {
  const before = listDescriptors();
  const stage = new Stage(form, fault?.needsLimit === true ? LIMIT : undefined);
  let hits = 0;
  try {
    const scene = await program.prepare(stage);
    control.arm(fault?.plan);
    const ended = await runWithin(() => scene.run());
    hits = control.disarm();
    if (ended === 'stuck') return { isHit: true, failure: 'it never ended', isStuck: true };
    const isHit = fault === undefined || hits > 0;
    if ('value' in ended) await scene.verify?.(ended.value);
    else {
      const waits = fault?.needsLimit === true ? ['ETIMEDOUT', 'EAGAIN'] : [];
      const codes = [...(program.codes ?? []), ...(fault?.codes ?? []), ...waits];
      const failure = complaint(ended.error, program, codes);
      if (failure !== undefined) return { isHit, failure };
      const isExpected = (program.codes ?? []).includes((ended.error as { code: string }).code);
      if (!isExpected && fault?.plan.action === 'fail') await scene.failed?.(ended.error as Error);
    }
    return { isHit };
  } catch (error) {
    return { isHit: true, failure: String((error as Error).stack ?? error) };
  } finally {
    control.disarm();
    await stage.end();
    if (!isNew) await checkDescriptors(before);
    await checkOthers(hasReactor);
  }
}
