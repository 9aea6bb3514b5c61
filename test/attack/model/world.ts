/** Plays a script: the program calls, the kernel acts, the time passes, and after each step the checks are made. */
import assert from 'node:assert/strict';
import type { Action, ActionOnSocket, CallAction, Script, SocketKind } from './actions.js';
import { boot, deliver, keepsAlive } from './addon.js';
import { Call, Tracked } from './calls.js';
import type { Fault, Kernel } from './kernel.js';
import { LONGEST, makers, syncMakers } from './makers.js';
import { AF_INET, AF_UNIX, type AnySocket, SOCK_DGRAM, SOCK_STREAM, SocketClass } from './package.js';
import { act } from './peer.js';
import { settle, time } from './virtual-time.js';

/** More system calls than the shares of three sockets in a turn, and fewer than a flood that is never interrupted. */
const MOST_CALLS = 1400;
/** More rounds than a loop has steps. */
const MOST_ROUNDS = 500;

let nextByte = 0;

class World {
  readonly #kernel: Kernel = boot();
  readonly #sockets: Tracked[] = [];
  readonly #all: Tracked[] = [];
  readonly #faults: unknown[] = [];
  /** Whether a Sync call has blocked the thread: then more can have arrived since a deadline passed. */
  #wasBlocked = false;

  constructor(kinds: Script['kinds'], fault: Fault | undefined) {
    for (const kind of kinds) this.#open(kind);
    if (fault !== undefined) this.#kernel.faults.add(fault);
  }

  #openAnother(kind: SocketKind): void {
    if (this.#sockets.length < 3) this.#open(kind);
  }

  #open(kind: SocketKind): void {
    const family = kind === 'unix' ? AF_UNIX : AF_INET;
    const type = kind === 'datagram' ? SOCK_DGRAM : SOCK_STREAM;
    const socket = new SocketClass(family as typeof AF_INET, type) as AnySocket;
    const tracked = new Tracked(socket, this.#kernel.files.get(socket.fd)!, this.#kernel);
    this.#sockets.push(tracked);
    this.#all.push(tracked);
  }

