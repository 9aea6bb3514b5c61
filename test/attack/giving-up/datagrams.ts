/** Messages: each sent message arrives once, whole, and in the order of the calls. */
import assert from 'node:assert/strict';
import {
  AF_INET,
  AF_UNIX,
  MessageBatch,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  Socket,
  type SocketError,
  socketpair,
} from 'berkeley';
import { MSG_DONTWAIT } from 'berkeley/constants';
import type { AnyAddress, AnySocket } from '../../support/rows.js';
import type { Outcome, Round } from './round.js';

/**
 * Two sockets, and the destination: an address, one with a host name, or `undefined` for the connected peer.
 */
export interface Ends {
  readonly sender: AnySocket;
  readonly receiver: AnySocket;
  readonly targets: readonly (AnyAddress | undefined)[];
}

let names = 0;

export async function udpPair(): Promise<Ends> {
  const receiver = new Socket(AF_INET, SOCK_DGRAM);
  receiver.bind({ host: '127.0.0.1', port: 0 });
  const { port } = receiver.getsockname();
  const sender = new Socket(AF_INET, SOCK_DGRAM);
  const targets = [
    { host: '127.0.0.1', port },
    { host: '127.0.0.1', port },
    { host: 'localhost', port },
  ];
  return { sender, receiver, targets } as unknown as Ends;
}

export async function unixDatagramPair(): Promise<Ends> {
  const receiver = new Socket(AF_UNIX, SOCK_DGRAM);
  const address = { abstract: `giving-up-${process.pid}-${names++}` };
  receiver.bind(address);
  const sender = new Socket(AF_UNIX, SOCK_DGRAM);
  return { sender, receiver, targets: [address] } as unknown as Ends;
}

export async function seqpacketPair(): Promise<Ends> {
  const [sender, receiver] = socketpair(AF_UNIX, SOCK_SEQPACKET);
  return { sender, receiver, targets: [undefined] } as unknown as Ends;
}

/** A message that contains its number and its length. */
function messageOf(k: number, length: number): Buffer {
  const message = Buffer.alloc(Math.max(8, length), k & 0xff);
  message.writeUInt32LE(k, 0);
  message.writeUInt32LE(message.length, 4);
  return message;
}

/** Whether a message was sent; `undefined` if only the receiver can determine it. */
type Sent = boolean | undefined;

class Sender {
  readonly sent: Sent[] = [];

  constructor(
    private readonly round: Round,
    private readonly ends: Ends,
  ) {}

  #message(): Buffer {
    this.sent.push(false);
    return messageOf(this.sent.length - 1, this.round.random.between(8, 800));
  }

  async step(): Promise<void> {
    const { round, ends } = this;
    const { random } = round;
    const { sender } = ends;
    const target = random.pick(ends.targets);
    const isNumeric = JSON.stringify(target)?.includes('localhost') !== true;
    const limits = round.limits();
    const name = `#${this.sent.length} ${JSON.stringify(limits)}${isNumeric ? '' : ' by name'}`;
    let call: Promise<void> | undefined;
    switch (random.between(0, isNumeric ? 4 : 1)) {
      case 0:
        call = this.#promise(`sendto ${name}`, data => send(sender, data, target, limits));
        break;
      case 1:
        call = this.#promise(`sendmsg ${name}`, data =>
          sender.sendmsg({ data, address: target ?? null }, limits),
        );
        break;
      case 2:
        this.#sync(`sendSync ${name}`, data => sendSync(sender, data, target, round.syncLimits()));
        break;
      case 3:
        call = this.#batch(`sendmmsg ${name}`, target, limits);
        break;
      default:
        call = this.#promise(`sendto ${name}`, data => send(sender, data, target, limits));
    }
    if (random.chance(0.3)) await this.round.waitFor(call);
  }

  #ended(): (outcome: Outcome<unknown>) => void {
    const k = this.sent.length - 1;
    return outcome => {
      this.sent[k] = 'value' in outcome;
    };
  }

  #promise(name: string, call: (data: Buffer) => Promise<unknown>): Promise<void> {
    const data = this.#message();
    return this.round.watch(name, () => call(data), this.#ended());
  }

  #sync(name: string, call: (data: Buffer) => unknown): void {
    const data = this.#message();
    this.round.watchSync(name, () => call(data), this.#ended());
  }

  #batch(name: string, target: AnyAddress | undefined, limits: object): Promise<void> {
    const { sender } = this.ends;
    const count = this.round.random.between(1, 6);
    const first = this.sent.length;
    const batch = new MessageBatch({ family: sender.family, count, size: 800 });
    for (let i = 0; i < count; i++) batch.push(this.#message(), target ?? null);
    return this.round.watch(
      name,
      () => sender.sendmmsg(batch, limits),
      () => {
        for (let i = 0; i < count; i++) this.sent[first + i] = i < batch.sent;
        batch.clear(); // throws if the call still uses it
      },
    );
  }

  /** Checks what has arrived. `isWhole`: nothing may be missing. */
  check(arrived: readonly Buffer[], isWhole: boolean): void {
    const numbers = arrived.map(message => message.readUInt32LE(0));
    for (const [i, message] of arrived.entries()) {
      const k = numbers[i]!;
      assert.ok(message.equals(messageOf(k, message.readUInt32LE(4))), `message #${k} is damaged`);
      assert.ok(this.sent[k] === true, `message #${k} has arrived, and its call failed`);
    }
    const expected = this.sent.flatMap((sent, k) => (sent === true ? [k] : []));
    assert.deepEqual(numbers, isWhole ? expected : expected.slice(0, numbers.length));
  }
}

