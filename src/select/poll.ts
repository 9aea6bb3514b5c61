import { checkInteger } from '../errors/argument.js';
import { ENOENT } from '../errors/codes.js';
import { socketError } from '../errors/errors.js';
import { promised } from '../socket/handle.js';
import { answered, answeredSync, checkPatience, type Inquiry, type Patience } from './answer.js';
import { ANY_EVENT, POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI } from './events.js';
import { Questions } from './questions.js';
import { descriptorOf, openDescriptorOf, type Selectable } from './target.js';

/** What poll(2) tells whether it was asked or not. */
const ALWAYS = POLLERR | POLLHUP | POLLNVAL;

/** What is ready, and the events that hold. */
export type Polled<T extends Selectable = Selectable> = [target: T, events: number];

/** What is known of one target. */
interface Registered {
  readonly fd: number;
  readonly events: number;
}

/**
 * A list of descriptors to be asked by poll(2), as Python's `select.poll` objects are. It owns no descriptor, and need
 * not be closed; each question costs as much as there are descriptors. See {@link Selector} for many.
 *
 * ```ts
 * const list = poll<Socket>();
 * list.register(socket, POLLIN);
 * for (const [socket, events] of await list.poll(1000)) if (events & POLLIN) read(socket);
 * ```
 *
 * A target that is closed is answered with `POLLNVAL`, each time, until it is unregistered.
 *
 * @see poll(2)
 */
export class Poll<T extends Selectable = Selectable> {
  readonly #registered = new Map<T, Registered>();

  /** How many targets are registered. */
  get size(): number {
    return this.#registered.size;
  }

  /**
   * Adds a target, or changes what it is asked.
   *
   * @param target a descriptor, or an object with one in its `fd`
   * @param events `POLLIN`, `POLLPRI`, `POLLOUT`, …, or-ed; these three by default. `POLLERR`, `POLLHUP` and `POLLNVAL`
   *   are answered always.
   * @throws SocketError `EBADF` if the target is closed
   */
  register(target: T, events: number = POLLIN | POLLPRI | POLLOUT): void {
    const fd = openDescriptorOf(target, 'target', 'poll');
    this.#registered.set(target, { fd, events: checkInteger(events, 'events', 0, ANY_EVENT) });
  }

  /**
   * Changes what a target is asked.
   *
   * @throws SocketError `ENOENT` if it is not registered
   */
  modify(target: T, events: number): void {
    const { fd } = this.#check(target);
    this.#registered.set(target, { fd, events: checkInteger(events, 'events', 0, ANY_EVENT) });
  }

  /**
   * Takes a target off the list; it may be closed by now.
   *
   * @throws SocketError `ENOENT` if it is not registered
   */
  unregister(target: T): void {
    this.#check(target);
    this.#registered.delete(target);
  }

  #check(target: T): Registered {
    const registered = this.#registered.get(target);
    if (registered === undefined)
      throw socketError(ENOENT, { syscall: 'poll', hint: 'it is not registered' });
    return registered;
  }

  /**
   * Waits until something holds of one of the targets, without blocking the thread.
   *
   * @param timeout milliseconds, 0 to look and not wait, `null` for no limit (the default); or an object with those in
   *   its `timeout`, and a `signal`
   * @returns the targets that are ready, each with its events; none when the time is over
   * @see poll(2)
   */
  poll(timeout?: Patience): Promise<Polled<T>[]> {
    return promised(() => answered(new Inquest(this.#registered), checkPatience(timeout)));
  }

  /**
   * {@link poll}, in this thread, which it blocks.
   *
   * @param timeout milliseconds, 0 to look and not wait, `null` for no limit (the default)
   */
  pollSync(timeout?: number | null): Polled<T>[] {
    const inquest = new Inquest(this.#registered);
    const wait = checkPatience(timeout);
    return answeredSync(inquest, inquest.hasClosed() ? 0 : wait.timeout);
  }
}

/** Makes a {@link Poll}. */
export function poll<T extends Selectable = Selectable>(): Poll<T> {
  return new Poll<T>();
}

class Inquest<T extends Selectable> implements Inquiry<Polled<T>[]> {
  readonly syscall = 'poll';
  #places: (readonly [T, number])[] = [];

  constructor(private readonly registered: ReadonlyMap<T, Registered>) {}

  /** Whether a target is closed. Its number may be someone else's by now, so it is not asked about. */
  hasClosed(): boolean {
    for (const [target, { fd }] of this.registered) if (descriptorOf(target, 'target') !== fd) return true;
    return false;
  }

  questions(): Questions {
    const questions = new Questions(this.registered.size);
    this.#places = Array.from(this.registered, ([target, { fd, events }]) => {
      const isOpen = descriptorOf(target, 'target') === fd;
      return [target, isOpen ? questions.ask(target, fd, events) : -1] as const;
    });
    return questions;
  }

  answer(questions: Questions): Polled<T>[] | undefined {
    const answers: Polled<T>[] = [];
    for (const [target, place] of this.#places) {
      // One number under two names is asked once, for the events of both.
      const wanted = this.registered.get(target)?.events ?? 0;
      const events = place < 0 ? POLLNVAL : questions.ready(place) & (wanted | ALWAYS);
      if (events !== 0) answers.push([target, events]);
    }
    return answers.length > 0 ? answers : undefined;
  }

  nothing(): Polled<T>[] {
    return [];
  }
}
