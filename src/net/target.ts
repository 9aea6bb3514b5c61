/** The checked arguments of `connect`: what to connect to. */

import dns, { type LookupOptions } from 'node:dns';
import {
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  isIP,
  type LookupFunction,
} from 'node:net';
import type { AddressInput, FamilyName } from '../address/address.js';
import { driverNamed } from '../address/registry.js';
import { checkObject } from '../errors/argument.js';
import { checkPort, wrongType } from '../errors/node-errors.js';
// The families register themselves. This entry point can be imported without `berkeley`.
import { AF_INET } from '../families/inet/constants.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import type { InitialOptions } from './birth.js';
import { checkInt32, checkType, type FailedAddress, invalidIp, netError, wrongValue } from './errors.js';

/** The options of {@link connect} and {@link Socket.connect}. One of `port`, `path` and `address` is required. */
export interface ConnectOptions extends InitialOptions {
  /** The port, as a number or a decimal string. */
  readonly port?: number | string | undefined;
  /** A host name or a numeric address; `'localhost'` by default. */
  readonly host?: string | undefined;
  /** The path of a Unix socket; a name in the abstract namespace begins with `\0`. */
  readonly path?: string | undefined;
  /**
   * An address of any family that has stream sockets: `{ family: 'vsock', cid: 2, port: 1024 }`. `node:net` does not have
   * this option.
   */
  readonly address?: ({ readonly family: FamilyName } & object) | undefined;
  /** The protocol number: `IPPROTO_MPTCP`, for example. TCP by default. `node:net` does not have this option. */
  readonly protocol?: number | undefined;
  /** Use only IPv4 (4) or IPv6 (6) addresses of the host; 0, both, by default. */
  readonly family?: number | 'IPv4' | 'IPv6' | undefined;
  /** Flags for the lookup: see `dns.lookup()`. */
  readonly hints?: number | undefined;
  /** Replaces `dns.lookup()`. */
  readonly lookup?: LookupFunction | undefined;
  /** The local address to connect from. */
  readonly localAddress?: string | undefined;
  /** The local port to connect from. */
  readonly localPort?: number | undefined;
  /**
   * Whether to connect to all addresses of the host, IPv6 and IPv4 alternately, until one accepts. By default that of
   * `node:net`, which is true.
   */
  readonly autoSelectFamily?: boolean | undefined;
  /** The time before the next address is tried, in milliseconds; at least 10. By default that of `node:net`. */
  readonly autoSelectFamilyAttemptTimeout?: number | undefined;
}

/** One address to connect to. */
export interface Candidate {
  /** The number of the family. */
  readonly family: number;
  readonly protocol: number;
  readonly address: AddressInput<never>;
  /** The address in events and errors. */
  readonly label: FailedAddress;
  /** 4 or 6 for IP addresses. */
  readonly version?: 4 | 6;
}

/** A host to look up, with everything that the attempts need. */
export interface HostTarget {
  readonly host: string;
  readonly port: number;
  readonly protocol: number;
  /** The host of the options, for errors. */
  readonly given: Readonly<{ host: unknown; port: unknown }>;
  readonly lookup: LookupFunction;
  readonly lookupOptions: LookupOptions;
  /** The time before the next address is tried; `undefined` to use only one address. */
  readonly attemptDelay: number | undefined;
}

/** What to connect to: one address, or a host. */
export interface Target {
  readonly to: Candidate | HostTarget;
  readonly local?: LocalAddress | undefined;
}

/** The local address of the options. */
export interface LocalAddress {
  readonly address: string | undefined;
  readonly port: number;
}

type Options = Readonly<Record<string, unknown>>;

/** Checks the options of `connect`. */
export function checkTarget(options: Options): Target {
  const { port, path, address, protocol = 0 } = options;
  const number = checkInt32(protocol, 'options.protocol', 0);
  if (address !== undefined) return { to: addressCandidate(address, number) };
  if (port === undefined && (path === undefined || path === null)) throw netError('ERR_MISSING_ARGS');
  if (path) {
    checkType(path, 'options.path', 'string');
    return { to: pathCandidate(path as string, number) };
  }
  return checkHost(options, number);
}

