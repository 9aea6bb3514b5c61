/** A clock, timers and immediates that move only when the test says so. */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';

interface Timer {
  /** Due when this many whole milliseconds have passed. */
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
  isRef: boolean;
  ref(): Timer;
  unref(): Timer;
  hasRef(): boolean;
}

const realImmediate = setImmediate;

/** Lets every promise continue that can. */
export function settle(): Promise<void> {
  return new Promise(resolve => realImmediate(resolve));
}

class VirtualTime {
  /** What `performance.now()` returns. */
  now = 1000.25;
  #order = 0;
  readonly #timers = new Set<Timer>();
  #immediates: (() => void)[] = [];

  /**
   * As in Node.js, the fraction of a millisecond is dropped when a timer is set and when it is checked, so that it can fire
   * nearly a millisecond early.
   */
  setTimeout(callback: (...args: unknown[]) => void, delay = 1, ...args: unknown[]): Timer {
    const timer: Timer = {
      due: Math.floor(this.now) + Math.max(1, Math.trunc(delay)),
      order: this.#order++,
      run: () => callback(...args),
      isRef: true,
      ref: () => Object.assign(timer, { isRef: true }),
      unref: () => Object.assign(timer, { isRef: false }),
      hasRef: () => timer.isRef,
    };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: Timer | undefined): void {
    if (timer !== undefined) this.#timers.delete(timer);
  }

  setImmediate(callback: (...args: unknown[]) => void, ...args: unknown[]): { unref(): void } {
    this.#immediates.push(() => callback(...args));
    return { unref() {} };
  }

  /** Runs the timers that are due, those first that were due first. */
  runTimers(): void {
    for (;;) {
      const due = [...this.#timers].filter(timer => timer.due <= Math.floor(this.now));
      const [first] = due.sort((a, b) => a.due - b.due || a.order - b.order);
      if (first === undefined) return;
      this.#timers.delete(first);
      first.run();
    }
  }

  /** Runs the immediates that are set, and not those that they set. Returns whether there were any. */
  runImmediates(): boolean {
    const all = this.#immediates;
    this.#immediates = [];
    for (const run of all) run();
    return all.length > 0;
  }

  get hasTimers(): boolean {
    return this.#timers.size > 0;
  }

  /** The number of timers that keep the process alive. */
  get refTimers(): number {
    return [...this.#timers].filter(({ isRef }) => isRef).length;
  }

  /** Replaces the clock, the timers and the immediates of this process, before the package is loaded. */
  install(): void {
    const own = {
      setTimeout: this.setTimeout.bind(this),
      clearTimeout: this.clearTimeout.bind(this),
      setImmediate: this.setImmediate.bind(this),
    };
    Object.assign(globalThis, own);
    Object.assign(timers, own);
    performance.now = () => this.now;
    syncBuiltinESMExports();
  }
}

export const time = new VirtualTime();
