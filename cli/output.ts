/** What commands print: lines, JSON and colours. */
import process from 'node:process';
import { styleText } from 'node:util';

/** The meaning that a colour shows. */
export type Meaning = 'good' | 'bad' | 'warning' | 'title' | 'faint';

const formats = { good: 'green', bad: 'red', warning: 'yellow', title: 'bold', faint: 'dim' } as const;

/** Colours are for terminals. https://no-color.org turns them off there too. */
function hasColours(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';
}

/** The standard output and the standard error of a command. */
export class Output {
  readonly #colours = hasColours(process.stdout);

  /** Whether a person reads the standard output. */
  readonly isTerminal: boolean = process.stdout.isTTY === true;

  constructor() {
    // `berkeley ss | head` ends when head does, as programs that SIGPIPE ends do.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(0);
    });
  }

  /** Prints a line. */
  line(text = ''): void {
    process.stdout.write(`${text}\n`);
  }

  /** Prints a value as JSON on one line, so that a program can read values as they come. */
  json(value: unknown): void {
    this.line(JSON.stringify(value, jsonValue));
  }

  /** Prints a line of the standard error: progress, and what is not part of the result. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Colours text where a terminal shows it. */
  paint(meaning: Meaning, text: string): string {
    return this.#colours ? styleText(formats[meaning], text) : text;
  }
}

/** JSON has no 64-bit integers: they become decimal text. */
function jsonValue(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
