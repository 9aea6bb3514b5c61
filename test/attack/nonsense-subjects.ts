/** The objects on which invalid calls are made. Each is created on request, and closed after the call. */
import { closeSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { Socket as NodeSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AF_INET,
  type BinaryFile,
  close,
  createServer,
  MessageBatch,
  SHUT_WR,
  SOCK_DGRAM,
  Socket,
  socketpair,
  type TextFile,
} from 'berkeley';
import { Journal } from 'berkeley/activation';
import { NETLINK_ROUTE } from 'berkeley/constants';
import { NetlinkConnection } from 'berkeley/netlink';
import { POLLIN, Poll, Selector } from 'berkeley/select';
import { LOCAL, localAddress } from '../support/local.js';

interface Closable {
  close(): unknown;
}

const FILE = join(tmpdir(), `berkeley-nonsense-${process.pid}`);
writeFileSync(FILE, 'a file');
process.on('exit', () => unlinkSync(FILE));

export class Subjects {
  readonly #closables: (() => void)[] = [];

  #own<T extends Closable>(value: T): T {
    this.#closables.push(() => value.close());
    return value;
  }

  /** A datagram socket with messages to receive, connected to one with free space. */
  get dgram(): Socket<'unix'> {
    const [here, there] = socketpair(LOCAL, SOCK_DGRAM);
    for (const text of ['one', 'two', 'three']) there.sendSync(text);
    this.#own(there);
    return this.#own(here);
  }

  /** A stream with data to receive, and its end. */
  get stream(): Socket<'unix'> {
    const [here, there] = socketpair();
    there.sendSync('one line\nand more');
    there.shutdown(SHUT_WR);
    this.#own(there);
    return this.#own(here);
  }

  get udp(): Socket<'inet'> {
    return this.#own(new Socket(AF_INET, SOCK_DGRAM));
  }

  /** A server with connections to accept. */
  get server(): Socket<'unix'> {
    const server = this.#own(createServer(localAddress()));
    for (let i = 0; i < 2; i++) this.#own(new Socket(LOCAL)).connectSync(server.getsockname());
    return server;
  }

  get batch(): MessageBatch<'unix'> {
    return new MessageBatch<'unix'>({ count: 2, size: 9, family: LOCAL });
  }

  get fullBatch(): MessageBatch<'unix'> {
    const { batch } = this;
    batch.push('x');
    return batch;
  }

  get binaryFile(): BinaryFile {
    const { stream } = this;
    const file = stream.makefile('rwb');
    this.#closables.push(() => void file.close().catch(() => {}));
    return file;
  }

  get textFile(): TextFile {
    const { stream } = this;
    const file = stream.makefile('rw');
    this.#closables.push(() => void file.close().catch(() => {}));
    return file;
  }

  get duplex(): import('berkeley').UnixDuplex {
    const duplex = this.stream.toDuplex();
    duplex.on('error', () => {});
    this.#closables.push(() => duplex.destroy());
    return duplex;
  }

  get file(): number {
    const fd = openSync(FILE, 'r');
    this.#closables.push(() => closeSync(fd));
    return fd;
  }

  /** A socket of Node.js. */
  get nodeSocket(): NodeSocket {
    const fd = new Socket(AF_INET).detach();
    const socket = new NodeSocket({ fd }).on('error', () => {});
    this.#closables.push(() => socket.destroy());
    return socket;
  }

  /** The descriptor of a socket without an owner. */
  get spare(): number {
    const fd = new Socket(AF_INET, SOCK_DGRAM).detach();
    this.#closables.push(() => {
      try {
        close(fd);
      } catch {} // the adopting object has closed it
    });
    return fd;
  }

  /** Closes a server of `berkeley/socketserver` together with the other subjects. */
  serverOf<T extends { socket: Closable }>(server: T): T {
    this.#own(server.socket);
    return server;
  }

  get netlink(): NetlinkConnection {
    return this.#own(new NetlinkConnection(NETLINK_ROUTE));
  }

  get journal(): Journal {
    return this.#own(new Journal('/nonesuch'));
  }

  get selector(): Selector<string> {
    const selector = this.#own(new Selector<string>());
    selector.register(this.dgram, POLLIN, 'data');
    return selector;
  }

  get poll(): Poll {
    const poll = new Poll();
    poll.register(this.dgram, POLLIN);
    return poll;
  }

  close(): void {
    for (const close of this.#closables.reverse()) close();
  }
}
