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

/** A TCP connection. Its family depends on the addresses of the host. */
export type InternetSocket = Socket<'inet' | 'inet6'>;

/** The address that {@link createConnection} connects to. */
export interface ConnectionAddress {
  /** The family, as in addresses; both by default. */
  readonly family?: 'inet' | 'inet6' | undefined;
  /** A host name or a numeric address; `'localhost'` by default. */
  readonly host?: string | undefined;
  /** 1 to 65535. */
  readonly port: number;
}

/** A local address to connect from. */
export interface SourceAddress {
  /** A numeric address; `''` lets the kernel choose. */
  readonly host: string;
  /** 0 lets the kernel choose. */
  readonly port: number;
}

interface AnyConnectionOptions {
  /** The local address to connect from. */
  readonly sourceAddress?: SourceAddress | undefined;
  /** `AF_INET` or `AF_INET6` to use only that family; 0, both, by default. */
  readonly family?: number | undefined;
}

/** The options of {@link createConnectionSync}. */
export interface SyncConnectionOptions extends AnyConnectionOptions, SyncWaitOptions {}

/** The options of {@link createConnection}. */
export interface ConnectionOptions extends AnyConnectionOptions, WaitOptions {
  /** The time before the next address is tried in parallel, in milliseconds; 250 by default (RFC 8305 section 8). */
  readonly attemptDelay?: number | undefined;
}

const ATTEMPT_DELAY = 250;
/** The longest delay of Node's timers. */
const NEVER = 2 ** 31 - 1;

/**
 * Connects a TCP socket to a host by name. It tries all addresses, IPv6 and IPv4 alternately. Each attempt starts a
 * short time after the previous one, and the first that succeeds is used ("Happy Eyeballs", RFC 8305). With `{ path }`
 * or `{ abstract }` it connects a Unix stream socket.
 *
 * @param address `{ host, port }`, `{ port }` (on this machine), `{ path }`, or the result of another socket's
 * `getsockname()`
 * @param options `sourceAddress`, `family`, `attemptDelay`, `timeout` (for the whole call), `signal`
 * @throws ResolverError if the host is unknown
 * @throws SocketError if its only address cannot be connected to; AggregateError with all errors if it has several
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
  const { attemptDelay = ATTEMPT_DELAY } = options;
  const delay = checkTimeout(attemptDelay, 'options.attemptDelay') ?? NEVER;
  const source = checkSource(options);
  const started = performance.now();
  const left = (): number | null => remaining(timeout, started, `${host}:${port}`);
  const hints = hintsFor(options, family);
  const found = await getaddrinfo(host, port, { ...hints, signal, timeout });
  return race(interleave(found), delay, signal, (candidate, stop) =>
    attempt(candidate, source, socket =>
      socket.connect(candidate.address, { signal: stop, timeout: left() }),
    ),
  );
}

const KEYS = ['sourceAddress', 'family', 'attemptDelay'];

/** Returns the remaining time, or throws if there is none. */
function remaining(timeout: number | null, started: number, address: string): number | null {
  if (timeout === null) return null;
  const left = timeout - (performance.now() - started);
  if (left <= 0) throw timedOut('connect', timeout, { address });
  return left;
}

/**
 * Connects like {@link createConnection}, blocking, to one address after the other.
 *
 * @param options `sourceAddress`, `family`, and `timeout` for each attempt, which also becomes {@link Socket.timeout}
 * of the socket; the default timeout by default
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
  const hints = hintsFor(options, family);
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

const families: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  [undefined, 0],
  ['inet', AF_INET],
  ['inet6', AF_INET6],
]);

function checkAddress(address: ConnectionAddress): CheckedAddress {
  const { host = 'localhost', port, family } = address;
  checkHost(host, 'address.host');
  checkInteger(port, 'address.port', 0, 65535);
  const number = families.get(family);
  if (number === undefined) throw invalidValue('address.family', "must be 'inet' or 'inet6'", family);
  return { host, port, family: number };
}

/** Returns what to look up: addresses of the family in the options, or of that in the address. */
function hintsFor(
  { family }: AnyConnectionOptions,
  familyOfAddress: number,
): { family: number; type: number } {
  return { family: family === undefined ? familyOfAddress : family, type: SOCK_STREAM };
}

/** The properties of a source address, of either family. */
const SOURCE_KEYS = ['host', 'port', 'family', 'flowinfo', 'scopeId'];

function checkSource({ sourceAddress }: AnyConnectionOptions): SourceAddress | undefined {
  if (sourceAddress === undefined) return undefined;
  const argument = 'options.sourceAddress';
  checkOptionsObject(sourceAddress, SOURCE_KEYS, argument);
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
