import { EAGAIN } from '../errors/codes.js';
import { FULL, type Operation } from './operation.js';

/** An attempt; `FULL` when there is room in the sender's memory, and so none in the receiver's. */
export function attempt(operation: Operation<unknown>, sender: { readonly hasRoom: boolean }): number {
  const result = operation.attempt();
  if (result !== EAGAIN || operation.needsRoom !== true || !sender.hasRoom) return result;
  const again = operation.attempt(); // there may be room only since then
  return again === EAGAIN ? FULL : again;
}

/** The first pause, and the longest: so a wait is noticed to be over after at most as long again, and costs nothing. */
const FIRST = 1;
const LONGEST = 32;

/** How long to wait after a pause that was in vain: each is twice the one before. Milliseconds; 0: none was made yet. */
export function longerPause(pause: number): number {
  return pause === 0 ? FIRST : Math.min(2 * pause, LONGEST);
}

/** One who looks again now and then, because no event will tell. */
export interface Pausing {
  /** The last pause, in milliseconds; 0: none was made yet. */
  pause: number;
  /** When it is over (`performance.now()`); 0 when no pause is on. */
  until: number;
}

/** One timer for the pauses of many. */
export class Pauses {
  #timer: NodeJS.Timeout | undefined;
  #until = 0;

  constructor(private readonly onOver: () => void) {}

  /** Whether any pause is on. */
  get any(): boolean {
    return this.#timer !== undefined;
  }

  /** Begins the next pause of one who looked in vain. */
  begin(one: Pausing): void {
    one.pause = longerPause(one.pause);
    one.until = performance.now() + one.pause;
    this.resume(one);
  }

  /** Makes sure that the end of a pause is noticed. */
  resume({ until }: Pausing): void {
    if (this.#timer !== undefined && this.#until <= until) return;
    clearTimeout(this.#timer);
    this.#until = until;
    const over = () => {
      this.#timer = undefined;
      this.onOver();
    };
    this.#timer = setTimeout(over, Math.max(1, until - performance.now()));
    // The waiting call itself keeps the process alive, where it should.
    this.#timer.unref();
  }

  /** Ends them all without a word. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
