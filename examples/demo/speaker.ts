/** A program of the demo as a process, and all that it says. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

/** Longer than any of them takes; one that hangs is ended. */
const LONGEST = 20_000;

export class Speaker {
  /** The lines so far. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #output: Interface[];
  readonly #ended: Promise<unknown>;

  /** Starts a program; each line of it is passed to `heard`. */
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
    // Rejects when there is no such program; 'close' comes after the last line.
    this.#ended = once(this.#child, 'close');
    this.#ended.catch(() => {});
  }

  /** The first line that matches; rejects if the program ends without saying it. */
  async line(wanted: RegExp): Promise<RegExpExecArray> {
    for (let i = 0; ; i++) {
      while (i >= this.lines.length) await this.#next();
      const match = wanted.exec(this.lines[i]!);
      if (match !== null) return match;
    }
  }

  /** Waits for the end, and says what was wrong with it, if anything was. */
  async end(): Promise<string | undefined> {
    await this.#ended;
    const { exitCode, signalCode } = this.#child;
    if (signalCode !== null) return `${this.name} was ended by ${signalCode}`;
    return exitCode === 0 ? undefined : `${this.name} exited with status ${exitCode}`;
  }

  /** Ends the program. */
  stop(): void {
    this.#child.kill('SIGKILL');
  }

  async #next(): Promise<void> {
    const said = this.lines.length;
    await Promise.race([...this.#output.map(output => once(output, 'line')), this.#ended]);
    if (this.lines.length === said) throw new Error(`${this.name} ended without saying where it listens`);
  }
}
