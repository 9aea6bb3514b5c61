/**
 * One reactor for each thread: a private, edge-triggered poller that all sockets of the thread share.
 *
 * And how one wake-up costs so little: libuv watches one descriptor, the poller itself. When any socket has an
 * event, the addon collects the whole batch into shared memory and calls `dispatch` once; each socket remembers its
 * readiness in TypeScript (lane.ts), so a call that can be served at once never asks the kernel first.
 */
import { binding, shared } from '../binding.js';
import { environmentVariable } from '../errors/environment.js';
import { checked, socketError } from '../errors/errors.js';
import { EDGE } from './events.js';

/** What the reactor tells about events: the PollHandle of a socket. */
export interface Listener {
  onEvents(events: number): void;
  /** The poller has failed: no event will arrive any more. */
  onFailure(error: Error): void;
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
/** Why the poller stopped, negative; 0 while it works. */
let failure = 0;
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
const wakeup: number = isNode && environmentVariable('BERKELEY_WAKEUP') !== 'thread' ? BY_LIBUV : BY_THREAD;

function open(): number {
  const onEvents = wakeup === BY_LIBUV ? receive : receiveWhileBusy;
  const opened = checked(binding.pollerOpen(onEvents, wakeup), 'epoll_create1');
  binding.pollerArm();
  return opened;
}

/** Serves what there is. A negative count is the error with which the addon has stopped to watch the poller. */
function receive(count: number): void {
  if (count < 0) fail(count);
  else dispatch(count);
}

/** Serves what there is, looks again in the next turn, and lets the thread watch when there is nothing more. */
function receiveWhileBusy(count: number): void {
  receive(count);
  if (count < 0) return;
  setImmediate(() => {
    const more = binding.pollerCollect(poller);
    if (more !== 0) receiveWhileBusy(more);
    else binding.pollerArm();
  });
}

/**
 * epoll_wait(2) fails only when something is wrong with the poller itself: somebody has closed its descriptor, for
 * example. Without events every waiting call would wait indefinitely, so each of them fails, and so does every later one
 * that would have to wait.
 */
function fail(errno: number): void {
  failure = errno;
  const waiting = [...listeners.values()];
  listeners.clear();
  for (const listener of waiting) guarded(() => listener.onFailure(pollerError()));
}

function pollerError(): Error {
  const hint = 'the poller of this thread has failed, so no call can wait any more';
  return socketError(failure, { syscall: 'epoll_wait', hint });
}

function dispatch(count: number): void {
  turn++;
  const { events } = shared;
  // Promises that are settled here run their continuations after the whole batch, so `events` stays as it is.
  for (let i = 0; i < count; i++) tell(events[2 * i]!, events[2 * i + 1]!);
}

/** An edge is told once: what goes wrong with one socket must not keep the others from hearing theirs. */
function tell(id: number, events: number): void {
  try {
    listeners.get(id)?.onEvents(events);
  } catch (error) {
    throwLater(error);
  }
}

/** Runs something whose failure must not keep what follows from running: the error is thrown in a microtask instead. */
export function guarded(run: () => void): void {
  try {
    run();
  } catch (error) {
    throwLater(error);
  }
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** An id that no one has. They are used again only after two thousand million others. */
function freshId(): number {
  do nextId = nextId === 0x7fffffff ? 1 : nextId + 1;
  while (listeners.has(nextId));
  return nextId;
}

/** Watches `fd`; returns the id under which its events arrive. Ids are not used again, descriptors are. */
export function watch(fd: number, events: number, listener: Listener): number {
  if (failure !== 0) throw pollerError();
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
  for (const lane of lanes) guarded(() => lane.wake());
}
