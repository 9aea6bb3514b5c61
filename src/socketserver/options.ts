import { availableParallelism } from 'node:os';
import type { WorkerOptions } from 'node:worker_threads';
import type { Family } from '../constants/kinds.js';
import {
  checkBoolean,
  checkInteger,
  checkObject,
  checkSignal,
  checkTimeout,
  invalidValue,
} from '../errors/argument.js';
import { checkOptionKeys } from '../reactor/wait-options.js';
import { checkBacklog } from '../socket/names.js';
import { checkFamily } from '../socket/open.js';
import type { AnyKind } from './kinds.js';
import type { ServerFamily } from './request.js';

/** The options of all servers. */
export interface ServerOptions<F extends ServerFamily = ServerFamily> {
  /** The family of the socket; by default that of the address. */
  readonly addressFamily?: Family<F> | undefined;
  /**
   * Sets `SO_REUSEADDR`. True by default for {@link TCPServer}, so that a restarted server can bind while old connections are
   * in `TIME_WAIT`; false for the others, and on Windows.
   */
  readonly allowReuseAddress?: boolean | undefined;
  /** Sets `SO_REUSEPORT`: several sockets share the port, and the kernel distributes requests. False by default. */
  readonly allowReusePort?: boolean | undefined;
  /** Whether the constructor calls `serverBind()` and `serverActivate()`. True by default. */
  readonly bindAndActivate?: boolean | undefined;
  /**
   * Whether {@link BaseServer.serverClose} waits for the requests that are being handled. True by default.
   */
  readonly blockOnClose?: boolean | undefined;
  /**
   * The maximum number of requests that are handled at the same time. Others wait in the backlog or in the receive buffer. No
   * limit by default; 1 handles one request at a time, as Python's servers without a mix-in do.
   */
  readonly maxRequests?: number | undefined;
  /** The limit of {@link BaseServer.handleRequest} in milliseconds; `null`, no limit, by default. */
  readonly timeout?: number | null | undefined;
  /** The number of threads, if the handler is a module. By default one for each processor. */
  readonly workers?: number | undefined;
  /** Options of the threads: `env`, `execArgv`, `resourceLimits`, `workerData`, … */
  readonly workerOptions?: WorkerOptions | undefined;
}

/** The options of stream servers. */
export interface StreamServerOptions<F extends ServerFamily = ServerFamily> extends ServerOptions<F> {
  /** The maximum number of connections that wait to be accepted; 128 by default. See `Socket.listen()`. */
  readonly requestQueueSize?: number | undefined;
}

/** The options of datagram servers. */
export interface DatagramServerOptions<F extends ServerFamily = ServerFamily> extends ServerOptions<F> {
  /** The maximum number of bytes per datagram; the rest is discarded. 65,536 by default. */
  readonly maxPacketSize?: number | undefined;
}

/** The options of {@link BaseServer.serveForever}. */
export interface ServeForeverOptions {
  /** Ends the loop: the promise is rejected with the signal's reason. {@link BaseServer.shutdown} ends it without an error. */
  readonly signal?: AbortSignal | undefined;
  /** The interval of {@link BaseServer.serviceActions} in milliseconds, if a subclass defines it; 500 by default. */
  readonly pollInterval?: number | undefined;
}

/** The options of {@link BaseServer.serverClose}. */
export interface ServerCloseOptions {
  /** The time after which requests that are still being handled are ended, in milliseconds; no limit by default. */
  readonly timeout?: number | null | undefined;
}

/** The checked options of a server. */
export interface CheckedOptions {
  readonly addressFamily: number | undefined;
  readonly allowReuseAddress: boolean;
  readonly allowReusePort: boolean;
  readonly bindAndActivate: boolean;
  readonly blockOnClose: boolean;
  readonly maxRequests: number;
  readonly timeout: number | null;
  readonly requestQueueSize: number | undefined;
  readonly maxPacketSize: number;
  readonly workers: number;
  readonly workerOptions: WorkerOptions;
}

