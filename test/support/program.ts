/** A peer program that exchanges JSON messages, one per line. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** No program takes that long. A program that is silent for that long hangs. */
const LONGEST = 30_000;

export class Program {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string> | undefined;
  readonly #ended: Promise<unknown>;
  #complaints = '';

  constructor(
    private readonly name: string,
    command: readonly [string, ...string[]],
    options: SpawnOptions = {},
  ) {
    const [program, ...args] = command;
    this.#child = spawn(program, args, { stdio: 'pipe', ...options });
    this.#child.stderr?.on('data', data => {
      this.#complaints += data;
    });
    const { stdout } = this.#child;
    this.#lines = stdout ? createInterface({ input: stdout })[Symbol.asyncIterator]() : undefined;
    this.#ended = once(this.#child, 'close');
    this.#ended.catch(() => {});
  }

  /** Whether the program is running. */
  get runs(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && !this.#child.killed;
  }

  tell(message: unknown): void {
    this.#child.stdin!.write(`${JSON.stringify(message)}\n`);
  }

  /** Returns the program's next message. */
  async hear<T>(): Promise<T> {
    const limit = setTimeout(() => this.stop(), LONGEST);
    const { done, value } = await this.#lines!.next();
    clearTimeout(limit);
    if (!done) return JSON.parse(value) as T;
    await this.#ended;
    throw this.#failure();
  }

  /** Waits for the program to end successfully. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    await this.#ended;
    if (this.#child.exitCode !== 0) throw this.#failure();
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #failure(): Error {
    const { exitCode, signalCode } = this.#child;
    return new Error(`${this.name} ended (${signalCode ?? exitCode}):\n${this.#complaints}`);
  }
}
