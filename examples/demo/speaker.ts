/** A program of the demo as a child process, and its output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

/** Longer than any program takes. A program that hangs is killed. */
const LONGEST = 20_000;

export class Speaker {
  /** The lines printed so far. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #output: Interface[];
  readonly #ended: Promise<unknown>;

  /** Starts a program. Each line that it prints is passed to `heard`. */
  constructor(
    readonly name: string,
    command: readonly [string, ...string[]],
    heard: (line: string) => void,
  ) {
    const [program, ...rest] = command;
    this.#child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LONGEST });
    this.#output = [this.#child.stdout!, this.#child.stderr!].map(input => createInterface({ input }));
    for (const output of this.#output) {
      output.on('line', line => {
        this.lines.push(line);
        heard(line);
      });
    }
    // Rejects if there is no such program; 'close' is emitted after the last line.
    this.#ended = once(this.#child, 'close');
    this.#ended.catch(() => {});
  }

  /** Returns the first line that matches. Rejects if the program ends without printing it. */
  async line(wanted: RegExp): Promise<RegExpExecArray> {
    for (let i = 0; ; i++) {
      while (i >= this.lines.length) await this.#next();
      const match = wanted.exec(this.lines[i]!);
      if (match !== null) return match;
    }
  }

  /** Waits for the end of the program, and returns what was wrong with it, if anything. */
  async end(): Promise<string | undefined> {
    await this.#ended;
    const { exitCode, signalCode } = this.#child;
    if (signalCode !== null) return `${this.name} was ended by ${signalCode}`;
    return exitCode === 0 ? undefined : `${this.name} exited with status ${exitCode}`;
  }

  /** Kills the program. */
  stop(): void {
    this.#child.kill('SIGKILL');
  }

  async #next(): Promise<void> {
    const said = this.lines.length;
    await Promise.race([...this.#output.map(output => once(output, 'line')), this.#ended]);
    if (this.lines.length === said) throw new Error(`${this.name} ended before it printed where it listens`);
  }
}