const COMMON: readonly string[] = [
  'addressFamily',
  'allowReuseAddress',
  'allowReusePort',
  'bindAndActivate',
  'blockOnClose',
  'maxRequests',
  'timeout',
  'workers',
  'workerOptions',
];

/** The largest datagram, and the default size of the memory for one. */
const PACKET = 65536;

const MOST = 0x7fffffff;

/** The largest time of a timer. */
const LONGEST = 0x7fffffff;

const DEFAULT_POLL_INTERVAL = 500;

function booleanOf(value: unknown, name: string, absent: boolean): boolean {
  return value === undefined ? absent : checkBoolean(value, `options.${name}`);
}

function integerOf<T>(value: unknown, name: string, least: number, absent: T): number | T {
  return value === undefined ? absent : checkInteger(value, `options.${name}`, least, MOST);
}

/** @param isModule whether the handler is a module, which runs in threads */
export function checkServerOptions(options: object, kind: AnyKind, isModule: boolean): CheckedOptions {
  const { listens } = kind.transport;
  checkOptionKeys(options, COMMON, [listens ? 'requestQueueSize' : 'maxPacketSize']);
  const given = options as StreamServerOptions & DatagramServerOptions;
  const { addressFamily, requestQueueSize, maxRequests, timeout = null } = given;
  if (requestQueueSize !== undefined) checkBacklog(requestQueueSize, 'options.requestQueueSize');
  return {
    addressFamily: addressFamily === undefined ? undefined : familyOf(addressFamily, kind),
    allowReuseAddress: booleanOf(given.allowReuseAddress, 'allowReuseAddress', kind.reuseAddress),
    allowReusePort: booleanOf(given.allowReusePort, 'allowReusePort', false),
    bindAndActivate: booleanOf(given.bindAndActivate, 'bindAndActivate', true),
    blockOnClose: booleanOf(given.blockOnClose, 'blockOnClose', true),
    maxRequests:
      maxRequests === Number.POSITIVE_INFINITY
        ? maxRequests
        : integerOf(maxRequests, 'maxRequests', 1, Number.POSITIVE_INFINITY),
    timeout: checkTimeout(timeout, 'options.timeout'),
    requestQueueSize,
    maxPacketSize: integerOf(given.maxPacketSize, 'maxPacketSize', 0, PACKET),
    ...checkWorkers(given, isModule),
  };
}

function familyOf(value: unknown, { name, families }: AnyKind): number {
  const family = checkFamily(value as never, 'options.addressFamily');
  if (families.includes(family)) return family;
  throw invalidValue('options.addressFamily', `must be a family of ${name}`, value);
}

function checkWorkers(
  { workers, workerOptions }: ServerOptions,
  isModule: boolean,
): Pick<CheckedOptions, 'workers' | 'workerOptions'> {
  for (const [name, value] of Object.entries({ workers, workerOptions }))
    if (!isModule && value !== undefined)
      throw invalidValue(`options.${name}`, 'needs the URL of a module as the handler', value);
  return {
    workers: isModule ? (integerOf(workers, 'workers', 1, undefined) ?? availableParallelism()) : 0,
    workerOptions: checkObject(workerOptions ?? {}, 'options.workerOptions') as WorkerOptions,
  };
}

export function checkServeForever(options: ServeForeverOptions): Required<ServeForeverOptions> {
  checkOptionKeys(options, ['signal', 'pollInterval']);
  const { signal, pollInterval } = options;
  return {
    signal: checkSignal(signal, 'options.signal'),
    pollInterval:
      pollInterval === undefined
        ? DEFAULT_POLL_INTERVAL
        : checkInteger(pollInterval, 'options.pollInterval', 1, LONGEST),
  };
}

export function checkServerClose(options: ServerCloseOptions): number | null {
  checkOptionKeys(options, ['timeout']);
  const { timeout = null } = options;
  return checkTimeout(timeout, 'options.timeout');
}
