import type { AddressInput, AddressOf } from '../address/address.js';
import type { Family } from '../constants/kinds.js';
import { SOCK_STREAM } from '../constants/socket.js';
import { checkInteger, checkObject, checkTimeout, invalidValue } from '../errors/argument.js';
import { checkOptionsObject } from '../errors/options.js';
import { timedOut } from '../errors/timeout.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { type AddressInfo, getaddrinfo, getaddrinfoSync } from '../resolver/getaddrinfo.js';
import { checkHost } from '../resolver/host-name.js';
import { Socket } from '../socket/socket.js';
import { allErrors, interleave, race } from './race.js';

/** A TCP connection, of the family that the host turned out to have. */
export type InternetSocket = Socket<'inet' | 'inet6'>;

/** Where {@link createConnection} goes. */
export interface ConnectionAddress {
  /** The family, as addresses have it; both by default. */
  readonly family?: 'inet' | 'inet6' | undefined;
  /** A host name or a numeric address; `'localhost'` by default. */
  readonly host?: string | undefined;
  /** 1 to 65535. */
  readonly port: number;
}

/** An address of this machine to connect from. */
export interface SourceAddress {
  /** A numeric address; `''` leaves the choice to the kernel. */
  readonly host: string;
  /** 0 leaves the choice to the kernel. */
  readonly port: number;
}

interface AnyConnectionOptions {
  /** An address of this machine to connect from. */
  readonly sourceAddress?: SourceAddress | undefined;
  /** `AF_INET` or `AF_INET6` to use only that family; 0, both, by default. */
  readonly family?: number | undefined;
}

/** How {@link createConnectionSync} connects. */
export interface SyncConnectionOptions extends AnyConnectionOptions, SyncWaitOptions {}

/** How {@link createConnection} connects. */
export interface ConnectionOptions extends AnyConnectionOptions, WaitOptions {
  /** Milliseconds that an address has before the next is tried beside it; 250 by default (RFC 8305 section 8). */
  readonly attemptDelay?: number | undefined;
}

const ATTEMPT_DELAY = 250;
/** The longest that Node's timers count. */
const NEVER = 2 ** 31 - 1;

/**
 * Connects a TCP socket to a host by name, trying all its addresses: IPv6 and IPv4 in turns, each with a short start before
 * the next, and the first that answers wins ("Happy Eyeballs", RFC 8305). With `{ path }` or `{ abstract }` it connects a
 * Unix stream socket.
 *
 * @param address `{ host, port }`, `{ port }` (on this machine), `{ path }`, or what another socket's `getsockname()`
 *   returned
 * @param options `sourceAddress`, `family`, `attemptDelay`, `timeout` (for the whole), `signal`
 * @throws ResolverError if the host is not known
 * @throws SocketError if its one address cannot be connected to; AggregateError of all of them if it has several
 * @throws the signal's reason if it is aborted
 */
export function createConnection(
  address: AddressInput<'unix'>,
  options?: WaitOptions,
): Promise<Socket<'unix'>>;
export function createConnection(
  address: ConnectionAddress,
  options?: ConnectionOptions,
): Promise<InternetSocket>;
export async function createConnection(
  address: ConnectionAddress | AddressInput<'unix'>,
  options: ConnectionOptions = {},
): Promise<InternetSocket | Socket<'unix'>> {
  checkObject(address, 'address');
  if (isPath(address)) return connectPath(address, options);
  const { host, port, family } = checkAddress(address);
  const { signal, timeout = null } = checkWaitOptions(options, KEYS);
  const delay = checkTimeout(options.attemptDelay ?? ATTEMPT_DELAY, 'options.attemptDelay') ?? NEVER;
  const source = checkSource(options);
  const started = performance.now();
  const left = (): number | null => remaining(timeout, started, `${host}:${port}`);
  const hints = { family: options.family ?? family, type: SOCK_STREAM };
  const found = await getaddrinfo(host, port, { ...hints, signal, timeout });
  return race(interleave(found), delay, signal, (candidate, stop) =>
    attempt(candidate, source, socket =>
      socket.connect(candidate.address, { signal: stop, timeout: left() }),
    ),
  );
}

const KEYS = ['sourceAddress', 'family', 'attemptDelay'];

