import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Processors, startPinned } from './children.js';

/** Seconds until a server must listen. */
const PATIENCE = 10;

/** A server that says that this version of a package or runtime cannot do what it is about. */
export class Unsupported extends Error {}

/** A server that runs in its own process. */
export class Server {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  /** Its port, or its path. */
  where = '';

  private constructor(cpus: Processors, command: readonly string[]) {
    this.#process = startPinned(cpus, command, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#lines = createInterface(this.#process.stdout!)[Symbol.asyncIterator]();
    this.#process.stderr!.setEncoding('utf8').on('data', (data: string) => {
      this.#errors = (this.#errors + data).slice(0, 4096);
    });
  }

  #errors = '';

  /** Starts a server, and waits until it listens. */
  static async start(cpus: Processors, command: readonly string[]): Promise<Server> {
    const server = new Server(cpus, command);
    const timer = setTimeout(() => server.#process.kill('SIGKILL'), PATIENCE * 1000);
    try {
      server.where = await server.line();
    } finally {
      clearTimeout(timer);
    }
    const unsupported = /^unsupported: (.*)/.exec(server.where)?.[1];
    if (unsupported === undefined) return server;
    await server.stop();
    throw new Unsupported(unsupported);
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** The reason why it ended, if it has. */
  get failure(): string | undefined {
    return this.#hasEnded ? `the server ended: ${reason(this.#errors)}` : undefined;
  }

  get #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }

  /** Makes a JavaScript server that was started with `--expose-gc` collect garbage. Returns the used heap in bytes. */
  async collectGarbage(): Promise<number> {
    this.#process.kill('SIGUSR2');
    return Number(await this.line());
  }

  /** The processor time of its main thread in seconds; infinite once it has ended. */
  processorTime(): number {
    try {
      return Number(readFileSync(`/proc/${this.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
    } catch {
      return Infinity;
    }
  }

  /** The resident memory of the process in bytes. */
  residentSize(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)![1]) * 1024;
  }

  /** The number of datagrams that the kernel dropped at its port because its receive buffer was full. */
  drops(): number {
    const port = Number(this.where).toString(16).toUpperCase().padStart(4, '0');
    const row = readFileSync('/proc/net/udp', 'utf8')
      .split('\n')
      .find(line => line.includes(`: 0100007F:${port} `));
    return row === undefined ? 0 : Number(row.trim().split(/\s+/).at(-1));
  }

  /** Reads the next line that it prints. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done !== true) return value;
    throw new Error(`the server ended: ${reason(this.#errors)}`);
  }
}

/** The line of a stack trace or message that describes the failure. */
function reason(errors: string): string {
  const lines = errors.trim().split('\n');
  return lines.find(line => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? '';
}