  /** Makes one step, and lets every promise continue that can. */
  async step(action: Action): Promise<void> {
    this.#kernel.calls = 0;
    this.#wasBlocked = action.do === 'call' && action.sync !== null;
    this.#perform(action);
    // A Sync call serves every call before it: the thread is blocked, and nobody else waits for a turn.
    if (this.#wasBlocked) this.#kernel.calls = 0;
    await this.#settle();
    if (action.do === 'time' && !action.isLate) for (const tracked of this.#all) tracked.checkDeadlines();
  }

  async #settle(): Promise<void> {
    await settle();
    if (this.#faults.length > 0) throw this.#faults[0];
    assert.ok(this.#kernel.calls < MOST_CALLS, 'a turn ends');
    for (const tracked of this.#all) tracked.check();
    const isWaiting = this.#sockets.some(({ pending, isRef }) => isRef && pending.length > 0);
    assert.equal(keepsAlive(), isWaiting, 'waiting calls keep the process alive');
  }

  #perform(action: Action): void {
    if (action.do === 'events') deliver();
    else if (action.do === 'immediates') time.runImmediates();
    else if (action.do === 'time') pass(action.milliseconds, action.isLate);
    else if (action.do === 'open') this.#openAnother(action.kind);
    else if (action.do === 'burst') for (let i = 0; i < action.count; i++) this.#perform(action.call);
    else if (this.#sockets.length > 0) {
      this.#performOn(this.#sockets[action.socket % this.#sockets.length]!, action);
    }
  }

  #performOn(tracked: Tracked, action: ActionOnSocket): void {
    if (action.do === 'call') this.#call(tracked, action);
    else if (action.do === 'loop') this.#loop(tracked, action.count);
    else if (action.do === 'abort') abort(tracked, action.call);
    else if (action.do === 'close') this.#close(tracked);
    else if (action.do === 'ref') tracked.setRef(action.isRef);
    else act(this.#kernel, tracked.file, action);
  }

  #call(tracked: Tracked, action: CallAction): void {
    const { sync, what, timeout } = action;
    // The timeout and the signal of chunks() belong to the whole loop.
    const isStep = what === 'chunk' && sync === null;
    const controller = action.isAbortable && sync === null && !isStep ? new AbortController() : undefined;
    // A Sync call that waits must end.
    const limit = isStep ? null : sync !== null && timeout === null ? 30 : timeout;
    const name = `${what}${sync === null ? '' : 'Sync'} ${tracked.calls.length} of socket ${tracked.file.id}`;
    const direction = what === 'send' || what === 'sendAll' ? 'output' : 'input';
    const call = new Call(name, direction, limit, controller, sync !== null);
    tracked.calls.push(call);
    if (direction === 'output') call.data = Uint8Array.from({ length: action.size }, () => nextByte++);
    const make = makers[what];
    const wait = { timeout: limit, ...(controller && { signal: controller.signal }) };
    if (sync === null) this.#track(tracked, call, make(tracked, call, action.size, wait));
    else this.#callSync(tracked, call, action, sync);
  }

  /** Follows a promise to its end. What does not hold there is thrown by the step. */
  #track(tracked: Tracked, call: Call, promise: Promise<unknown>): Promise<void> {
    const settled = promise.then(
      () => call.fulfil(),
      error => {
        if (!this.#wasBlocked) tracked.checkExpiry(call, error);
        call.reject(error);
      },
    );
    return settled.catch(fault => void this.#faults.push(fault));
  }

  #callSync(
    tracked: Tracked,
    call: Call,
    { what, size }: CallAction,
    { after, action }: NonNullable<CallAction['sync']>,
  ): void {
    const other = this.#sockets[action.socket % this.#sockets.length]!;
    this.#kernel.later = [{ after, run: () => act(this.#kernel, other.file, action) }];
    try {
      syncMakers[what](tracked, call, size, { timeout: call.timeout });
      call.fulfil();
    } catch (error) {
      call.reject(error);
    }
    this.#kernel.later = [];
  }

  /** A program that receives what is there without a turn of its own: a few messages, or a flood. */
  async #loop(tracked: Tracked, count: number): Promise<void> {
    for (let i = 0; i < count; i++) act(this.#kernel, tracked.file, { do: 'arrive', socket: 0, count: 2 });
    for (let i = 0; i < count && !tracked.isClosed; i++) {
      const call = new Call(`recv ${tracked.calls.length} of a loop`, 'input', null, undefined);
      tracked.calls.push(call);
      await this.#track(tracked, call, makers.recv(tracked, call, 2, { timeout: null }));
      if (call.data.length === 0) return;
    }
  }

  #close(tracked: Tracked): void {
    tracked.isClosed = true;
    tracked.socket.close();
    this.#sockets.splice(this.#sockets.indexOf(tracked), 1);
  }

  /** Serves events and immediates until there are none, without a tick of the clock. */
  async quiet(): Promise<void> {
    for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
      this.#kernel.calls = 0;
      deliver();
      await this.#settle();
      this.#kernel.calls = 0;
      const had = time.runImmediates();
      await this.#settle();
      if (!had && !this.#kernel.hasEvents) break;
    }
    assert.ok(!this.#kernel.hasEvents, 'the events end');
  }

  /** Ends the run: nothing that is there is waited for, every byte comes out, and every call ends. */
  async end(): Promise<void> {
    await this.quiet();
    for (let tick = 0; tick < 5 && time.hasTimers; tick++) {
      time.now += 33; // the longest pause between two attempts
      time.runTimers();
      await this.quiet();
    }
    for (const tracked of this.#sockets) tracked.checkQuiet();
    for (const tracked of this.#sockets) this.#drain(tracked);
    this.#kernel.calls = 0;
    await this.#settle();
    for (const tracked of [...this.#sockets]) this.#close(tracked);
    await this.quiet();
    for (const { pending } of this.#all) assert.deepEqual(pending, [], 'every call ends');
    assert.equal(this.#kernel.registered, 0, 'no closed socket is watched');
    assert.equal(this.#kernel.files.size, 0, 'every descriptor is closed');
  }

  /** Receives what is left. Every byte that arrived, and every error, was given to one call. */
  #drain(tracked: Tracked): void {
    if (tracked.pending.some(({ direction }) => direction === 'input')) return;
    for (;;) {
      const call = new Call('the last recvSync', 'input', 0, undefined, true);
      tracked.calls.push(call);
      try {
        call.data = tracked.socket.recvSync(LONGEST, { timeout: 0 });
        call.fulfil();
        if (call.data.length === 0) break;
      } catch (error) {
        call.reject(error);
        if ((error as { code: string }).code === 'EAGAIN') break;
      }
    }
    const received = tracked.calls.reduce(
      (sum, { direction, state, data }) =>
        sum + (direction === 'input' && state === 'fulfilled' ? data.length : 0),
      0,
    );
    assert.equal(received, tracked.file.arrived, 'every byte that arrived is received');
    const resets = tracked.calls.filter(({ error }) =>
      (error as { code?: string } | undefined)?.code?.startsWith('ECONNRE'),
    );
    assert.equal(resets.length, tracked.file.errorsTaken, 'every error is given to one call');
  }

  /** Closes what a failed run has left open. */
  async abandon(): Promise<void> {
    for (const tracked of [...this.#sockets]) this.#close(tracked);
    for (let i = 0; i < 100 && time.runImmediates(); i++) await settle();
    await settle();
  }
}

function pass(milliseconds: number, isLate: boolean): void {
  time.now += milliseconds;
  if (!isLate) time.runTimers();
}

function abort(tracked: Tracked, which: number): void {
  const abortable = tracked.pending.flatMap(({ controller }) =>
    controller === undefined ? [] : [controller],
  );
  abortable[which % Math.max(1, abortable.length)]?.abort(new Error('the program has aborted'));
}

/** Plays a script, with a fault of the kernel if one is named. Throws if something does not hold. */
export async function play({ kinds, actions }: Script, fault?: Fault): Promise<void> {
  const world = new World(kinds, fault);
  try {
    for (const action of actions) await world.step(action);
    await world.end();
  } finally {
    await world.abandon();
  }
}
