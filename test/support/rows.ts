/** The rows of the conformance suite: the kinds of socket that this package has, and where each can be bound. */
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
import { freshName, freshPath } from './names.js';

/** The families that the rows are of. */
export type Tested = 'inet' | 'inet6' | 'unix';
/** A socket of any row. */
export type AnySocket = Socket<Tested>;
/** An address for a socket of any row. */
export type AnyAddress = AddressInput<Tested>;

/** One kind of socket. */
export interface Row {
  readonly name: string;
  readonly family: Family<Tested>;
  readonly type: number;
  /** An address that is free to bind to; the row of a socketpair has none, for its ends have no names. */
  readonly address?: () => AnyAddress;
}

const types: readonly (readonly [name: string, type: number])[] = [
  ['stream', SOCK_STREAM],
  ['dgram', SOCK_DGRAM],
  ['seqpacket', SOCK_SEQPACKET],
];

function rowsOf(
  name: string,
  family: Family<Tested>,
  among: readonly number[],
  address?: () => AnyAddress,
): Row[] {
  return types
    .filter(([, type]) => among.includes(type))
    .map(([label, type]) => ({ name: `${name} ${label}`, family, type, ...(address && { address }) }));
}

const INTERNET = [SOCK_STREAM, SOCK_DGRAM];
const LOCAL = [SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET];

export const rows: readonly Row[] = [
  ...rowsOf('inet', AF_INET, INTERNET, () => ({ host: '127.0.0.1', port: 0 })),
  ...rowsOf('inet6', AF_INET6, INTERNET, () => ({ host: '::1', port: 0 })),
  ...rowsOf('unix path', AF_UNIX, LOCAL, () => ({ path: freshPath() })),
  ...rowsOf('unix abstract', AF_UNIX, LOCAL, () => ({ abstract: freshName() })),
  ...rowsOf('socketpair', AF_UNIX, LOCAL),
];

/** The row of that name. */
export function rowOf(name: string): Row {
  const row = rows.find(candidate => candidate.name === name);
  if (row === undefined) throw new RangeError(`there is no row ${name}`);
  return row;
}

/** A stream without boundaries. */
export const isStream = (row: Row): boolean => row.type === SOCK_STREAM;
/** Messages, which keep their boundaries. */
export const hasMessages = (row: Row): boolean => row.type !== SOCK_STREAM;
/** Messages that may come from anyone. */
export const isDatagram = (row: Row): boolean => row.type === SOCK_DGRAM;
/** Listens and accepts. */
export const isConnecting = (row: Row): boolean => row.type !== SOCK_DGRAM && row.address !== undefined;
/** Can be bound to an address. */
export const hasAddress = (row: Row): boolean => row.address !== undefined;
export const isInternet = (row: Row): boolean => row.family !== AF_UNIX;
export const isUnix = (row: Row): boolean => row.family === AF_UNIX;
/** TCP: the only one with urgent data, and with a reset that loses what was sent. */
export const isTcp = (row: Row): boolean => isInternet(row) && isStream(row);
