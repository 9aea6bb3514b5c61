/** Streams: the received bytes equal the sent bytes, however calls on both ends are aborted or time out. */
import assert from 'node:assert/strict';
import {
  createConnection,
  createServer,
  MessageBatch,
  SHUT_WR,
  Socket,
  SocketError,
  socketpair,
} from 'berkeley';
import { MSG_DONTWAIT, MSG_WAITALL, SO_RCVBUF, SO_RCVLOWAT, SO_SNDBUF, SOL_SOCKET } from 'berkeley/constants';
import { onWindows } from '../../support/local.js';
import type { AnySocket } from '../../support/rows.js';
import type { Outcome, Round } from './round.js';

export type Pair = readonly [sender: AnySocket, receiver: AnySocket];

export async function tcpPair(): Promise<Pair> {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  const connecting = createConnection(server.getsockname());
  const { socket } = await server.accept();
  return [socket, await connecting] as unknown as Pair;
}

export async function unixPair(): Promise<Pair> {
  return socketpair() as unknown as Pair;
}

/**
 * A call that sends bytes of its own. The number of sent bytes is known after it has ended, and not in every
 * case.
 */
interface Segment {
  readonly bytes: Buffer;
  /** The number of bytes sent; `undefined` if only the receiver can determine it. */
  sent: number | undefined;
}

/**
 * The bytes of the k-th call of at most 16. Their upper half tells the calls apart, so that bytes of a later call are never
 * taken for those of one that was aborted.
 */
function bytesOf(k: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let i = 0; i < length; i++) bytes[i] = ((k & 15) << 4) | (Math.imul(i + 1, 2654435761 + 2 * k) >>> 28);
  return bytes;
}

class Sender {
  readonly segments: Segment[] = [];

  constructor(
    private readonly round: Round,
    private readonly socket: AnySocket,
  ) {}

  #segment(): Segment {
    const { random } = this.round;
    const length = random.chance(0.3)
      ? random.between(0, 3)
      : random.between(1, random.pick([50, 5000, 60000]));
    const segment = { bytes: bytesOf(this.segments.length, length), sent: 0 };
    this.segments.push(segment);
    return segment;
  }

  /** Makes one call. Resolves when it has ended, if the caller has to wait for that. */
  async step(): Promise<void> {
    const { random } = this.round;
    const segment = this.#segment();
    const { bytes } = segment;
    const name = `#${this.segments.length - 1} of ${bytes.length}`;
    const some = (outcome: Outcome<number>): void => {
      segment.sent = 'value' in outcome ? outcome.value : 0;
    };
    const all = (outcome: Outcome<void>): void => {
      segment.sent = 'value' in outcome ? bytes.length : sentBefore(outcome.error);
    };
    const limits = this.round.limits();
    const sync = this.round.syncLimits();
    const { round, socket } = this;
    const described = JSON.stringify(limits);
    let call: Promise<void> | undefined;
    switch (random.between(0, 6)) {
      case 0:
        call = round.watch(`send ${name} ${described}`, () => socket.send(bytes, limits), some);
        break;
      case 1:
        round.watchSync(`sendSync ${name} ${sync.timeout}`, () => socket.sendSync(bytes, sync), some);
        break;
      case 2:
        round.watchSync(`sendAllSync ${name} ${sync.timeout}`, () => socket.sendAllSync(bytes, sync), all);
        break;
      case 3: {
        const cut = random.between(0, bytes.length);
        const message = { data: [bytes.subarray(0, cut), bytes.subarray(cut)] };
        call = round.watch(`sendmsg ${name} ${described}`, () => socket.sendmsg(message, limits), some);
        break;
      }
      case 4: {
        const batch = new MessageBatch({ family: socket.family, count: 2, size: Math.max(1, bytes.length) });
        batch.push(bytes);
        const send = () => socket.sendmmsg(batch, limits);
        call = round.watch(`sendmmsg ${name} ${described}`, send, outcome => {
          segment.sent = 'value' in outcome ? bytes.length : sentBefore(outcome.error);
          batch.clear(); // throws if the call still uses it
        });
        break;
      }
      default:
        call = round.watch(`sendAll ${name} ${described}`, () => socket.sendAll(bytes, limits), all);
    }
    if (random.chance(0.4)) await this.round.waitFor(call);
  }

  /** Checks that `arrived` equals what was sent. `isWhole`: nothing may be missing. */
  check(arrived: Buffer, isWhole: boolean): void {
    let at = 0;
    for (const [k, { bytes, sent }] of this.segments.entries()) {
      const length = sent ?? common(arrived.subarray(at), bytes);
      const got = arrived.subarray(at, at + length);
      const expected = bytes.subarray(0, got.length);
      if (!got.equals(expected)) assert.fail(`call #${k}: byte ${at + common(got, expected)} is another`);
      if (got.length < length) {
        if (isWhole) assert.fail(`call #${k}: only ${got.length} of ${length} arrived`);
        return;
      }
      at += length;
    }
    assert.equal(arrived.length, at, 'more has arrived than was sent');
  }
}

