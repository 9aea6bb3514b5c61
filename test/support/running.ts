/** Programs that a test runs beside itself, and what they print. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** Nothing that a test waits for takes as long, not even in an emulated machine. */
const LONGEST = 30_000;

/** Waits until `holds` gives something true, asking again and again. */
export async function waitFor<T>(what: string, holds: () => T | Promise<T>): Promise<Exclude<T, undefined>> {
  const end = Date.now() + LONGEST;
  for (;;) {
    const result = await holds();
    if (result) return result as Exclude<T, undefined>;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await delay(20);
  }
}

/** A program that runs. It ends with the scope that holds it. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #name: string;
  readonly #ended: Promise<number | null>;
  /** What it has printed so far, errors too. */
  output = '';

  constructor(command: string, args: readonly string[] = [], input?: string) {
    this.#name = [command, ...args].join(' ').slice(0, 100);
    this.#process = spawn(command, args, { stdio: 'pipe' });
    this.#ended = new Promise((resolve, reject) => {
      this.#process.on('error', reject);
      this.#process.on('close', resolve);
    });
    this.#ended.catch(() => {}); // whoever waits for it hears of it
    for (const stream of [this.#process.stdout!, this.#process.stderr!])
      stream.setEncoding('utf8').on('data', text => (this.output += text));
    this.#process.stdin!.on('error', () => {});
    if (input !== undefined) this.#process.stdin!.end(input);
  }

  /** Waits until it has printed what matches. */
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

  /** Waits until it has ended by itself, which has to be well; gives what it printed. */
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
