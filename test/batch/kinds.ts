/** Batches in both faces, and with both ways of making system calls, so that one test covers all four. */
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  type BatchOptions,
  type Family,
  MessageBatch,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  Socket,
  socketpair,
} from 'berkeley';
import { onWindows } from '../support/local.js';
import { freshPath } from '../support/names.js';

export type Name = 'inet' | 'inet6' | 'unix';
export type AnySocket = Socket<Name>;
export type AnyBatch = MessageBatch<Name>;

type Options = number | { readonly flags?: number; readonly timeout?: number };

/** The methods that wait, in one face. */
export interface Face {
  readonly name: 'promise' | 'Sync';
  recvmmsg(socket: AnySocket, batch: AnyBatch, options?: Options): Promise<number>;
  sendmmsg(socket: AnySocket, batch: AnyBatch, options?: Options): Promise<number>;
}

export const faces: readonly Face[] = [
  {
    name: 'promise',
    recvmmsg: (socket, batch, options) => socket.recvmmsg(batch, options),
    sendmmsg: (socket, batch, options) => socket.sendmmsg(batch, options),
  },
  {
    name: 'Sync',
    recvmmsg: async (socket, batch, options) => socket.recvmmsgSync(batch, options),
    sendmmsg: async (socket, batch, options) => socket.sendmmsgSync(batch, options),
  },
];

/** One way of exchanging batches. */
export interface Way {
  readonly name: string;
  readonly face: Face;
  /** Creates a batch for this way. */
  batch(options: Omit<BatchOptions<Name>, 'oneByOne'>): AnyBatch;
}

/** Both faces, with many messages per system call and with one. */
export const ways: readonly Way[] = faces.flatMap(face =>
  [false, true].map(oneByOne => ({
    name: `${face.name}, ${oneByOne ? 'one message a call' : 'many'}`,
    face,
    batch: (options: Omit<BatchOptions<Name>, 'oneByOne'>) =>
      new MessageBatch<Name>({ ...options, oneByOne }),
  })),
);

/** A kind of socket that keeps message boundaries. */
export interface Kind {
  readonly name: string;
  readonly family: Family<Name>;
  /** Whether each message can have its own destination. */
  readonly isAddressed: boolean;
  /** Two sockets. Kinds with addresses are both bound; others are connected to each other. */
  open(): [AnySocket, AnySocket];
}

function bound(family: Family<Name>, address: () => object): AnySocket {
  const socket = new Socket<Name>(family, SOCK_DGRAM);
  socket.bind(address() as never);
  return socket;
}

function addressed(name: string, family: Family<Name>, address: () => object): Kind {
  return { name, family, isAddressed: true, open: () => [bound(family, address), bound(family, address)] };
}

function paired(name: string, type: number): Kind {
  const family = AF_UNIX as Family<Name>;
  return { name, family, isAddressed: false, open: () => socketpair<Name>(family, type) };
}

const unixKinds: readonly Kind[] = [
  addressed('unix', AF_UNIX as Family<Name>, () => ({ path: freshPath() })),
  paired('unix dgram pair', SOCK_DGRAM),
  paired('unix seqpacket pair', SOCK_SEQPACKET),
];

export const kinds: readonly Kind[] = [
  addressed('inet', AF_INET as Family<Name>, () => ({ host: '127.0.0.1', port: 0 })),
  addressed('inet6', AF_INET6 as Family<Name>, () => ({ host: '::1', port: 0 })),
  ...(onWindows ? [] : unixKinds),
];

/** Two UDP sockets on loopback. */
export function udpPair(): [Socket<'inet'>, Socket<'inet'>] {
  const make = () => {
    const socket = new Socket(AF_INET, SOCK_DGRAM);
    socket.bind({ host: '127.0.0.1', port: 0 });
    return socket;
  };
  return [make(), make()];
}

/** Numbered messages of different lengths. The first is empty. */
export function messages(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => Buffer.alloc((i * 37) % 300, `${i}.`));
}

/** Receives until there are `count` messages. */
export async function gather(way: Way, socket: AnySocket, batch: AnyBatch, count: number): Promise<Buffer[]> {
  const all: Buffer[] = [];
  while (all.length < count) {
    await way.face.recvmmsg(socket, batch, { timeout: 5000 });
    for (let i = 0; i < batch.length; i++) all.push(Buffer.from(batch.data(i)));
  }
  return all;
}
