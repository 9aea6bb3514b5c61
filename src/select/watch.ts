import { binding } from '../binding.js';
import { EAGAIN, EBADF, EPERM } from '../errors/codes.js';
import { checked, socketError } from '../errors/errors.js';
import { EDGE, POLLIN } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { POLLNVAL } from './events.js';
import { MOST, Poller } from './poller.js';
import type { Questions } from './questions.js';
import { followTarget } from './target.js';

/**
 * Tells when to ask again: something may have changed with one of the descriptors.
 *
 * It watches for edges, because poll(2) and epoll report a hang-up for as long as it lasts, whether it was asked for or
 * not, and select(2) does not count it among what can be written.
 */
export class Watch {
  readonly #poller = new Poller();
  readonly #leave: (() => void)[] = [];
  #changed = false;

  constructor(questions: Questions, syscall: string) {
    try {
      for (let place = 0; place < questions.count; place++) this.#add(questions, place, syscall);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #add(questions: Questions, place: number, syscall: string): void {
    const fd = questions.fd(place);
    const result = this.#poller.add(fd, 1, (questions.events(place) & ~POLLNVAL) | EDGE);
    if (result === EBADF) this.#changed = true;
    else if (result < 0 && result !== EPERM) throw socketError(result, { syscall });
    const leave = followTarget(questions.targets[place]!, () => {
      this.#changed = true;
      this.#poller.wake();
    });
    if (leave !== undefined) this.#leave.push(leave);
  }

  /** Whether something changed since this was last asked, or the Watch was made. */
  take(): boolean {
    let changed = this.#changed;
    this.#changed = false;
    for (;;) {
      const count = checked(this.#poller.collect(MOST), 'epoll_wait');
      changed ||= count > 0;
      if (count < MOST) return changed;
    }
  }

  /** Waits for a change; false when the time is over. */
  change(wait: WaitOptions): Promise<boolean> {
    return this.#poller.waitable.input.run(new Change(this), wait);
  }

  /** {@link change}, in this thread. Milliseconds; negative: no limit. */
  changeSync(milliseconds: number): boolean {
    return this.take() || checked(binding.wait(this.#poller.fd, POLLIN, milliseconds), 'poll') !== 0;
  }

  close(): void {
    for (const leave of this.#leave) leave();
    this.#poller.close(operation => operation.fail(EBADF));
  }
}

class Change implements Operation<boolean> {
  constructor(private readonly watch: Watch) {}

  attempt(): number {
    return this.watch.take() ? 1 : EAGAIN;
  }

  finish(): boolean {
    return true;
  }

  partial(): boolean {
    return false;
  }

  fail(errno: number): Error {
    return socketError(errno, { syscall: 'epoll_wait' });
  }

  drained(result: number): boolean {
    return result < 0;
  }
}
