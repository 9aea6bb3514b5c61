/** The longest timer: Node’s timers count milliseconds in 31 bits. */
const LONGEST = 2 ** 31 - 1;

/** Calls a function when the stream has been idle for some time. It does not keep the process alive. */
export class IdleTimer {
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly onIdle: () => void) {}

  /** Sets the idle time and starts the timer; 0 stops it. */
  set(milliseconds: number): void {
    this.stop();
    if (milliseconds === 0) return;
    this.#timer = setTimeout(this.onIdle, Math.min(milliseconds, LONGEST));
    this.#timer.unref();
  }

  /** Restarts the timer after activity. */
  touch(): void {
    this.#timer?.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
