import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pinned } from './pinned.js';

/** A server that runs, in a process of its own, on a processor of its own. */
export class Server {
  readonly #process: ChildProcessByStdio<null, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  /** Its port, or its path. */
  where = '';

  private constructor(cpu: number, command: readonly string[]) {
    const [program, ...rest] = pinned(cpu, command);
    this.#process = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  /** Starts a server, and waits until it listens. */
  static async start(cpu: number, command: readonly string[]): Promise<Server> {
    const server = new Server(cpu, command);
    server.where = await server.#line();
    return server;
  }

  get pid(): number {
    return this.#process.pid!;
  }

  async stop(): Promise<void> {
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }

  /** Lets a JavaScript server that was started with `--expose-gc` collect its garbage; what is left, in bytes. */
  async collectGarbage(): Promise<number> {
    this.#process.kill('SIGUSR2');
    return Number(await this.#line());
  }

  /** What its main thread has worked, in seconds. */
  processorTime(): number {
    return Number(readFileSync(`/proc/${this.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
  }

  /** The memory that the process has in use, in bytes. */
  residentSize(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)![1]) * 1024;
  }

  async #line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`the server ended: ${this.#process.spawnargs.join(' ')}`);
    return value;
  }
}
