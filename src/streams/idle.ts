/** Node's timers count in 31 bits. */
const LONGEST = 2 ** 31 - 1;

/** Says when nothing has happened for a while. It does not keep the process alive. */
export class IdleTimer {
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly onIdle: () => void) {}

  /** Starts anew, with another patience; 0 stops. */
  set(milliseconds: number): void {
    this.stop();
    if (milliseconds === 0) return;
    this.#timer = setTimeout(this.onIdle, Math.min(milliseconds, LONGEST));
    this.#timer.unref();
  }

  /** Something happened. */
  touch(): void {
    this.#timer?.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
