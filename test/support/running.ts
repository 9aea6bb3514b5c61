/** Programs that run beside a test, and their output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { LONGEST, until } from './until.js';

/** Repeats `holds` until it returns a true value. */
export async function waitFor<T>(what: string, holds: () => T | Promise<T>): Promise<Exclude<T, undefined>> {
  const result = await until(holds);
  if (!result) throw new Error(`condition was not met: ${what}`);
  return result as Exclude<T, undefined>;
}

/** A running program. It ends with the scope that it is declared in. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #name: string;
  readonly #ended: Promise<number | null>;
  /** Everything printed so far, including errors. */
  output = '';

  constructor(command: string, args: readonly string[] = [], input?: string) {
    this.#name = [command, ...args].join(' ').slice(0, 100);
    this.#process = spawn(command, args, { stdio: 'pipe' });
    this.#ended = new Promise((resolve, reject) => {
      this.#process.on('error', reject);
      this.#process.on('close', resolve);
    });
    this.#ended.catch(() => {}); // the error is reported to callers of prints() and ends()
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      stream.setEncoding('utf8').on('data', text => (this.output += text));
    this.#process.stdin!.on('error', () => {});
    if (input !== undefined) this.#process.stdin!.end(input);
  }

  /** Waits until the program has printed text that matches. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    const gone = this.#ended.then(status => `ended with ${status}`);
    const end = Date.now() + LONGEST;
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      const news = await Promise.race([gone, delay(20)]);
      const last = pattern.exec(this.output);
      if (last !== null) return last;
      if (typeof news === 'string' || Date.now() > end)
        throw new Error(`${this.#name} (${news ?? 'running'}) did not print ${pattern}:\n${this.output}`);
    }
  }

  /** Waits until the program ends on its own, which must be successful. Returns its output. */
  async ends(): Promise<string> {
    const limit = setTimeout(() => this.#process.kill('SIGKILL'), LONGEST);
    const status = await this.#ended.finally(() => clearTimeout(limit));
    if (status !== 0) throw new Error(`${this.#name} ended with ${status}:\n${this.output}`);
    return this.output;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended.catch(() => {});
  }
}
