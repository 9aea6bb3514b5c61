import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';
import { checkFunction } from '../errors/argument.js';
import { notify } from './notify.js';
import { readCount } from './variables.js';

/** Returns whether the service works. A check that fails or throws reports nothing, so the manager restarts the service. */
export type WatchdogCheck = () => boolean | Promise<boolean>;

/**
 * Returns the time within which the service has to report that it works, in milliseconds: `WatchdogSec=` of its unit.
 * `undefined` if the manager does not watch this process.
 *
 * @throws Error `ERR_INVALID_STATE` if a variable of the protocol does not have its form
 * @see sd_watchdog_enabled(3)
 */
export function watchdogTimeout(): number | undefined {
  const microseconds = readCount('WATCHDOG_USEC');
  if (!microseconds) return undefined;
  const pid = readCount('WATCHDOG_PID');
  return pid === undefined || pid === process.pid ? microseconds / 1000 : undefined;
}

/**
 * Reports to the service manager that the service works, twice within its limit, from the event loop. A blocked loop
 * reports nothing, so the manager restarts the service. The timer does not keep the process alive.
 *
 * @param check called before each report
 * @returns ends the reports, when it is disposed of; `undefined` if the manager does not watch this process
 */
export function startWatchdog(check: WatchdogCheck = () => true): Disposable | undefined {
  checkFunction(check, 'check');
  const timeout = watchdogTimeout();
  return timeout === undefined ? undefined : new Watchdog(check, timeout / 2);
}

class Watchdog implements Disposable {
  readonly #check: WatchdogCheck;
  readonly #interval: number;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(check: WatchdogCheck, interval: number) {
    this.#check = check;
    this.#interval = interval;
    void this.#report();
  }

  async #report(): Promise<void> {
    const due = performance.now() + this.#interval;
    try {
      if (await this.#check()) await notify({ watchdog: true }, { timeout: this.#interval });
    } catch (error) {
      process.emitWarning(`The watchdog was not told: ${(error as Error)?.message ?? error}`);
    }
    if (this.#isOver) return;
    this.#timer = setTimeout(() => void this.#report(), Math.max(1, due - performance.now()));
    this.#timer.unref();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
