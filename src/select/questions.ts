import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import type { Selectable } from './target.js';

/** The columns of an entry: `bk_poll_entry` in native/core/platform.h. */
const FD = 0;
const EVENTS = 1;
const READY = 2;
const COLUMNS = 3;

/** What is asked of descriptors in one poll(2): each once, whoever asks. */
export class Questions {
  readonly targets: Selectable[] = [];
  readonly #places = new Map<number, number>();
  #entries: Int32Array;
  #count = 0;

  constructor(expected: number) {
    this.#entries = new Int32Array(Math.max(1, expected) * COLUMNS);
  }

  /** How many descriptors are asked. */
  get count(): number {
    return this.#count;
  }

  fd(place: number): number {
    return this.#entries[place * COLUMNS + FD]!;
  }

  events(place: number): number {
    return this.#entries[place * COLUMNS + EVENTS]!;
  }

  /** The events that hold, since the last `poll`. */
  ready(place: number): number {
    return this.#entries[place * COLUMNS + READY]!;
  }

  /** Asks for events of a descriptor as well; the place where the answer will be. There is room for all expected. */
  ask(target: Selectable, fd: number, events: number): number {
    const known = this.#places.get(fd);
    if (known !== undefined) {
      // An object may tell when it is closed.
      if (typeof this.targets[known] === 'number') this.targets[known] = target;
      this.#entries[known * COLUMNS + EVENTS]! |= events;
      return known;
    }
    const place = this.#count++;
    const at = place * COLUMNS;
    this.#entries[at + FD] = fd;
    this.#entries[at + EVENTS] = events;
    this.targets.push(target);
    this.#places.set(fd, place);
    return place;
  }

  /** Waits until one of the events holds, or the time (milliseconds; negative: no limit) is over: how many do. */
  poll(milliseconds: number): number {
    const { buffer } = this.#entries;
    return checked(binding.poll(new Uint8Array(buffer, 0, this.#count * COLUMNS * 4), milliseconds), 'poll');
  }
}
