/** The memory that this process shares with the library of shim.c: the plan, and the counts of calls. */
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';

const SLOT_MAX = 96;
const SLOT_NAME = 24;
const COUNTS = 8 * 4;
const NAMES = COUNTS + SLOT_MAX * 4;

/** The text that describes the current case, behind what the library uses. */
const TITLE = NAMES + SLOT_MAX * SLOT_NAME;
const TITLE_SIZE = 256;

/** The size of the file. */
export const CONTROL_SIZE = TITLE + TITLE_SIZE;

/** The offset of the number of the current case, which the parent process watches. */
const STEP = 7 * 4;

/** The ways to disturb a call: `enum action` of shim.h. */
export const actions = { fail: 1, short: 2, lose: 3, ready: 4 } as const;

/** What the library has to do. */
export interface Plan {
  /** The function, as shim.h names it. */
  readonly slot: string;
  /** The number of calls that are not disturbed. */
  readonly first: number;
  /** The number of calls that are disturbed after these. */
  readonly times: number;
  readonly action: keyof typeof actions;
  /** The errno, or the number of bytes. */
  readonly value: number;
}

/** The number of calls that a plan disturbs when a fault stays. */
export const FOR_EVER = 0x7fffffff;

/** The control file, from a process or a thread that runs under the library. */
export class Control {
  readonly #fd: number;
  readonly #slots = new Map<string, number>();

  constructor(path: string) {
    this.#fd = openSync(path, 'r+');
    const names = Buffer.alloc(SLOT_MAX * SLOT_NAME);
    readSync(this.#fd, names, 0, names.length, NAMES);
    for (let slot = 0; slot < SLOT_MAX; slot++) {
      const name = names.toString('latin1', slot * SLOT_NAME, (slot + 1) * SLOT_NAME).replace(/\0.*$/s, '');
      if (name !== '') this.#slots.set(name, slot);
    }
    if (this.#slots.size === 0) throw new Error('this process does not run under the library of shim.c');
  }

  /** The functions that the library wraps. */
  get names(): string[] {
    return [...this.#slots.keys()];
  }

  /** Begins to count, and to disturb calls if there is a plan. */
  arm(plan?: Plan): void {
    const words = new Int32Array(7 + 1 + SLOT_MAX);
    words[1] = plan === undefined ? -1 : this.#slots.get(plan.slot)!;
    words[2] = plan?.first ?? 0;
    words[3] = plan?.times ?? 0;
    words[4] = plan === undefined ? 0 : actions[plan.action];
    words[5] = plan?.value ?? 0;
    const bytes = Buffer.from(words.buffer);
    // The number of the case stays. The plan is complete before it takes effect.
    writeSync(this.#fd, bytes, COUNTS, bytes.length - COUNTS, COUNTS);
    writeSync(this.#fd, bytes, 4, STEP - 4, 4);
    this.#write(0, 1);
  }

  /** Stops, and returns the number of calls that were disturbed. */
  disarm(): number {
    this.#write(0, 0);
    return this.#read(6 * 4);
  }

  /** Returns the number of calls of each function since the last `arm`. */
  counts(): Map<string, number> {
    const bytes = Buffer.alloc(SLOT_MAX * 4);
    readSync(this.#fd, bytes, 0, bytes.length, COUNTS);
    return new Map([...this.#slots].map(([name, slot]) => [name, bytes.readInt32LE(slot * 4)]));
  }

  /** Notes the case that comes next, for the process that watches. */
  note({ step, title }: Step): void {
    const text = Buffer.alloc(TITLE_SIZE);
    text.write(title);
    writeSync(this.#fd, text, 0, TITLE_SIZE, TITLE);
    this.#write(STEP, step);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #write(at: number, value: number): void {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    writeSync(this.#fd, bytes, 0, 4, at);
  }

  #read(at: number): number {
    const bytes = Buffer.alloc(4);
    readSync(this.#fd, bytes, 0, 4, at);
    return bytes.readInt32LE(0);
  }
}

/** The current case. */
export interface Step {
  /** Its number, from 1. */
  readonly step: number;
  readonly title: string;
}

/** Reads the current case from outside the process. */
export function readStep(path: string): Step {
  const bytes = readFileSync(path);
  const title = bytes.toString('utf8', TITLE, TITLE + TITLE_SIZE).replace(/\0.*$/s, '');
  return { step: bytes.readInt32LE(STEP), title };
}
