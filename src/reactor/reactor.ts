/**
 * One reactor for each thread: a private, edge-triggered poller that all sockets of the thread share.
 *
 * And how one wake-up costs so little: libuv watches one descriptor, the poller itself. When any socket has an
 * event, the addon collects the whole batch into shared memory and calls `dispatch` once; each socket remembers its
 * readiness in TypeScript (lane.ts), so a call that can be served at once never asks the kernel first.
 */
import { binding, shared } from '../binding.js';
import { checked } from '../errors/errors.js';
import { EDGE } from './events.js';

/** What the reactor tells about events: a socket's Waitable. */
export interface Listener {
  onEvents(events: number): void;
}

/** What asked to go on in the next turn of the event loop: a Lane that used up its share of this one. */
export interface Deferred {
  wake(): void;
}

let poller = -1;
let nextId = 0;
let holds = 0;
let turn = 0;
let deferred = new Set<Deferred>();
const listeners = new Map<number, Listener>();

/** Counts the turns of the event loop in which sockets were served. */
export function currentTurn(): number {
  return turn;
}

/**
 * How the poller wakes this thread: by libuv on Node.js, which calls back at every event; elsewhere by a thread of our
 * own, which has to be told each time that we go idle (`native/glue/wakeup_thread.c`). Chosen by the runtime's name:
 * Bun has libuv's functions too, and aborts in them.
 */
const BY_LIBUV = 0;
const BY_THREAD = 1;
const isNode = process.versions.bun === undefined && !('deno' in process.versions);
// On Windows libuv only watches sockets, and the poller is none (`native/glue/wakeup_win32.c`).
const hasUvPoll = isNode && process.platform !== 'win32';
const wakeup: number = hasUvPoll && process.env.BERKELEY_WAKEUP !== 'thread' ? BY_LIBUV : BY_THREAD;

function open(): number {
  const onEvents = wakeup === BY_LIBUV ? dispatch : dispatchWhileBusy;
  const opened = checked(binding.pollerOpen(onEvents, wakeup), 'epoll_create1');
  binding.pollerArm();
  return opened;
}

/** Serves what there is, looks again in the next turn, and lets the thread watch when there is nothing more. */
function dispatchWhileBusy(count: number): void {
  dispatch(count);
  setImmediate(() => {
    const more = binding.pollerCollect(poller);
    if (more > 0) dispatchWhileBusy(more);
    else binding.pollerArm();
  });
}

function dispatch(count: number): void {
  turn++;
  const { events } = shared;
  // Promises that are settled here run their continuations after the whole batch, so `events` stays as it is.
  for (let i = 0; i < count; i++) tell(events[2 * i]!, events[2 * i + 1]!);
}

/** An edge is told once: what goes wrong with one socket may not keep the others from hearing theirs. */
function tell(id: number, events: number): void {
  try {
    listeners.get(id)?.onEvents(events);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** An id that no one has. They are used again only after two thousand million others. */
function freshId(): number {
  do nextId = nextId === 0x7fffffff ? 1 : nextId + 1;
  while (listeners.has(nextId));
  return nextId;
}

/** Watches `fd`; returns the id under which its events arrive. Ids are not used again, descriptors are. */
export function watch(fd: number, events: number, listener: Listener): number {
  if (poller < 0) poller = open();
  const id = freshId();
  checked(binding.pollerAdd(poller, fd, id, events | EDGE), 'epoll_ctl');
  listeners.set(id, listener);
  return id;
}

/** Changes which events of a watched descriptor arrive. Reports again those that already hold. 0, or -errno. */
export function rewatch(fd: number, id: number, events: number): number {
  return binding.pollerModify(poller, fd, id, events | EDGE);
}

/** Forgets a descriptor: events that are already on their way for it find no listener. */
export function unwatch(fd: number, id: number): void {
  listeners.delete(id);
  binding.pollerRemove(poller, fd);
}

/** Keeps the process alive until `release`: one for each waiting promise. */
export function hold(): void {
  if (holds++ === 0) binding.pollerHold(1);
}

/** Undoes one `hold`. */
export function release(): void {
  if (--holds === 0) binding.pollerHold(0);
}

/** Lets `lane` go on in the next turn of the event loop, after everyone else had theirs. */
export function defer(lane: Deferred): void {
  if (deferred.size === 0) setImmediate(runDeferred);
  deferred.add(lane);
}

function runDeferred(): void {
  const lanes = deferred;
  deferred = new Set();
  turn++;
  for (const lane of lanes) lane.wake();
}
