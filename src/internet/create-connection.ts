import type { AddressInput, AddressOf } from '../address/address.js';
import { SOCK_STREAM } from '../constants/socket.js';
import { checkInteger, checkObject, checkText, checkTimeout } from '../errors/argument.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type AddressInfo, getaddrinfo, getaddrinfoSync } from '../resolver/getaddrinfo.js';
import { checkWait } from '../socket/handle.js';
import { Socket } from '../socket/socket.js';
import { allErrors, interleave, race } from './race.js';

/** A TCP connection, of whichever family the host turned out to have. */
export type InternetSocket = Socket<'inet' | 'inet6'>;

/** Where {@link createConnection} goes. */
export interface Destination {
  /** A host name or a number. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

/** How {@link createConnectionSync} goes about it. */
export interface ConnectionOptions {
  /** An address of this machine to connect from; host `''` and port 0 leave the choice to the kernel. */
  readonly sourceAddress?: Destination | undefined;
  /** `AF_INET` or `AF_INET6` to use only that; 0, both, by default. */
  readonly family?: number | undefined;
  /** Milliseconds: for each attempt and then {@link Socket.timeout} of the socket (Sync), or in all (promise). */
  readonly timeout?: number | null | undefined;
}

/** How {@link createConnection} goes about it. */
export interface RacingOptions extends ConnectionOptions, WaitOptions {
  /** Milliseconds that an address has before the next is tried beside it; 250 by default (RFC 8305 section 8). */
  readonly attemptDelay?: number | undefined;
}

const ATTEMPT_DELAY = 250;
/** The longest that Node's timers count. */
const NEVER = 2 ** 31 - 1;

/**
 * Connects a TCP socket to a host by name, trying all its addresses: IPv6 and IPv4 by turns, each with a little start
 * on the next, and the first that answers wins ("Happy Eyeballs", RFC 8305).
 *
 * @throws ResolverError if the host is not known
 * @throws SocketError if its one address cannot be connected to; AggregateError of all of them if it has several
 */
export async function createConnection(
  address: Destination,
  options: RacingOptions = {},
): Promise<InternetSocket> {
  const { host, port } = checkDestination(address);
  const wait = checkWait(checkOptions(options));
  const delay = checkTimeout(options.attemptDelay ?? ATTEMPT_DELAY, 'options.attemptDelay') ?? NEVER;
  const deadline = wait.timeout ? performance.now() + wait.timeout : undefined;
  const left = (): number | null =>
    deadline === undefined ? null : Math.max(1, deadline - performance.now());

  const { signal, timeout } = wait;
  const hints = { family: options.family ?? 0, type: SOCK_STREAM };
  const found = await getaddrinfo(host, port, { ...hints, signal, timeout });
  return race(interleave(found), delay, async (candidate, lost) => {
    const signal = wait.signal === undefined ? lost : AbortSignal.any([lost, wait.signal]);
    return attempt(candidate, options, socket =>
      socket.connect(candidate.address, { signal, timeout: left() }),
    );
  });
}

/**
 * The same in this thread, one address after the other.
 *
 * @param options `timeout`: the mode that the socket connects in, and keeps; the default timeout by default
 * @throws ResolverError, SocketError, AggregateError as {@link createConnection}
 */
export function createConnectionSync(address: Destination, options: ConnectionOptions = {}): InternetSocket {
  const { host, port } = checkDestination(address);
  const { timeout } = checkOptions(options);
  if (timeout !== undefined) checkTimeout(timeout, 'options.timeout');
  const errors: unknown[] = [];
  for (const candidate of getaddrinfoSync(host, port, { family: options.family ?? 0, type: SOCK_STREAM })) {
    const socket = openSocket(candidate);
    try {
      if (timeout !== undefined) socket.timeout = timeout;
      bindSource(socket, options.sourceAddress);
      socket.connectSync(candidate.address);
      return socket;
    } catch (error) {
      socket.close();
      errors.push(error);
    }
  }
  throw allErrors(errors);
}

function checkDestination(address: Destination): Destination {
  checkObject(address, 'address');
  checkText(address.host, 'address.host');
  checkInteger(address.port, 'address.port', 0, 65535);
  return address;
}

function checkOptions<O extends ConnectionOptions>(options: O): O {
  checkObject(options, 'options');
  if (options.sourceAddress !== undefined) checkObject(options.sourceAddress, 'options.sourceAddress');
  return options;
}

function openSocket({ family, type, protocol }: AddressInfo): InternetSocket {
  return new Socket(family, type, protocol);
}

function bindSource(socket: InternetSocket, source: Destination | undefined): void {
  if (source !== undefined) socket.bind(source as AddressInput<'inet' | 'inet6'>);
}

async function attempt(
  candidate: AddressInfo & { address: AddressOf<'inet' | 'inet6'> },
  { sourceAddress }: RacingOptions,
  connect: (socket: InternetSocket) => Promise<void>,
): Promise<InternetSocket> {
  const socket = openSocket(candidate);
  try {
    bindSource(socket, sourceAddress);
    await connect(socket);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}
