/** What a behaviour is, and what it is given: sockets of its row, which are closed when it ends. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type Accepted, Socket, socketpair } from 'berkeley';
import { selectSync } from 'berkeley/select';
import { countDescriptors } from '../support/descriptors.js';
import type { Face } from '../support/face.js';
import { inGuest } from '../support/kernel.js';
import { type Drained, type Step, startPeer } from '../support/peer.js';
import {
  type AnyAddress,
  type AnySocket,
  hasAddress,
  isDatagram,
  type Row,
  type Tested,
} from '../support/rows.js';

/** Something that sockets do, for every row that `when` admits, in each face. */
export interface Behaviour {
  readonly name: string;
  readonly when?: (row: Row) => boolean;
  /** The only face it makes sense in: one thread that blocks cannot act at both ends. */
  readonly face?: Face['name'];
  /** Sends nothing: for families too whose every message has to have a form. */
  readonly quiet?: true;
  run(context: Context): Promise<void>;
}

/** No script of a peer takes longer: milliseconds. */
const PATIENCE = 5000;

/** How often is often: more than a lane gives in one turn. */
export const OFTEN: number = inGuest ? 70 : 200;

/** The sockets of one run of a behaviour. */
export class Context {
  readonly #owned: { close(): void }[] = [];
  readonly #peers: Promise<unknown>[] = [];
  #over = false;
  readonly #bound = new Map<AnySocket, AnyAddress>();

  constructor(
    readonly row: Row,
    readonly face: Face,
  ) {}

  /** Closes it when the behaviour ends. */
  own<T extends { close(): void }>(socket: T): T {
    this.#owned.push(socket);
    if (this.#over) {
      socket.close();
      throw new Error('the behaviour is over');
    }
    return socket;
  }

  /** A new socket of the row. */
  open(): AnySocket {
    const { family, type, protocol } = this.row;
    return this.own(new Socket<Tested>(family, type, protocol));
  }

  /** A new socket, bound to an address. */
  bind(address: AnyAddress): AnySocket {
    const socket = this.open();
    socket.bind(address);
    this.#bound.set(socket, address);
    return socket;
  }

  /** A new socket, bound to an address of the row. */
  bound(): AnySocket {
    return this.bind(this.row.address!());
  }

  /** A new socket that is to connect: bound, so that it has a name, where it may be. */
  client(): AnySocket {
    return this.row.anonymous ? this.open() : this.bound();
  }

  /** Connects; where that ends only when it is accepted, it has begun, and ends when what is returned here does. */
  async connect(socket: AnySocket, server: AnySocket): Promise<{ readonly connected: Promise<void> }> {
    const address = this.reach(server);
    const connected = this.row.traits.has('rendezvous')
      ? socket.connect(address)
      : this.face.connect(socket, address);
    this.#peers.push(connected);
    if (!this.row.traits.has('rendezvous')) await connected;
    connected.catch(() => {}); // whoever awaits it hears of it
    return { connected };
  }

  /** Where others connect or send to, to reach a bound socket. */
  reach(socket: AnySocket): AnyAddress {
    const address = this.#bound.get(socket);
    return (address && this.row.reach?.(socket, address)) ?? socket.getsockname();
  }

  /** What others see of a socket: its own name, but for the families that say otherwise. */
  seen(socket: AnySocket): AnyAddress {
    return this.row.seen?.(socket) ?? socket.getsockname();
  }

  /** A new socket that listens. */
  listening(backlog?: number): AnySocket {
    const socket = this.bound();
    socket.listen(backlog);
    return socket;
  }

  async accept(server: AnySocket, timeout?: number): Promise<Accepted<Tested>> {
    const accepted = await this.face.accept(server, timeout);
    this.own(accepted.socket);
    return accepted;
  }

  /** Two sockets that are connected to each other. */
  async pair(): Promise<[AnySocket, AnySocket]> {
    const { row, face } = this;
    if (row.pair !== undefined) return row.pair(this);
    if (!hasAddress(row)) {
      const [a, b] = socketpair<Tested>(row.family, row.type);
      return [this.own(a), this.own(b)];
    }
    const a = this.client();
    if (isDatagram(row)) {
      const b = this.client();
      const [toA, toB] = [this.reach(a), this.reach(b)];
      await face.connect(a, toB);
      await face.connect(b, toA);
      return [a, b];
    }
    const server = this.listening();
    const { connected } = await this.connect(a, server);
    const { socket: b } = await this.accept(server);
    await connected;
    server.close();
    return [a, b];
  }

  /** Waits until there is something to receive: not every family delivers within the send. */
  arrives(socket: AnySocket): void {
    selectSync([socket], [], [], PATIENCE);
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
    this.#over = true;
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
