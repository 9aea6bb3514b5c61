/** Programs of a scene in processes of their own, so that what each uses is told apart. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Usage } from './usage.js';

/** A running program, which is asked by messages. It ends with the scope that it is declared in. */
export class Process implements Disposable {
  readonly #child: ChildProcess;
  readonly #heard: unknown[] = [];
  #end: string | undefined;
  #wake: () => void = () => {};

  constructor(program: string, args: readonly string[] = []) {
    // A test's own context would make the child report its results as tests.
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
    this.#child = fork(fileURLToPath(new URL(`./${program}.js`, import.meta.url)), args, {
      execArgv: ['--expose-gc'],
      env: environment,
      serialization: 'advanced',
    });
    this.#child.on('message', message => {
      this.#heard.push(message);
      this.#wake();
    });
    // A program that floods its own event loop does not notice that this process has ended.
    const kill = (): void => void this.#child.kill('SIGKILL');
    process.once('exit', kill);
    this.#child.on('exit', (code, signal) => {
      process.off('exit', kill);
      this.#end = signal ?? `${code}`;
      this.#wake();
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Sends a message, and returns the next one of the program. */
  ask<T>(message: object): Promise<T> {
    this.#child.send(message);
    return this.hear<T>();
  }

  /** The next message of the program, which can have arrived already. Rejects if the program ends before it. */
  async hear<T>(): Promise<T> {
    while (this.#heard.length === 0) {
      if (this.#end !== undefined) throw new Error(`the program ended with ${this.#end}`);
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    return this.#heard.shift() as T;
  }

  usage(): Promise<Usage> {
    return this.ask<Usage>({ usage: true });
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when the process has ended. */
  async ended(): Promise<void> {
    if (this.#end === undefined) await once(this.#child, 'exit');
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL');
    if (this.#child.connected) this.#child.disconnect();
  }
}
