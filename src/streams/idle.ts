import { LONGEST_TIMER } from '../reactor/alarm.js';

/**
 * Calls a function when the stream has been idle for some time. It does not keep the process alive.
 *
 * An HTTP server stops and starts the same timeout with each request. The timer therefore continues when the timeout is
 * stopped, and is ignored when it fires.
 */
export class IdleTimer {
  #timer: NodeJS.Timeout | undefined;
  #milliseconds = 0;
  #isOn = false;

  constructor(private readonly onIdle: () => void) {}

  /** Sets the idle time and starts the timer; 0 stops it. */
  set(milliseconds: number): void {
    this.#isOn = milliseconds !== 0;
    if (!this.#isOn) return;
    if (this.#timer !== undefined && milliseconds === this.#milliseconds) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#milliseconds = milliseconds;
    this.#timer = setTimeout(() => this.#onTime(), Math.min(milliseconds, LONGEST_TIMER));
    this.#timer.unref();
  }

  #onTime(): void {
    if (this.#isOn) this.onIdle();
  }

  /** Restarts the timer after activity. */
  touch(): void {
    if (this.#isOn) this.#timer!.refresh();
  }

  stop(): void {
    this.#isOn = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
