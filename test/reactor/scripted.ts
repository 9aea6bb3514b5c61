/**
 * Handles over the scripted kernel of test/attack/model, and operations whose results a test chooses. The clock, timers and
 * immediates move only when the test says so.
 */
import assert from 'node:assert/strict';
import type { Binding } from '#src/binding.js';
import type { EarlyEnd, Operation } from '#src/reactor/operation.js';
import { boot, install } from '../attack/model/addon.js';
import { EAGAIN, type Kernel, type Kind, OpenFile } from '../attack/model/kernel.js';
import { settle, time } from '../attack/model/virtual-time.js';

install();
time.install();
// Loaded after the addon and the clock are in place.
export const { binding } = await import('#src/binding.js');
export const { defer } = await import('#src/reactor/reactor.js');
export const { PollHandle } = await import('#src/reactor/poll-handle.js');
export const { FULL, PREPARING, YIELD } = await import('#src/reactor/operation.js');
export const { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLPRI, POLLRDHUP } = await import(
  '#src/reactor/events.js'
);
export { EAGAIN, settle, time };

/** The work of a turn (budget.ts), in calls of usual work. */
export const CALLS_PER_TURN = 64;

export const ECONNRESET = -104;

/** A socket of the scripted kernel. */
export interface Scene {
  readonly kernel: Kernel;
  readonly file: OpenFile;
  readonly handle: InstanceType<typeof PollHandle>;
}

/** Ends the turn of the events of an earlier test: deferred calls would continue it. */
function endTurn(): void {
  defer({ wake() {} });
  time.runImmediates();
}

/** Opens a socket in a new kernel. */
export function scene(kind: Kind = 'tcp', shortMeansDrained = true): Scene {
  endTurn();
  const kernel = boot();
  const file = new OpenFile(kind);
  return { kernel, file, handle: new PollHandle(kernel.open(file), shortMeansDrained) };
}

/** Opens another socket in the same kernel. */
export function another({ kernel }: Scene): Scene {
  const file = new OpenFile('tcp');
  return { kernel, file, handle: new PollHandle(kernel.open(file)) };
}

/** What a test chooses of an operation. */
export type Choices = Partial<Omit<Operation<string>, 'attempt' | 'finish' | 'fail' | 'expired' | 'closed'>>;

/** An operation with the results of its attempts, the last of which repeats, and a record of how it ends. */
export class Scripted implements Operation<string> {
  readonly direction: number = POLLIN;
  readonly wait: Operation<string>['wait'] = { timeout: null, signal: undefined };
  attempts = 0;
  abandoned = 0;

  constructor(
    public results: (number | Error | (() => number))[],
    choices: Choices = {},
  ) {
    Object.assign(this, choices);
  }

  attempt(): number {
    const result = this.results[Math.min(this.attempts++, this.results.length - 1)]!;
    if (result instanceof Error) throw result;
    return typeof result === 'function' ? result() : result;
  }

  finish(result: number): string {
    return `finished ${result}`;
  }

  fail(errno: number): Error {
    return new Error(`failed ${errno}`);
  }

  expired(milliseconds: number): Error {
    return new Error(`expired ${milliseconds}`);
  }

  closed(whileWaiting: boolean): Error {
    return new Error(`closed ${whileWaiting}`);
  }

  drained(result: number): boolean {
    return result === EAGAIN;
  }

  abandon(): void {
    this.abandoned++;
  }
}

/** The wait options of a call with a limit. */
export function limit(timeout: number | null, signal?: AbortSignal): Operation<string>['wait'] {
  return { timeout, signal };
}

/** The outcomes of promises, in the order in which they settle: the name, and the value or the message of the error. */
export class Outcomes {
  readonly all: string[] = [];

  follow(name: string, promise: Promise<unknown>): void {
    promise.then(
      value => this.add(name, value),
      error => this.add(name, (error as Error).message),
    );
  }

  add(name: string, value: unknown): void {
    this.all.push(`${name}: ${value}`);
  }

  /** Lets every promise continue that can, and checks what has settled since the last time. */
  async expect(...wanted: string[]): Promise<void> {
    await settle();
    assert.deepEqual(this.all.splice(0), wanted);
  }
}

/** Runs `body` and returns what it throws in microtasks, which ends a process that does not expect it. */
export async function thrownLater(body: () => unknown): Promise<string[]> {
  const { queueMicrotask } = globalThis;
  const thrown: string[] = [];
  globalThis.queueMicrotask = run => {
    try {
      run();
    } catch (error) {
      thrown.push((error as Error).message);
    }
  };
  try {
    await body();
  } finally {
    globalThis.queueMicrotask = queueMicrotask;
  }
  return thrown;
}

/** Replaces functions of the addon while `body` runs. */
export async function withAddon(functions: Partial<Binding>, body: () => unknown): Promise<void> {
  const before = { ...binding };
  Object.assign(binding, functions);
  try {
    await body();
  } finally {
    Object.assign(binding, before);
  }
}

/** A partial result. */
export function partly(value: string, record?: EarlyEnd[]): (why: EarlyEnd) => string {
  return why => {
    record?.push(why);
    return value;
  };
}
