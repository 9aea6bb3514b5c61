import { binding } from '../binding.js';
import { EAGAIN, EBADF, EPERM } from '../errors/codes.js';
import { checked, socketError } from '../errors/errors.js';
import { EDGE, POLLIN } from '../reactor/events.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { waitBlocking } from './blocking-wait.js';
import { POLLNVAL } from './events.js';
import type { PollSet } from './poll-set.js';
import { MAX_EVENTS, Poller, PollerOperation } from './poller.js';
import { followPendingInput, followTarget } from './target.js';

/**
 * Reports that one of several descriptors has changed, so that poll(2) is worth repeating.
 *
 * It is edge-triggered: poll(2) and a level-triggered epoll report a hang-up for as long as it lasts, even when it was not
 * asked for, and select(2) does not count it as writable.
 */
export class ChangeWatcher {
  readonly #poller = new Poller();
  readonly #unfollow: (() => void)[] = [];
  #hasChanged = false;

  /**
   * @param set the descriptors to watch, and their events
   * @param syscall the name of the call, for its errors
   */
  constructor(set: PollSet, syscall: string) {
    try {
      for (let index = 0; index < set.size; index++) this.#add(set, index, syscall);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #add(set: PollSet, index: number, syscall: string): void {
    const result = this.#poller.add(set.fd(index), 1, (set.events(index) & ~POLLNVAL) | EDGE);
    if (result === EBADF) this.#hasChanged = true;
    else if (result < 0 && result !== EPERM) throw socketError(result, { syscall });
    const onChange = (): void => {
      this.#hasChanged = true;
      this.#poller.wake();
    };
    const target = set.targets[index]!;
    for (const unfollow of [followTarget(target, onChange), followPendingInput(target, onChange)])
      if (unfollow !== undefined) this.#unfollow.push(unfollow);
  }

  /** Returns whether something has changed since the last call. */
  takeChange(): boolean {
    let hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    for (;;) {
      const count = checked(this.#poller.collect(MAX_EVENTS), 'epoll_wait');
      hasChanged ||= count > 0;
      if (count < MAX_EVENTS) return hasChanged;
    }
  }

  /** Waits for a change. Resolves to false when the time has passed. */
  wait(wait: WaitOptions): Promise<boolean> {
    return this.#poller.run(new TakeChange(this, wait));
  }

  /**
   * Waits for a change and blocks the thread.
   *
   * @param milliseconds the longest time to block; negative for no limit
   */
  waitSync(milliseconds: number): void {
    if (this.takeChange()) return;
    const { fd } = this.#poller;
    waitBlocking(slice => checked(binding.wait(fd, POLLIN, slice), 'poll'), milliseconds);
  }

  /** Closes the poller. */
  close(): void {
    for (const unfollow of this.#unfollow) unfollow();
    this.#poller.close();
  }
}

class TakeChange extends PollerOperation<boolean> {
  constructor(
    private readonly watcher: ChangeWatcher,
    wait: WaitOptions,
  ) {
    super(wait);
  }

  attempt(): number {
    return this.watcher.takeChange() ? 1 : EAGAIN;
  }

  finish(): boolean {
    return true;
  }

  protected nothing(): boolean {
    return false;
  }
}
