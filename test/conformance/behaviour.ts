/** The type of a behaviour, and its context: sockets of its row, which are closed when the behaviour ends. */
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

/** Something that sockets do. It runs for every row that `when` accepts, in each face (promise and Sync). */
export interface Behaviour {
  readonly name: string;
  readonly when?: (row: Row) => boolean;
  /** Restricts the behaviour to one face: a thread that blocks cannot act at both ends. */
  readonly face?: Face['name'];
  /**
   * The behaviour sends nothing. It therefore also applies to families whose messages need a fixed format.
   */
  readonly quiet?: true;
  run(context: Context): Promise<void>;
}

/** Limit for the script of a peer, in milliseconds. */
const PATIENCE = 5000;

/** More repetitions than a lane serves in one turn. */
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

  /** Closes the resource when the behaviour ends. */
  own<T extends { close(): void }>(socket: T): T {
    this.#owned.push(socket);
    if (this.#over) {
      socket.close();
      throw new Error('the behaviour is over');
    }
    return socket;
  }

  /** Creates a socket of the row. */
  open(): AnySocket {
    const { family, type, protocol } = this.row;
    return this.own(new Socket<Tested>(family, type, protocol));
  }

  /** Creates a socket and binds it to an address. */
  bind(address: AnyAddress): AnySocket {
    const socket = this.open();
    socket.bind(address);
    this.#bound.set(socket, address);
    return socket;
  }

  /** Creates a socket and binds it to an address of the row. */
  bound(): AnySocket {
    return this.bind(this.row.address!());
  }

  /** Creates a client socket. It is bound if the family permits that, so that it has a name. */
  client(): AnySocket {
    return this.row.anonymous ? this.open() : this.bound();
  }

  /**
   * Connects. For families whose connect completes only on accept, the connect has started, and ends when the
   * returned promise settles.
   */
  async connect(socket: AnySocket, server: AnySocket): Promise<{ readonly connected: Promise<void> }> {
    const address = this.reach(server);
    const connected = this.row.traits.has('rendezvous')
      ? socket.connect(address)
      : this.face.connect(socket, address);
    this.#peers.push(connected);
    if (!this.row.traits.has('rendezvous')) await connected;
    connected.catch(() => {}); // the caller awaits it and handles the rejection
    return { connected };
  }

  /** The address to which peers connect or send, to reach a bound socket. */
  reach(socket: AnySocket): AnyAddress {
    const address = this.#bound.get(socket);
    return (address && this.row.reach?.(socket, address)) ?? socket.getsockname();
  }

  /** The address that peers see: the socket's own name, except for some families. */
  seen(socket: AnySocket): AnyAddress {
    return this.row.seen?.(socket) ?? socket.getsockname();
  }

  /** Creates a socket that listens. */
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

  /** Creates two sockets that are connected to each other. */
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

  /** Waits until data is available. Not every family delivers within the send call. */
  arrives(socket: AnySocket): void {
    selectSync([socket], [], [], PATIENCE);
  }

  /** Runs a script on the socket in a separate thread. Resolves with the data that it received. */
  peer(socket: AnySocket, ...steps: Step[]): Promise<Drained | undefined> {
    const peer = startPeer(socket, steps);
    this.#peers.push(peer);
    return peer;
  }

  /** Waits for the peers, except for those that a failed behaviour left waiting. Then closes everything. */
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

/** Runs one behaviour. It also fails if a descriptor stays open. */
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
