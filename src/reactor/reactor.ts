/**
 * The reactor. Each thread has one edge-triggered poller that all its sockets share.
 *
 * libuv watches only one file descriptor, the poller itself. When sockets have events, the addon writes them all to
 * shared memory and calls `dispatch` once. Each socket stores its readiness in TypeScript (lane.ts), so a call that
 * can be served immediately makes no extra system call.
 */
import { binding, shared } from '../binding.js';
import { environmentVariable } from '../errors/environment.js';
import { checked, socketError } from '../errors/errors.js';
import { EDGE } from './events.js';
import { capture, settlers } from './settlers.js';

/** The object that receives the events of a descriptor: the PollHandle of a socket. */
export interface Listener {
  onEvents(events: number): void;
  /** Handles a failure of the poller: no event will arrive any more. */
  onFailure(error: Error): void;
}

/** An object that continues in the next turn of the event loop: a Lane that has used its share of this one. */
export interface Deferred {
  wake(): void;
}

let poller = -1;
let nextId = 0;
let holds = 0;
let turn = 0;
/** Whether events were delivered after the deferred objects last ran. */
let hasDelivered = false;
let deferred = new Set<Deferred>();
/** The calls of {@link settleLater}: the function that settles the promise, and the value, in turns. */
let finished: unknown[] = [];
/** The error of the poller, negative; 0 while it works. */
let failure = 0;
const listeners = new Map<number, Listener>();

/**
 * Returns the number of the turn: events, and what runs after them in the same turn of the event loop. The work of a turn
 * is limited (budget.ts).
 */
export function currentTurn(): number {
  return turn;
}

/**
 * How the poller wakes this thread. On Node.js, libuv calls back at every event. Other runtimes use a separate
 * thread, which must be notified each time that this thread becomes idle (`native/glue/wakeup_thread.c`). The
 * runtime’s name determines the choice: Bun has libuv’s functions too, but aborts in them.
 */
const BY_LIBUV = 0;
const BY_THREAD = 1;
const isNode = process.versions.bun === undefined && !('deno' in process.versions);
// On Windows, libuv can watch only sockets, and the poller is not one (native/glue/wakeup_win32.c).
const hasUvPoll = isNode && process.platform !== 'win32';
const wakeup: number =
  hasUvPoll && environmentVariable('BERKELEY_WAKEUP') !== 'thread' ? BY_LIBUV : BY_THREAD;

function open(): number {
  const onEvents = wakeup === BY_LIBUV ? receive : receiveWhileBusy;
  const opened = checked(binding.pollerOpen(onEvents, wakeup), 'epoll_create1');
  binding.pollerArm();
  return opened;
}

/** Serves the events of a batch. A negative count is the error with which the addon has stopped watching the poller. */
function receive(count: number): void {
  turn++;
  serve(count);
}

function serve(count: number): void {
  if (count < 0) fail(count);
  else dispatch(count);
}

/**
 * Serves the events of a batch, and then checks again in each turn. When there are none, the separate thread watches the
 * poller. Immediates run after the callback of the thread in the same turn of the event loop, so the first check continues
 * the turn (see {@link runDeferred}).
 */
function receiveWhileBusy(count: number): void {
  receive(count);
  if (count >= 0) setImmediate(collect, false);
}

function collect(isNewTurn: boolean): void {
  const count = binding.pollerCollect(poller);
  if (isNewTurn && count > 0) turn++;
  if (count === 0) binding.pollerArm();
  else serve(count);
  if (count > 0) setImmediate(collect, true);
}

/**
 * Fails every waiting call, and every later call that would have to wait. epoll_wait(2) fails only if the poller
 * itself is unusable, for example because other code has closed its descriptor. Without events, the calls would wait
 * indefinitely.
 */
function fail(errno: number): void {
  failure = errno;
  const waiting = [...listeners.values()];
  listeners.clear();
  for (const listener of waiting) guarded(() => listener.onFailure(pollerError()));
}

