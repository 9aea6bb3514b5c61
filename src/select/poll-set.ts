import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import { POLLIN, POLLRDNORM } from './events.js';
import { hasPendingInput, type Selectable } from './target.js';

/** The columns of an entry: `bk_poll_entry` in native/core/platform.h. */
const FD = 0;
const EVENTS = 1;
const READY = 2;
const COLUMNS = 3;

/** The events that pending input means. */
const READABLE = POLLIN | POLLRDNORM;

/** The array of one poll(2) call. Each descriptor has one entry, however often it is added. */
export class PollSet {
  /** The target of each entry. */
  readonly targets: Selectable[] = [];
  readonly #indexes = new Map<number, number>();
  readonly #entries: Int32Array;
  #size = 0;

  /** @param capacity the largest number of descriptors that will be added */
  constructor(capacity: number) {
    this.#entries = new Int32Array(Math.max(1, capacity) * COLUMNS);
  }

  /** The number of entries. */
  get size(): number {
    return this.#size;
  }

  /** Returns the descriptor of an entry. */
  fd(index: number): number {
    return this.#entries[index * COLUMNS + FD]!;
  }

  /** Returns the events that an entry asks for. */
  events(index: number): number {
    return this.#entries[index * COLUMNS + EVENTS]!;
  }

  /** Returns the events that the last `poll` reported for an entry. */
  ready(index: number): number {
    return this.#entries[index * COLUMNS + READY]!;
  }

  /** Adds a descriptor, or adds events to its entry. Returns the index of the entry. */
  add(target: Selectable, fd: number, events: number): number {
    const known = this.#indexes.get(fd);
    if (known !== undefined) {
      // Prefer the object to the number: it can report that it was closed.
      if (typeof this.targets[known] === 'number') this.targets[known] = target;
      this.#entries[known * COLUMNS + EVENTS]! |= events;
      return known;
    }
    const index = this.#size++;
    this.#entries[index * COLUMNS + FD] = fd;
    this.#entries[index * COLUMNS + EVENTS] = events;
    this.targets.push(target);
    this.#indexes.set(fd, index);
    return index;
  }

  /**
   * Calls poll(2), and adds the sockets with pending input, for which it does not block.
   *
   * @param milliseconds the longest time to block; negative for no limit
   * @returns the number of entries with events
   */
  poll(milliseconds: number): number {
    const bytes = new Uint8Array(
      this.#entries.buffer,
      0,
      this.#size * COLUMNS * this.#entries.BYTES_PER_ELEMENT,
    );
    const pending = this.#pending();
    const count = checked(binding.poll(bytes, pending.length > 0 ? 0 : milliseconds), 'poll');
    for (const index of pending) this.#entries[index * COLUMNS + READY]! |= this.events(index) & READABLE;
    return Math.max(count, pending.length);
  }

  /** Returns the entries whose pending input is asked for. */
  #pending(): number[] {
    const indexes: number[] = [];
    for (let index = 0; index < this.#size; index++) {
      if ((this.events(index) & READABLE) !== 0 && hasPendingInput(this.targets[index]!)) indexes.push(index);
    }
    return indexes;
  }
}
