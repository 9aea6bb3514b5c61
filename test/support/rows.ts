/** The rows of the conformance suite: the kinds of sockets, their addresses and their traits. */
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

/** The families of the rows. */
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

/** A trait of a kind of socket. */
export type Trait =
  /** Bytes without message boundaries. */
  | 'stream'
  /** Messages with boundaries. */
  | 'messages'
  /** Messages from and to any address. */
  | 'datagrams'
  /** Listens and accepts. */
  | 'connections'
  /** Connecting completes when the connection is accepted: there is no backlog of established connections. */
  | 'rendezvous'
  /** The part of a message that does not fit in a receive call is lost. */
  | 'cut'
  /** A message can be empty. */
  | 'empty'
  /** Closing ends the connection, and the peer is notified. */
  | 'end'
  /** Each direction of a connection can be shut down separately. */
  | 'half-closed'
  /** A connection can be reset, which discards sent data: SO_LINGER without a time does it. */
  | 'reset'
  /** A connection needs an exchange of packets, which the kernel continues in the background. */
  | 'handshake'
  /** A byte can be urgent (out-of-band). */
  | 'urgent'
  /** A host and a port. */
  | 'host'
  /** Behaves like UDP: independent packets, asynchronous errors, automatic addresses. */
  | 'udp'
  /** Sent data must be a frame in the family's format. */
  | 'frames';

/** Two sockets. */
export type Ends = [AnySocket, AnySocket];

/** One kind of socket. */
export interface Row {
  readonly name: string;
  readonly family: Family<Tested>;
  readonly type: number;
  /** The protocol number; 0 if absent. */
  readonly protocol?: number;
  readonly traits: ReadonlySet<Trait>;
  /** Returns a free address to bind to. The row of a socketpair has none, because its sockets are unnamed. */
  readonly address?: () => AnyAddress;
  /** The maximum length of a message, in bytes; 65536 if absent. */
  readonly longest?: number;
  /** The number of bytes for tests with much data; 8 megabytes if absent. */
  readonly much?: number;
  /** Whether a socket must not be bound before it connects. */
  readonly anonymous?: true;
  /** Returns the address at which others reach a socket that was bound to `address`; its own name if absent. */
  readonly reach?: (socket: AnySocket, address: AnyAddress) => AnyAddress;
  /** Creates two sockets that are each other's peers, if there is a special way. */
  readonly pair?: (context: Context) => Ends | Promise<Ends>;
  /** Returns the address of a socket that others see; its own name if absent. */
  readonly seen?: (socket: AnySocket) => AnyAddress;
  /** The reason why there are no such sockets here, and the remedy. */
  readonly skip?: Skip;
  /** Creates what the row's sockets need, and removes it afterwards. */
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

/** The traits of TCP. */
export const tcpTraits: readonly Trait[] = [
  ...(['stream', 'connections', 'end', 'half-closed', 'reset', 'handshake', 'urgent', 'host'] as const),
];

/** The traits of UDP. */
export const udpTraits: readonly Trait[] = ['messages', 'cut', 'datagrams', 'empty', 'host', 'udp'];

/** The two Internet families, with the name and the address that rows use. */
export const internet = {
  inet: { family: AF_INET, address: () => ({ host: '127.0.0.1', port: 0 }) },
  inet6: { family: AF_INET6, address: () => ({ host: '::1', port: 0 }) },
} as const;

const internetRows: readonly Row[] = Object.entries(internet).flatMap(([name, where]) => [
  { name: `${name} stream`, type: SOCK_STREAM, traits: new Set(tcpTraits), ...where },
  { name: `${name} dgram`, type: SOCK_DGRAM, traits: new Set(udpTraits), ...where },
]);

/** The kinds that every kernel supports. */
export const rows: readonly Row[] = [
  ...internetRows,
  ...unixRows('unix path', () => ({ path: freshPath() })),
  ...unixRows('unix abstract', () => ({ abstract: freshName() })),
  ...unixRows('socketpair'),
];

/** Returns the row with this name. */
export function rowOf(name: string): Row {
  const row = rows.find(candidate => candidate.name === name);
  if (row === undefined) throw new RangeError(`there is no row ${name}`);
  return row;
}

/** For `when`: matches rows with all of the traits. */
export function can(...traits: readonly Trait[]): (row: Row) => boolean {
  return row => traits.every(trait => row.traits.has(trait));
}

/** Matches streams without message boundaries. */
export const isStream: (row: Row) => boolean = can('stream');
/** Matches sockets with message boundaries. */
export const hasMessages: (row: Row) => boolean = can('messages');
/** Matches datagram sockets. */
export const isDatagram: (row: Row) => boolean = can('datagrams');
/** Matches sockets that listen and accept. */
export const isConnecting: (row: Row) => boolean = can('connections');
/** Matches sockets that can be bound to an address. */
export const hasAddress = (row: Row): boolean => row.address !== undefined;
/** Matches socketpairs. */
export const isSocketpair = (row: Row): boolean => isUnix(row) && !hasAddress(row);
/** Matches sockets with hosts and ports. */
export const isInternet: (row: Row) => boolean = can('host');
export const isUnix = (row: Row): boolean => row.family === AF_UNIX;