/** The number of bytes that a call had sent when it failed. An abort does not report it. */
function sentBefore(error: unknown): number | undefined {
  return error instanceof SocketError ? (error.bytesTransferred ?? 0) : undefined;
}

function common(a: Uint8Array, b: Uint8Array): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

class Receiver {
  /** The data that each call has received, in the order of the calls. */
  readonly #parts: Uint8Array[] = [];

  constructor(
    private readonly round: Round,
    public socket: AnySocket,
  ) {}

  get arrived(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** Reserves a place for the data of a call. */
  slot<T>(bytes: (value: T) => Uint8Array): (outcome: Outcome<T>) => void {
    const index = this.#parts.push(Buffer.alloc(0)) - 1;
    return outcome => {
      if ('value' in outcome) this.#parts[index] = bytes(outcome.value);
    };
  }

  async step(): Promise<void> {
    const { random } = this.round;
    const size = random.chance(0.3)
      ? random.between(1, 10)
      : random.between(1, random.pick([100, 70_000, 200_000]));
    const call = random.chance(0.35) ? this.#sync(size) : this.#promise(size);
    if (random.chance(0.5)) await this.round.waitFor(call);
  }

  #promise(size: number): Promise<void> {
    const { round, socket } = this;
    const { random } = round;
    const flags = random.chance(0.5) ? MSG_WAITALL : 0;
    const options = { flags, ...round.limits() };
    const name = `(${size}, ${JSON.stringify(options)})`;
    switch (random.between(0, 6)) {
      case 0: {
        const memory = Buffer.alloc(size);
        const ended = this.slot((length: number) => memory.subarray(0, length));
        return round.watch(`recvInto${name}`, () => socket.recvInto(memory, options), ended);
      }
      case 1:
        return round.watch(
          `recvfrom${name}`,
          () => socket.recvfrom(size, options),
          this.slot(({ data }) => data),
        );
      case 2:
        return round.watch(
          `recvmsg${name}`,
          () => socket.recvmsg(size, { ...options, control: random.pick([0, 64]) }),
          this.slot(({ data }) => data),
        );
      case 3: {
        const buffers = [Buffer.alloc(size >> 1), Buffer.alloc(size - (size >> 1))];
        return round.watch(
          `recvmsgInto${name}`,
          () => socket.recvmsgInto(buffers, options),
          this.slot(({ bytesRead }) => Buffer.concat(buffers, bytesRead)),
        );
      }
      case 4: {
        const { flags: _, ...wait } = options;
        const next = () => socket.chunks({ size, ...wait }).next();
        return round.watch(
          `chunks${name}`,
          next,
          this.slot(({ value }) => value ?? Buffer.alloc(0)),
        );
      }
      default:
        return round.watch(
          `recv${name}`,
          () => socket.recv(size, options),
          this.slot(data => data),
        );
    }
  }

