/** The calls that the program makes on a socket, and what has to hold for their results. */
import assert from 'node:assert/strict';
import { byteAt, EAGAIN, EBADF, type Kernel, type OpenFile } from './kernel.js';
import { type AnySocket, isTimeout, SocketError } from './package.js';
import { time } from './virtual-time.js';

/** What a call does: it takes input, in the order of the calls, or it sends. */
export type Direction = 'input' | 'output';

let settled = 0;

/** One call: a promise, or the result of a Sync call. */
export class Call {
  state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  /** The bytes that it has received, or that it was to send. */
  data: Uint8Array = new Uint8Array(0);
  /** How many bytes a call that sends has sent; `undefined` while it waits, and if an abort does not tell. */
  count: number | undefined;
  /** Whether the kernel has to take all data before the call has succeeded. */
  isWhole = false;
  error: unknown;
  /** Orders the ends of calls. */
  end = 0;
  readonly #start = time.now;

  constructor(
    readonly name: string,
    readonly direction: Direction,
    readonly timeout: number | null,
    readonly controller: AbortController | undefined,
    readonly isSync: boolean = false,
  ) {}

  get isPending(): boolean {
    return this.state === 'pending';
  }

  get deadline(): number {
    return this.timeout === null || this.timeout === 0
      ? Number.POSITIVE_INFINITY
      : this.#start + this.timeout;
  }

  fulfil(): void {
    assert.equal(this.state, 'pending', `${this.name} ends once`);
    this.state = 'fulfilled';
    this.end = ++settled;
  }

  reject(error: unknown): void {
    assert.equal(this.state, 'pending', `${this.name} ends once`);
    this.state = 'rejected';
    this.error = error;
    this.end = ++settled;
    const isOurs = error instanceof SocketError;
    if (isOurs) this.count = error.bytesTransferred ?? 0;
  }

  /** Checks that the call had a reason to fail. */
  checkError(isClosed: boolean): void {
    const { error, name } = this;
    if (this.controller?.signal.aborted === true && error === this.controller.signal.reason) return;
    if (isTimeout(error)) {
      assert.ok(time.now >= this.deadline, `${name} timed out early: ${time.now} < ${this.deadline}`);
      return;
    }
    assert.ok(error instanceof SocketError, `${name} failed with ${(error as Error)?.stack}`);
    const { errno } = error;
    if (errno === EAGAIN) assert.equal(this.timeout, 0, `${name} was refused`);
    else if (errno === EBADF) assert.ok(isClosed, `${name} failed with EBADF on an open socket`);
    else assert.match(error.code, /^(ECONNRESET|ECONNREFUSED|EPIPE)$/, `${name} failed with ${error.code}`);
  }
}

/** How many bytes of `data` are at a position. The bytes of successive calls count on, so that they differ. */
function sharedLength(data: Uint8Array, sent: readonly number[], position: number): number {
  const differs = data.findIndex((byte, i) => sent[position + i] !== byte);
  return differs < 0 ? data.length : differs;
}

/** A socket with its calls. */
export class Tracked {
  readonly calls: Call[] = [];
  isClosed = false;
  isRef = true;
  chunks: AsyncIterator<Uint8Array> | undefined;

  constructor(
    readonly socket: AnySocket,
    readonly file: OpenFile,
    readonly kernel: Kernel,
  ) {}

  get pending(): Call[] {
    return this.calls.filter(call => call.isPending);
  }

  setRef(isRef: boolean): void {
    this.socket[isRef ? 'ref' : 'unref']();
    this.isRef = isRef;
  }

  /** What has to hold at any time. */
  check(): void {
    const taken = this.#checkOutput();
    for (const call of this.calls) {
      if (call.state === 'rejected') call.checkError(this.isClosed);
      // A send that has used up its turn has succeeded, and its promise continues in the next one (Lane.settled).
      if (!call.isPending || taken.has(call)) continue;
      assert.ok(!this.isClosed, `${call.name} waits on a closed socket`);
      assert.ok(call.controller?.signal.aborted !== true, `${call.name} waits after its signal was aborted`);
    }
    this.#checkInput();
  }

  /** First come, first served, and every byte once: what the calls received, in their order, is what arrived. */
  #checkInput(): void {
    let position = 0;
    let last = 0;
    const inputs = this.calls.filter(({ direction }) => direction === 'input');
    const firstPending = inputs.findIndex(({ isPending }) => isPending);
    for (const [index, { name, state, data, end, isSync }] of inputs.entries()) {
      if (state !== 'fulfilled' || data.length === 0) continue;
      assert.ok(firstPending < 0 || index < firstPending, `${name} overtook an earlier call`);
      // The result of a Sync call is there before a promise that was settled first continues.
      assert.ok(isSync || end > last, `${name} ended before a call before it`);
      if (!isSync) last = end;
      for (const byte of data)
        assert.equal(byte, byteAt(this.file.id, position++), `${name}: byte ${position}`);
    }
    assert.ok(position <= this.file.taken, 'no byte is received twice');
  }

  /**
   * What the kernel took is the data of the calls, in their order, of each as much as it says.
   *
   * @returns the calls that it has taken the data of
   */
  #checkOutput(): ReadonlySet<Call> {
    const taken = new Set<Call>();
    let position = 0;
    const { sent } = this.file;
    for (const call of this.calls) {
      if (call.direction !== 'output') continue;
      const { data, name } = call;
      const length = call.count ?? sharedLength(data, sent, position);
      for (let i = 0; i < length; i++) assert.equal(sent[position + i], data[i], `${name}: sent byte ${i}`);
      position += length;
      if (length > 0 && (length === data.length || !call.isWhole)) taken.add(call);
    }
    assert.equal(position, sent.length, 'what was sent is what the calls say');
    return taken;
  }

  /** What has to hold when every event and immediate has been served: no call waits for what is there. */
  checkQuiet(): void {
    const { file } = this;
    const [input] = this.pending.filter(({ direction }) => direction === 'input');
    const hasInput = file.available > 0 || file.isAtEnd || file.isReset || file.errno !== 0;
    assert.ok(input === undefined || !hasInput, `${input?.name} waits, and there is input`);
    const [output] = this.pending.filter(({ direction }) => direction === 'output');
    const hasSpace = (file.space > 0 && !file.isReceiverFull) || file.isReset || file.errno !== 0;
    assert.ok(output === undefined || !hasSpace, `${output?.name} waits, and there is space`);
    const refused = this.pending.find(({ timeout }) => timeout === 0);
    assert.equal(refused, undefined, `${refused?.name} never waits, and waits`);
  }

  /** A call that is the first does not time out while there is input: the descriptor is looked at once more. */
  checkExpiry(call: Call, error: unknown): void {
    const isFirst = this.pending.find(({ direction }) => direction === 'input') === call;
    if (!isFirst || !isTimeout(error)) return;
    assert.equal(this.file.available, 0, `${call.name} timed out, and there is input`);
  }

  /** What has to hold when due timers were served. */
  checkDeadlines(): void {
    for (const { name, isPending, deadline } of this.calls)
      assert.ok(!isPending || deadline > time.now - 2, `${name} waits beyond its deadline`);
  }
}