/** Returns the time that is left, or throws when there is none. */
function remaining(timeout: number | null, started: number, address: string): number | null {
  if (timeout === null) return null;
  const left = timeout - (performance.now() - started);
  if (left <= 0) throw timedOut('connect', timeout, { address });
  return left;
}

/**
 * {@link createConnection}, in this thread, one address after the other.
 *
 * @param options `sourceAddress`, `family`, and `timeout` for each attempt, which also becomes {@link Socket.timeout} of the
 *   socket; the default timeout by default
 * @throws ResolverError, SocketError, AggregateError as {@link createConnection}
 */
export function createConnectionSync(
  address: AddressInput<'unix'>,
  options?: SyncWaitOptions,
): Socket<'unix'>;
export function createConnectionSync(
  address: ConnectionAddress,
  options?: SyncConnectionOptions,
): InternetSocket;
export function createConnectionSync(
  address: ConnectionAddress | AddressInput<'unix'>,
  options: SyncConnectionOptions = {},
): InternetSocket | Socket<'unix'> {
  checkObject(address, 'address');
  if (isPath(address)) return connectPathSync(address, options);
  const { host, port, family } = checkAddress(address);
  const timeout = checkSyncWaitOptions(options, KEYS.slice(0, 2));
  const source = checkSource(options);
  const errors: unknown[] = [];
  const hints = { family: options.family ?? family, type: SOCK_STREAM };
  for (const candidate of getaddrinfoSync(host, port, hints)) {
    const socket = openSocket(candidate);
    try {
      if (timeout !== undefined) socket.timeout = timeout;
      bindSource(socket, source);
      socket.connectSync(candidate.address);
      return socket;
    } catch (error) {
      socket.close();
      errors.push(error);
    }
  }
  throw allErrors(errors);
}

function isPath(address: object): address is AddressInput<'unix'> {
  return 'path' in address || 'abstract' in address;
}

function unixSocket(): Socket<'unix'> {
  return new Socket(AF_UNIX as unknown as Family<'unix'>, SOCK_STREAM);
}

async function connectPath(address: AddressInput<'unix'>, options: WaitOptions): Promise<Socket<'unix'>> {
  const wait = checkWaitOptions(options);
  const socket = unixSocket();
  try {
    await socket.connect(address, wait);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function connectPathSync(address: AddressInput<'unix'>, options: SyncWaitOptions): Socket<'unix'> {
  const timeout = checkSyncWaitOptions(options);
  const socket = unixSocket();
  try {
    if (timeout !== undefined) socket.timeout = timeout;
    socket.connectSync(address);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

interface CheckedAddress {
  readonly host: string;
  readonly port: number;
  readonly family: number;
}

function checkAddress(address: ConnectionAddress): CheckedAddress {
  const { host = 'localhost', port, family } = address;
  checkHost(host, 'address.host');
  checkInteger(port, 'address.port', 0, 65535);
  return { host, port, family: family === undefined ? 0 : familyNumber(family) };
}

function familyNumber(name: unknown): number {
  if (name === 'inet') return AF_INET;
  if (name === 'inet6') return AF_INET6;
  throw invalidValue('address.family', "must be 'inet' or 'inet6'", name);
}

function checkSource({ sourceAddress }: AnyConnectionOptions): SourceAddress | undefined {
  if (sourceAddress === undefined) return undefined;
  const argument = 'options.sourceAddress';
  checkOptionsObject(sourceAddress, ['host', 'port', 'family', 'flowinfo', 'scopeId'], argument);
  const source = { ...sourceAddress };
  checkHost(source.host, `${argument}.host`);
  checkInteger(source.port, `${argument}.port`, 0, 65535);
  return source;
}

function openSocket({ family, type, protocol }: AddressInfo): InternetSocket {
  return new Socket(family, type, protocol);
}

function bindSource(socket: InternetSocket, source: SourceAddress | undefined): void {
  if (source !== undefined) socket.bind(source as AddressInput<'inet' | 'inet6'>);
}

async function attempt(
  candidate: AddressInfo & { address: AddressOf<'inet' | 'inet6'> },
  source: SourceAddress | undefined,
  connect: (socket: InternetSocket) => Promise<void>,
): Promise<InternetSocket> {
  const socket = openSocket(candidate);
  try {
    bindSource(socket, source);
    await connect(socket);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}
