import { performance } from 'node:perf_hooks';
import { clearTimeout, setTimeout } from 'node:timers'; // Deno's global setTimeout returns a number

/** The longest timer: Node's timers count milliseconds in 31 bits and fire immediately beyond that. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A timer that never fires before its time.
 *
 * Node compares whole milliseconds of its loop's clock (uv_now(3)): it drops the fraction both when a timer is set and
 * when it checks whether the timer is due. setTimeout(f, 25) can therefore run f 24.1 ms later. Rounding the delay up
 * does not help, because 25 is whole already. So the alarm looks at the clock when its timer fires, and waits for the
 * rest. A delay of more than 24 days takes several timers in the same way.
 */
export class Alarm {
  /** The time at which it fires (`performance.now()`). */
  readonly time: number;
  readonly #onTime: () => void;
  #isRef: boolean;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param time the time at which to call `onTime` (`performance.now()`)
   * @param isRef whether the timer keeps the process alive
   */
  constructor(time: number, onTime: () => void, isRef: boolean) {
    this.time = time;
    this.#onTime = onTime;
    this.#isRef = isRef;
    this.#start(time - performance.now());
  }

  #start(left: number): void {
    this.#timer = setTimeout(Alarm.#fire, Math.min(Math.max(1, Math.ceil(left)), LONGEST_TIMER), this);
    if (!this.#isRef) this.#timer.unref();
  }

  static readonly #fire = (alarm: Alarm): void => {
    const left = alarm.time - performance.now();
    if (left > 0) alarm.#start(left);
    else alarm.#onTime();
  };

  /** Sets whether the timer keeps the process alive. */
  setRef(isRef: boolean): void {
    this.#isRef = isRef;
    if (isRef) this.#timer?.ref();
    else this.#timer?.unref();
  }

  /** Stops the timer. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
