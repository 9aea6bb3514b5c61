/** The rows of the conformance suite: the kinds of socket that there are, where each can be bound, and what it can. */
import {
  type AddressInput,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  type Family,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  type Socket,
} from 'berkeley';
import type { Context } from '../conformance/behaviour.js';
import { needsSocket, type Skip } from './kernel.js';
import { freshName, freshPath } from './names.js';

/** The families that the rows are of. */
export type Tested =
  | 'inet'
  | 'inet6'
  | 'unix'
  | 'netlink'
  | 'can'
  | 'tipc'
  | 'vsock'
  | 'bluetooth'
  | 'rds'
  | 'qipcrtr';
/** A socket of any row. */
export type AnySocket = Socket<Tested>;
/** An address for a socket of any row. */
export type AnyAddress = AddressInput<Tested>;

/** What a kind of socket can. */
export type Trait =
  /** Bytes without bounds. */
  | 'stream'
  /** Messages, which keep their bounds. */
  | 'messages'
  /** Messages that may come from anyone, and go to anyone. */
  | 'datagrams'
  /** Listens and accepts. */
  | 'connections'
  /** Connecting ends when it is accepted: there is no queue of clients that are connected already. */
  | 'rendezvous'
  /** What does not fit into a receive of a message is lost. */
  | 'cut'
  /** A message may be empty. */
  | 'empty'
  /** Who closes ends the connection, and the other end hears of it. */
  | 'end'
  /** Each direction of a connection ends by itself. */
  | 'half-closed'
  /** Somebody may reset a connection, which loses what was sent: SO_LINGER without a time does it. */
  | 'reset'
  /** A connection takes packets to and fro, and the kernel goes on with it while nobody waits. */
  | 'handshake'
  /** A byte may be urgent. */
  | 'urgent'
  /** A host and a port. */
  | 'host'
  /** As UDP has it: each packet by itself, errors come back, an address for who has none. */
  | 'udp'
  /** What is sent has to be a frame of the family's own making. */
  | 'frames';

/** Two sockets. */
export type Ends = [AnySocket, AnySocket];

/** One kind of socket. */
export interface Row {
  readonly name: string;
  readonly family: Family<Tested>;
  readonly type: number;
  /** Its number; 0 where absent. */
  readonly protocol?: number;
  readonly traits: ReadonlySet<Trait>;
  /** An address that is free to bind to; the row of a socketpair has none, for its ends have no names. */
  readonly address?: () => AnyAddress;
  /** The longest message, in bytes; 65536 where absent. */
  readonly longest?: number;
  /** How much is much to it, in bytes; 8 megabytes where absent. */
  readonly much?: number;
  /** Whether a socket that is to connect must have no address before. */
  readonly anonymous?: true;
  /** Where others reach a socket that was bound to `address`; its own name, where absent. */
  readonly reach?: (socket: AnySocket, address: AnyAddress) => AnyAddress;
  /** Two sockets that are each other's peers, where there is a way of its own to make them. */
  readonly pair?: (context: Context) => Ends | Promise<Ends>;
  /** What others see of a socket; its own name, where absent. */
  readonly seen?: (socket: AnySocket) => AnyAddress;
  /** Why there are no such sockets here, and what would help. */
  readonly skip?: Skip;
  /** Makes what the row's sockets need, and takes it away. */
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

const local = (type: number): readonly Trait[] => {
  if (type === SOCK_STREAM) return ['stream', 'connections', 'end', 'half-closed'];
  if (type === SOCK_SEQPACKET) return ['messages', 'cut', 'connections', 'end', 'half-closed'];
  return ['messages', 'cut', 'datagrams', 'empty'];
};

const labels = { stream: SOCK_STREAM, dgram: SOCK_DGRAM, seqpacket: SOCK_SEQPACKET } as const;

function skipOf(name: string, type: number): Skip {
  if (process.platform !== 'win32') return false;
  if (name !== 'unix path' || type !== SOCK_STREAM)
    return 'Windows has only streams of AF_UNIX, and only at paths';
  return needsSocket('AF_UNIX', AF_UNIX, type);
}

function unixRows(name: string, address?: () => AnyAddress): Row[] {
  return Object.entries(labels).map(([label, type]) => {
    const all = local(type);
    const traits = new Set(address === undefined ? all.filter(trait => trait !== 'connections') : all);
    const skip = skipOf(name, type);
    return { name: `${name} ${label}`, family: AF_UNIX, type, traits, skip, ...(address && { address }) };
  });
}

/** What TCP can. */
export const tcpTraits: readonly Trait[] = [
  ...(['stream', 'connections', 'end', 'half-closed', 'reset', 'handshake', 'urgent', 'host'] as const),
];

/** What UDP can. */
export const udpTraits: readonly Trait[] = ['messages', 'cut', 'datagrams', 'empty', 'host', 'udp'];

/** The two Internet families, by the name that rows give them, and where their sockets are bound. */
export const internet = {
  inet: { family: AF_INET, address: () => ({ host: '127.0.0.1', port: 0 }) },
  inet6: { family: AF_INET6, address: () => ({ host: '::1', port: 0 }) },
} as const;

const internetRows: readonly Row[] = Object.entries(internet).flatMap(([name, where]) => [
  { name: `${name} stream`, type: SOCK_STREAM, traits: new Set(tcpTraits), ...where },
  { name: `${name} dgram`, type: SOCK_DGRAM, traits: new Set(udpTraits), ...where },
]);

/** The kinds that every kernel has. */
export const rows: readonly Row[] = [
  ...internetRows,
  ...unixRows('unix path', () => ({ path: freshPath() })),
  ...unixRows('unix abstract', () => ({ abstract: freshName() })),
  ...unixRows('socketpair'),
];

/** The row of that name. */
export function rowOf(name: string): Row {
  const row = rows.find(candidate => candidate.name === name);
  if (row === undefined) throw new RangeError(`there is no row ${name}`);
  return row;
}

/** For `when`: rows that can all of it. */
export function can(...traits: readonly Trait[]): (row: Row) => boolean {
  return row => traits.every(trait => row.traits.has(trait));
}

/** A stream without bounds. */
export const isStream: (row: Row) => boolean = can('stream');
/** Messages, which keep their bounds. */
export const hasMessages: (row: Row) => boolean = can('messages');
/** Messages that may come from anyone. */
export const isDatagram: (row: Row) => boolean = can('datagrams');
/** Listens and accepts. */
export const isConnecting: (row: Row) => boolean = can('connections');
/** Can be bound to an address. */
export const hasAddress = (row: Row): boolean => row.address !== undefined;
/** The two ends of a socketpair. */
export const isSocketpair = (row: Row): boolean => isUnix(row) && !hasAddress(row);
/** Has hosts and ports. */
export const isInternet: (row: Row) => boolean = can('host');
export const isUnix = (row: Row): boolean => row.family === AF_UNIX;
