import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import type { Operation } from '../reactor/operation.js';
import { defer } from '../reactor/reactor.js';
import { Waitable } from '../reactor/waitable.js';

/** The most events of one collection: BK_EVENTS_MAX of native/core/poller.h. */
export const MOST: number = binding.eventsMax;

/** Where the events of a collection land, `(id, events)` after `(id, events)`; to be read before the next. */
export const collected: Int32Array = new Int32Array(2 * MOST);
const memory = new Uint8Array(collected.buffer);
const PAIR = 8;

/**
 * A poller beside the thread's own, for descriptors that someone else reads and writes. Its descriptor is readable when
 * any of its members has an event (epoll(7), question 3), so promises wait for it as for any other: in a lane, woken by
 * the thread's poller.
 */
export class Poller {
  readonly waitable: Waitable = new Waitable(checked(binding.pollerNew(), 'epoll_create1'));

  get fd(): number {
    return this.waitable.fd;
  }

  /** 0, or -errno: `EPERM` for what is always ready, as files are. */
  add(fd: number, id: number, events: number): number {
    return binding.pollerAdd(this.fd, fd, id, events);
  }

  modify(fd: number, id: number, events: number): number {
    return binding.pollerModify(this.fd, fd, id, events);
  }

  remove(fd: number): number {
    return binding.pollerRemove(this.fd, fd);
  }

  /** Collects up to `most` events, at least 1 and at most {@link MOST}: how many, or -errno. */
  collect(most: number): number {
    return binding.pollerCollect(this.fd, most === MOST ? memory : memory.subarray(0, most * PAIR));
  }

  /** Has those who wait look again: something changed that is no event. */
  wake(): void {
    defer(this.waitable.input);
  }

  close(error: (operation: Operation<unknown>) => Error): void {
    this.waitable.close(error);
  }
}