function addressCandidate(value: unknown, protocol: number): Candidate {
  const address = checkObject(value, 'options.address') as AddressInput<never> & { family?: unknown };
  const { family } = address;
  checkType(family, 'options.address.family', 'string');
  const driver = driverNamed(family as unknown as string);
  if (driver === undefined)
    throw wrongValue('options.address.family', family, 'must be the name of an address family');
  if (driver.resolve === undefined) driver.encode(address as never); // names are checked when they are resolved
  return { family: driver.number, protocol, address, label: driver.describe(address as never) };
}

/** Returns the address of a Unix path as Node writes it. */
export function unixAddress(path: string): AddressInput<'unix'> {
  return path.startsWith('\0') ? { abstract: path.slice(1) } : { path };
}

function pathCandidate(path: string, protocol: number): Candidate {
  return { family: AF_UNIX, protocol, address: unixAddress(path) as never, label: { address: path } };
}

/** Returns the candidate of a numeric address. */
export function ipCandidate(address: string, version: 4 | 6, port: number, protocol: number): Candidate {
  return {
    family: version === 6 ? AF_INET6 : AF_INET,
    protocol,
    address: { host: address, port } as never,
    label: { address, port },
    version,
  };
}

function checkHost(options: Options, protocol: number): Target {
  const host = (options.host || 'localhost') as string;
  const { localAddress, localPort, lookup } = options;
  if (localAddress && !isIP(localAddress as string)) throw invalidIp(localAddress);
  if (localPort) checkType(localPort, 'options.localPort', 'number');
  if (typeof options.port !== 'number' && typeof options.port !== 'string')
    throw wrongType('options.port', 'one of type number or string', options.port);
  const port = checkPort(options.port, 'Port', true);
  const attemptDelay = attemptDelayOf(options);
  const local =
    localAddress || localPort
      ? { address: localAddress as string | undefined, port: Number(localPort ?? 0) }
      : undefined;
  const version = isIP(host);
  if (version !== 0) return { to: ipCandidate(host, version as 4 | 6, port, protocol), local };
  if (lookup !== undefined && lookup !== null) checkType(lookup, 'options.lookup', 'function');
  const lookupOptions = lookupOptionsOf(options);
  const given = { host: options.host, port: options.port };
  const isAuto = attemptDelay !== undefined && !lookupOptions.family && !localAddress;
  const to: HostTarget = {
    ...{ host, port, protocol, given },
    lookup: (lookup ?? dns.lookup) as LookupFunction,
    lookupOptions: isAuto ? { ...lookupOptions, all: true } : lookupOptions,
    attemptDelay: isAuto ? attemptDelay : undefined,
  };
  return { to, local };
}

const SHORTEST = 10;

/** Returns the time before the next address is tried; `undefined` if only one address is used. */
function attemptDelayOf({ autoSelectFamily, autoSelectFamilyAttemptTimeout }: Options): number | undefined {
  if (autoSelectFamily !== undefined && autoSelectFamily !== null)
    checkType(autoSelectFamily, 'options.autoSelectFamily', 'boolean');
  const isGiven = autoSelectFamilyAttemptTimeout !== undefined && autoSelectFamilyAttemptTimeout !== null;
  if (isGiven) checkInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  if (!(autoSelectFamily ?? getDefaultAutoSelectFamily())) return undefined;
  return isGiven
    ? Math.max(SHORTEST, autoSelectFamilyAttemptTimeout as number)
    : getDefaultAutoSelectFamilyAttemptTimeout();
}

const versions: ReadonlyMap<unknown, number> = new Map([
  ['IPv4', 4],
  ['IPv6', 6],
]);

function lookupOptionsOf({ family, hints }: Options): LookupOptions {
  const version = (versions.get(family) ?? family) as number;
  const isOne = version === 4 || version === 6;
  const flags = (hints as number) || (isOne || process.platform === 'win32' ? 0 : dns.ADDRCONFIG);
  return { family: version, hints: flags };
}