  #sync(size: number): Promise<void> {
    const { round, socket } = this;
    const { random } = round;
    const options = { flags: random.chance(0.5) ? MSG_WAITALL : 0, ...round.syncLimits() };
    const name = `(${size}, ${JSON.stringify(options)})`;
    if (random.chance(0.7)) {
      round.watchSync(
        `recvSync${name}`,
        () => socket.recvSync(size, options),
        this.slot(data => data),
      );
    } else {
      const memory = Buffer.alloc(size);
      const ended = this.slot((length: number) => memory.subarray(0, length));
      round.watchSync(`recvIntoSync${name}`, () => socket.recvIntoSync(memory, options), ended);
    }
    return Promise.resolve();
  }

  /** Receives everything that is still to come. */
  async drain(): Promise<void> {
    for (;;) {
      let length = 0;
      const ended = this.slot((data: Buffer) => {
        length = data.length;
        return data;
      });
      let error: unknown;
      await this.round.watch(
        'drain',
        () => this.socket.recv(1 << 17, { timeout: 20_000 }),
        outcome => {
          if ('error' in outcome) error = outcome.error;
          ended(outcome);
        },
      );
      // The end of the stream is the only end: data that does not come is a failure.
      if (error !== undefined) throw error;
      if (length === 0) return;
    }
  }
}

/** How the receiving socket is replaced at a random moment. */
const endings = ['none', 'none', 'close', 'detach', 'file', 'file'] as const;

function shrink(round: Round, [sender, receiver]: Pair): void {
  if (round.random.chance(0.7)) sender.setsockopt(SOL_SOCKET, SO_SNDBUF, round.random.pick([4096, 20_000]));
  if (round.random.chance(0.5)) receiver.setsockopt(SOL_SOCKET, SO_RCVBUF, round.random.pick([4096, 20_000]));
  if (!onWindows && round.random.chance(0.1)) receiver.setsockopt(SOL_SOCKET, SO_RCVLOWAT, 100);
}

/** Makes calls on both ends, and replaces the receiving socket. */
export async function playStream(round: Round, make: () => Promise<Pair>): Promise<void> {
  const pair = await make();
  shrink(round, pair);
  const { random } = round;
  const sender = new Sender(round, pair[0]);
  const receiver = new Receiver(round, pair[1]);
  const ending = random.pick(endings);
  const file =
    ending === 'file' ? pair[1].makefile('rb', { buffering: random.pick([0, 1, 4096]) }) : undefined;
  const sending = (async () => {
    for (let i = random.between(1, 12); i > 0; i--) {
      await round.pause();
      await sender.step();
    }
  })();
  for (let i = random.between(1, 15); i > 0; i--) {
    await round.pause();
    await receiver.step();
  }
  round.log.push(`ending: ${ending}`);
  if (ending === 'detach') receiver.socket = handOn(receiver);
  const rest = file && readRest(round, receiver, file);
  if (ending === 'close' || ending === 'file') pair[1].close();
  const limited = sending.then(() => finishSending(round, pair[0]));
  if (ending !== 'close' && file === undefined) await receiver.drain();
  await rest;
  await limited;
  await round.settle();
  file?.closeSync();
  receiver.socket.close();
  pair[0].close();
  sender.check(receiver.arrived, ending !== 'close');
}

/** Ends the stream when the last call has ended. Calls without a limit end when the receiver reads. */
async function finishSending(round: Round, socket: AnySocket): Promise<void> {
  await round.watch(
    'end',
    () => socket.sendAll(''),
    outcome => {
      if ('value' in outcome) socket.shutdown(SHUT_WR);
    },
  );
}

/** Moves the descriptor to another socket. Pending bytes have to be received before. */
function handOn(receiver: Receiver): AnySocket {
  const { socket } = receiver;
  for (;;) {
    try {
      return Socket.adopt(socket.detach()) as unknown as AnySocket;
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'ERR_INVALID_STATE', String(error));
      const ended = receiver.slot((data: Buffer) => data);
      ended({ value: socket.recvSync(100_000, MSG_DONTWAIT) });
    }
  }
}

/** The methods of a file that the test uses. */
interface Readable {
  read(options: { size: number; timeout?: number; signal?: AbortSignal }): Promise<Uint8Array | null>;
}

/** Reads from a file until the end. Calls on the socket were made before, and are served before. */
async function readRest(round: Round, receiver: Receiver, file: Readable): Promise<void> {
  for (let isOver = false; !isOver; ) {
    const ended = receiver.slot((data: Uint8Array | null) => data ?? Buffer.alloc(0));
    const size = round.random.between(1, 50_000);
    await round.watch(
      `file.read(${size})`,
      () => file.read({ size, ...round.limits() }),
      outcome => {
        if ('value' in outcome) isOver = outcome.value?.length === 0;
        ended(outcome);
      },
    );
    await round.pause();
  }
}
