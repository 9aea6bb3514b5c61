/** What a behaviour is, and what it is given: sockets of its row, which are closed when it ends. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type Accepted, Socket, socketpair } from 'berkeley';
import { countDescriptors } from '../support/descriptors.js';
import type { Face } from '../support/face.js';
import { type Drained, type Step, startPeer } from '../support/peer.js';
import { type AnySocket, hasAddress, isDatagram, type Row, type Tested } from '../support/rows.js';

/** Something that sockets do, for every row that `when` admits, in each face. */
export interface Behaviour {
  readonly name: string;
  readonly when?: (row: Row) => boolean;
  /** The only face it makes sense in: one thread that blocks cannot act at both ends. */
  readonly face?: Face['name'];
  run(context: Context): Promise<void>;
}

/** No script of a peer takes longer: milliseconds. */
const PATIENCE = 5000;

/** The sockets of one run of a behaviour. */
export class Context {
  readonly #owned: { close(): void }[] = [];
  readonly #peers: Promise<unknown>[] = [];

  constructor(
    readonly row: Row,
    readonly face: Face,
  ) {}

  /** Closes it when the behaviour ends. */
  own<T extends { close(): void }>(socket: T): T {
    this.#owned.push(socket);
    return socket;
  }

  /** A new socket of the row. */
  open(): AnySocket {
    return this.own(new Socket<Tested>(this.row.family, this.row.type));
  }

  /** A new socket, bound to an address of the row. */
  bound(): AnySocket {
    const socket = this.open();
    socket.bind(this.row.address!());
    return socket;
  }

  /** A new socket that listens. */
  listening(backlog?: number): AnySocket {
    const socket = this.bound();
    socket.listen(backlog);
    return socket;
  }

  async accept(server: AnySocket, timeout?: number): Promise<Accepted<Tested>> {
    const accepted = await this.face.accept(server, { timeout });
    this.own(accepted.socket);
    return accepted;
  }

  /** Two sockets that are connected to each other. */
  async pair(): Promise<[AnySocket, AnySocket]> {
    const { row, face } = this;
    if (!hasAddress(row)) {
      const [a, b] = socketpair<Tested>(row.family, row.type);
      return [this.own(a), this.own(b)];
    }
    const a = this.bound();
    if (isDatagram(row)) {
      const b = this.bound();
      await face.connect(a, b.getsockname());
      await face.connect(b, a.getsockname());
      return [a, b];
    }
    const server = this.listening();
    await face.connect(a, server.getsockname());
    const { socket: b } = await this.accept(server);
    server.close();
    return [a, b];
  }

  /** Lets a thread of its own act on the socket; what it received, when its script is done. */
  peer(socket: AnySocket, ...steps: Step[]): Promise<Drained | undefined> {
    const peer = startPeer(socket, steps);
    this.#peers.push(peer);
    return peer;
  }

  /** Waits for the peers, unless a behaviour that failed left them waiting for it; then closes all. */
  async end(): Promise<void> {
    const peers = Promise.allSettled(this.#peers);
    const patience = new AbortController();
    await Promise.race([peers, delay(PATIENCE, undefined, { signal: patience.signal })]);
    patience.abort();
    for (const socket of this.#owned) socket.close();
    await peers;
  }
}

/** Runs one behaviour; it fails also if a descriptor stays open. */
export async function perform(behaviour: Behaviour, row: Row, face: Face): Promise<void> {
  const before = countDescriptors();
  const context = new Context(row, face);
  try {
    await behaviour.run(context);
  } finally {
    await context.end();
  }
  assert.equal(countDescriptors(), before, 'the number of open descriptors');
}