function send(
  socket: AnySocket,
  data: Buffer,
  target: AnyAddress | undefined,
  limits: object,
): Promise<number> {
  return target === undefined ? socket.send(data, limits) : socket.sendto(data, target, limits);
}

function sendSync(socket: AnySocket, data: Buffer, target: AnyAddress | undefined, limits: object): number {
  return target === undefined ? socket.sendSync(data, limits) : socket.sendtoSync(data, target, limits);
}

class Receiver {
  readonly #parts: Buffer[][] = [];

  constructor(
    private readonly round: Round,
    public socket: AnySocket,
  ) {}

  get arrived(): Buffer[] {
    return this.#parts.flat();
  }

  #slot<T>(messages: (value: T) => Buffer[]): (outcome: Outcome<T>) => void {
    const index = this.#parts.push([]) - 1;
    return outcome => {
      if ('value' in outcome) this.#parts[index] = messages(outcome.value).filter(({ length }) => length > 0);
    };
  }

  async step(): Promise<void> {
    const { random } = this.round;
    const call = random.chance(0.3) ? this.sync() : this.#promise();
    if (random.chance(0.4)) await this.round.waitFor(call);
  }

  #promise(): Promise<void> {
    const { round, socket } = this;
    const limits = round.limits();
    const name = `(${JSON.stringify(limits)})`;
    switch (round.random.between(0, 5)) {
      case 0: {
        const memory = Buffer.alloc(1000);
        const ended = this.#slot((length: number) => [memory.subarray(0, length)]);
        return round.watch(`recvInto${name}`, () => socket.recvInto(memory, limits), ended);
      }
      case 1:
        return round.watch(
          `recvmsg${name}`,
          () => socket.recvmsg(1000, { control: 64, ...limits }),
          this.#slot(({ data }) => [data]),
        );
      case 2: {
        const batch = new MessageBatch({ family: socket.family, count: 4, size: 1000 });
        const copies = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(batch.data(i)));
        const ended = this.#slot(copies);
        return round.watch(
          `recvmmsg${name}`,
          () => socket.recvmmsg(batch, limits),
          outcome => {
            ended(outcome);
            batch.clear(); // throws if the call still uses it
          },
        );
      }
      case 3: {
        const next = () => socket.datagrams({ size: 1000, ...limits }).next();
        return round.watch(
          `datagrams${name}`,
          next,
          this.#slot(({ value }) => (value ? [value.data] : [])),
        );
      }
      case 4:
        return round.watch(
          `recvfrom${name}`,
          () => socket.recvfrom(1000, limits),
          this.#slot(({ data }) => [data]),
        );
      default:
        return round.watch(
          `recv${name}`,
          () => socket.recv(1000, limits),
          this.#slot(data => [data]),
        );
    }
  }

  async sync(): Promise<void> {
    const limits = this.round.syncLimits();
    const call = () => this.socket.recvSync(1000, limits);
    this.round.watchSync(
      `recvSync(${limits.timeout})`,
      call,
      this.#slot((data: Buffer) => [data]),
    );
  }

  /** Receives what is available. */
  drain(): boolean {
    let isOver = false;
    const ended = this.#slot((data: Buffer) => [data]);
    this.round.watchSync(
      'drain',
      () => this.socket.recvSync(1000, MSG_DONTWAIT),
      outcome => {
        if ('error' in outcome) assert.equal((outcome.error as SocketError).code, 'EAGAIN');
        isOver = 'error' in outcome || outcome.value.length === 0;
        ended(outcome);
      },
    );
    return !isOver;
  }
}

/** Makes calls on both ends, and replaces the receiving socket. */
export async function playDatagrams(round: Round, make: () => Promise<Ends>): Promise<void> {
  const ends = await make();
  const { random } = round;
  const sender = new Sender(round, ends);
  const receiver = new Receiver(round, ends.receiver);
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
  const ending = random.pick(['none', 'close', 'detach', 'close the sender'] as const);
  round.log.push(`ending: ${ending}`);
  if (ending === 'close') ends.receiver.close();
  if (ending === 'detach') receiver.socket = Socket.adopt(ends.receiver.detach()) as unknown as AnySocket;
  if (ending === 'close the sender') ends.sender.close();
  await drainUntil(sending, receiver, ending === 'close');
  // The calls without a limit, which end with the sockets. Messages that are sent meanwhile have to be
  // received.
  ends.sender.close();
  if (ending !== 'close') while (receiver.drain());
  receiver.socket.close();
  await round.settle();
  sender.check(receiver.arrived, ending !== 'close');
}

/** Receives until the sender has made all its calls, so that waiting sends get space. */
async function drainUntil(sending: Promise<void>, receiver: Receiver, isClosed: boolean): Promise<void> {
  let isSending = true;
  const done = sending.finally(() => {
    isSending = false;
  });
  while (isSending) {
    if (!isClosed) await receiver.sync();
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  await done;
}
