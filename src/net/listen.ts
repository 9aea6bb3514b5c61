/** The forms of `listen`: what to listen on, and the listening socket. */

import { chmodSync, statSync } from 'node:fs';
import type { FamilyName } from '../address/address.js';
import { driverNamed } from '../address/registry.js';
import { checkObject, checkSignal, isInstance } from '../errors/argument.js';
import { EINVAL } from '../errors/codes.js';
import { SocketError } from '../errors/errors.js';
import { checkPort, wrongType } from '../errors/node-errors.js';
import { fromfd } from '../socket/functions.js';
import { Socket } from '../socket/socket.js';
import { type SocketHandle, socketOfDescriptor, socketOfHandle } from './adopt.js';
import type { AnySocket } from './any-socket.js';
import { isPath, type Normalized, toNumber } from './arguments.js';
import { checkInitialOptions, hasInitialOptions, type InitialOptions, type Setup } from './birth.js';
import { BoundSocket } from './bound-socket.js';
import { checkInt32, listenError, wrongValue } from './errors.js';
import { bindServer, type IpPlace, type Place } from './place.js';

/** The options of {@link Server.listen}. One of `port`, `path`, `address`, `fd` and `handle` is required. */
export interface ListenOptions extends InitialOptions {
  /** The port, as a number or a decimal string; 0 lets the kernel choose. */
  readonly port?: number | string | null | undefined;
  /** A numeric address or host name; all addresses of IPv6 and IPv4 by default. */
  readonly host?: string | undefined;
  /** The path of a Unix socket; a name in the abstract namespace begins with `\0`. */
  readonly path?: string | undefined;
  /**
   * An address of any family that has stream sockets: `{ family: 'vsock', cid: VMADDR_CID_ANY, port: 1024 }`. `node:net`
   * does not have this option.
   */
  readonly address?: ({ readonly family: FamilyName } & object) | undefined;
  /** The protocol number: `IPPROTO_MPTCP`, for example. TCP by default. `node:net` does not have this option. */
  readonly protocol?: number | undefined;
  /** The descriptor of a bound socket. */
  readonly fd?: number | undefined;
  /** A bound socket: a Socket of `berkeley` or a {@link BoundSocket}. */
  readonly handle?: SocketHandle | undefined;
  /** The maximum number of connections that wait to be accepted; 511 by default. */
  readonly backlog?: number | undefined;
  /**
   * Whether a worker of a cluster listens on a socket of its own, instead of sharing that of the primary process; false by
   * default. It is implied by `reusePort`, and by the options that `node:net` does not have.
   */
  readonly exclusive?: boolean | undefined;
  /** Whether a server on `::` refuses IPv4 clients; false by default. */
  readonly ipv6Only?: boolean | undefined;
  /** Sets `SO_REUSEPORT`: several servers share the port. False by default. */
  readonly reusePort?: boolean | undefined;
  /** Lets all users read from the path; false by default. */
  readonly readableAll?: boolean | undefined;
  /** Lets all users write to the path, and so connect; false by default. */
  readonly writableAll?: boolean | undefined;
  /** Closes the server when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** A host to look up before listening. */
export interface HostPlace extends Omit<IpPlace, 'address' | 'version'> {
  readonly host: string;
}

/** An existing socket. */
export interface ExistingPlace {
  readonly socket: () => AnySocket;
  /** Its descriptor, if it was given as a number. In a worker of a cluster it is one of the primary process. */
  readonly fd?: number;
}

/** The checked arguments of `listen`. */
export interface ListenPlan {
  readonly on: Place | HostPlace | ExistingPlace | 'everything';
  readonly backlog: number | undefined;
  readonly setUp: Setup;
  readonly signal: AbortSignal | undefined;
  /** The port and other fields of a server on all addresses. */
  readonly ip: Omit<IpPlace, 'address' | 'version'>;
  readonly mode: number;
  /** Whether a worker of a cluster does not ask its primary process. */
  readonly isExclusive: boolean;
}

type Options = Readonly<Record<string, unknown>>;

const READABLE = 0o444;
const WRITABLE = 0o222;

/** Checks the arguments of `listen`. */
export function checkListen(args: readonly unknown[], { options }: Normalized): ListenPlan {
  const [first, second, third] = args;
  const fromArguments =
    (args.length > 1 && toNumber(second)) || (args.length > 2 && toNumber(third)) || undefined;
  const { readableAll, writableAll, ipv6Only, reusePort, protocol = 0, backlog } = options;
  if (options.signal !== undefined && !isSignal(options.signal))
    throw wrongType('options.signal', 'an instance of AbortSignal', options.signal);
  const isAny =
    args.length === 0 || typeof first === 'function' || ('port' in options && options.port == null);
  const port = isAny ? 0 : options.port;
  const isPort = typeof port === 'number' || typeof port === 'string';
  const ip = {
    port: isPort && !hasSocket(options) ? checkPort(port, 'options.port', true) : 0,
    ipv6Only: ipv6Only === true,
    reusePort: reusePort === true,
    protocol: checkInt32(protocol, 'options.protocol', 0),
  };
  return {
    on: placeOf(options, isPort, ip),
    backlog: ((backlog as number) || fromArguments) as number | undefined,
    setUp: checkInitialOptions(isOptions(options) ? (options as InitialOptions) : {}),
    signal: options.signal as AbortSignal | undefined,
    ip,
    mode: (readableAll === true ? READABLE : 0) | (writableAll === true ? WRITABLE : 0),
    isExclusive: isExclusive(options, ip.protocol),
  };
}

/** Returns whether a worker opens the socket itself. The primary process has Node's own server, which lacks our options. */
function isExclusive(options: Options, protocol: number): boolean {
  if (options.exclusive || options.reusePort === true || protocol !== 0) return true;
  return (
    !isOptions(options) || Boolean(options.handle) || Boolean(options._handle) || hasInitialOptions(options)
  );
}

const isSignal = (value: unknown): boolean => {
  try {
    checkSignal(value, 'signal');
    return true;
  } catch {
    return false;
  }
};

/** Returns whether an object has options, and is not a socket. */
const isOptions = (value: unknown): boolean => !isInstance(value, Socket) && !isInstance(value, BoundSocket);

/** Returns whether `listen` uses an existing socket. */
function hasSocket(options: Options): boolean {
  if (!isOptions(options) || options.handle) return true;
  return typeof options.fd === 'number' && options.fd >= 0;
}

function placeOf(options: Options, isPort: boolean, ip: ListenPlan['ip']): ListenPlan['on'] {
  if (!isOptions(options)) return { socket: () => socketOfHandle(options) };
  if (options.handle) return { socket: () => socketOfHandle(options.handle) };
  const node = (options._handle as { fd?: unknown } | undefined)?.fd; // a server or socket of Node.js
  if (typeof node === 'number' && node >= 0) return { socket: () => fromfd(node) };
  if (typeof options.fd === 'number' && options.fd >= 0)
    return { socket: () => socketOfDescriptor(options.fd), fd: options.fd };
  if (options.address !== undefined) return otherPlace(options.address, ip.protocol ?? 0);
  if (isPort) return options.host ? { ...ip, host: options.host as string } : 'everything';
  if (options.path && isPath(options.path)) return pathPlace(options);
  if (!('port' in options || 'path' in options))
    throw wrongValue('options', options, 'must have the property "port" or "path"');
  throw wrongValue('options', options);
}

function pathPlace(options: Options): Place {
  const path = options.path as string;
  // The message is that of Node.js, including its spelling.
  if (path.startsWith('\0') && (options.readableAll || options.writableAll)) {
    const reason = 'can not set readableAll or writableAllt to true when path is abstract unix socket';
    throw wrongValue('options', options, reason);
  }
  return { path, address: path, port: -1 };
}

function otherPlace(value: unknown, protocol: number): Place {
  const other = checkObject(value, 'options.address') as { family?: unknown };
  const driver = typeof other.family === 'string' ? driverNamed(other.family) : undefined;
  if (driver === undefined)
    throw wrongValue('options.address.family', other.family, 'must be the name of an address family');
  if (driver.resolve === undefined) driver.encode(other as never);
  return { family: driver.number, other, protocol, ...driver.describe(other as never) };
}

/**
 * Opens the listening socket.
 *
 * @throws SocketError in the form of `node:net`
 */
export function openListener(on: Exclude<ListenPlan['on'], HostPlace>, plan: ListenPlan): AnySocket {
  if (on === 'everything') return openEverywhere(plan);
  if ('socket' in on) return listenOn(existing(on.socket), plan, { address: null });
  return withError(on, () => {
    const socket = listenOn(bindServer(on, plan.setUp), plan, on);
    if (plan.mode !== 0 && on.path !== undefined) chmodSync(on.path, statSync(on.path).mode | plan.mode);
    return socket;
  });
}

function existing(open: () => AnySocket): AnySocket {
  try {
    return open();
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_INVALID_FD_TYPE')
      throw listenError(EINVAL, { address: null });
    throw error;
  }
}

/** Listens on all IPv6 and IPv4 addresses, or only on those of IPv4 if there is no IPv6. */
function openEverywhere(plan: ListenPlan): AnySocket {
  const six: IpPlace = { ...plan.ip, address: '::', version: 6 };
  const four: IpPlace = { ...plan.ip, address: '0.0.0.0', version: 4, ipv6Only: false };
  try {
    return openListener(six, plan);
  } catch (error) {
    if (!NO_IPV6.includes((error as { code?: string }).code ?? '')) throw error;
    return openListener(four, plan);
  }
}

/** The errors of a machine without IPv6. */
const NO_IPV6 = ['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL', 'EPROTONOSUPPORT'];

/** As in Node.js, one less than a power of two: the kernel adds 1 and rounds up. */
const BACKLOG = 511;

function listenOn(
  socket: AnySocket,
  { backlog = BACKLOG }: ListenPlan,
  place: { address?: string | null | undefined },
): AnySocket {
  try {
    withError(place, () => socket.listen(backlog));
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function withError<T>(
  place: { address?: string | null | undefined; port?: number | undefined },
  run: () => T,
): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    throw listenError(error.errno, { address: place.address, port: place.port });
  }
}