function pollerError(): Error {
  const hint = 'the poller of this thread has failed: no call can wait any more';
  return socketError(failure, { syscall: 'epoll_wait', hint });
}

function dispatch(count: number): void {
  hasDelivered = true;
  if (finished.length > 0) settleFinished(); // first, so that calls on a socket are settled in their order
  const { events } = shared;
  // Promises that are settled here run their continuations after the whole batch, so `events` does not change.
  for (let i = 0; i < count; i++) tell(events[2 * i]!, events[2 * i + 1]!);
}

/**
 * Delivers an event. Each edge is delivered once, so an exception in one socket must not prevent the delivery to
 * others.
 */
function tell(id: number, events: number): void {
  try {
    listeners.get(id)?.onEvents(events);
  } catch (error) {
    throwLater(error);
  }
}

/**
 * Runs a function. If it throws, the exception is thrown again in a microtask, so that the code after this call runs.
 */
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

/** Returns an unused id. Ids are reused only after two thousand million others. */
function freshId(): number {
  do nextId = nextId === 0x7fffffff ? 1 : nextId + 1;
  while (listeners.has(nextId));
  return nextId;
}

/** Watches a file descriptor. Returns the id that its events have. Unlike descriptor numbers, ids are not reused. */
export function watch(fd: number, events: number, listener: Listener): number {
  if (failure !== 0) throw pollerError();
  if (poller < 0) poller = open();
  const id = freshId();
  checked(binding.pollerAdd(poller, fd, id, events | EDGE), 'epoll_ctl');
  listeners.set(id, listener);
  return id;
}

/** Changes the events of a watched descriptor. Events that already hold are reported again. Returns 0, or -errno. */
export function rewatch(fd: number, id: number, events: number): number {
  return binding.pollerModify(poller, fd, id, events | EDGE);
}

/** Stops watching a descriptor. Events that were already collected for it are ignored. */
export function unwatch(fd: number, id: number): void {
  listeners.delete(id);
  binding.pollerRemove(poller, fd);
}

/** Keeps the process alive until {@link release}. Each waiting promise calls this once. */
export function hold(): void {
  if (holds++ === 0) keepAlive(1);
}

/** Reverts one call of {@link hold}. */
export function release(): void {
  if (--holds === 0) keepAlive(0);
}

/** The words of shared memory that the wake-up reads: `BK_WORD_CALLING` and `BK_WORD_KEEP` of native/glue/call.h. */
const CALLING = 4;
const KEEP = 5;

function keepAlive(keep: 0 | 1): void {
  const { words } = shared;
  words[KEEP] = keep;
  if (words[CALLING] === 0) binding.pollerHold(keep);
}

/** Continues `lane` in the next turn of the event loop, after all other sockets. */
export function defer(lane: Deferred): void {
  wakeInNextTurn();
  deferred.add(lane);
}

/** Returns a promise with this value that is settled in the next turn of the event loop, after all other sockets. */
export function settleLater<T>(value: T): Promise<T> {
  wakeInNextTurn();
  const promise = new Promise<T>(capture);
  finished.push(settlers<unknown>().resolve, value);
  return promise;
}

function wakeInNextTurn(): void {
  if (deferred.size === 0 && finished.length === 0) setImmediate(runDeferred);
}

function settleFinished(): void {
  const settled = finished;
  finished = [];
  for (let i = 0; i < settled.length; i += 2) (settled[i] as (value: unknown) => void)(settled[i + 1]);
}

/**
 * Continues the deferred objects. On Node.js, immediates run after the events of the same turn of the event loop, and
 * before its timers. If the immediates began a turn of their own, a lane that is flooded would be served twice between two
 * timers. So they continue the turn of the events, and what has no work left in it is deferred again.
 */
function runDeferred(): void {
  if (!hasDelivered) turn++;
  hasDelivered = false;
  if (finished.length > 0) settleFinished();
  if (deferred.size === 0) return;
  const lanes = deferred;
  deferred = new Set();
  for (const lane of lanes) guarded(() => lane.wake());
}
