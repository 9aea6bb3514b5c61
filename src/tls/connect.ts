import { isIP, type Socket as NodeSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { checkFunction, checkObject, invalidValue } from '../errors/argument.js';
import type { AnySocket } from '../net/any-socket.js';
import { checkInitialOptions, type InitialOptions } from '../net/birth.js';
import { Connecting } from '../net/connecting.js';
import { applyKeepAlive, applyNoDelay, type KeepAliveOptions } from '../net/connection-options.js';
import { type ConnectOptions, checkTarget, type Target } from '../net/target.js';
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { handshake } from './handshake.js';
import { Limit } from './limit.js';
import { checkTransport, streamOf, type TlsSocket, type TlsTransport } from './transport.js';

/** The options of `tls.connect()` that {@link ConnectTlsOptions} replaces. */
type Replaced = keyof ConnectOptions | keyof WaitOptions | 'socket' | 'onread';

/**
 * The options of {@link connectTls}: those of the connection, as in {@link ConnectOptions}, and those of
 * `tls.connect()`: `ca`, `cert`, `key`, `servername`, `ALPNProtocols`, `session`, `rejectUnauthorized`, ….
 */
export interface ConnectTlsOptions
  extends Omit<tls.ConnectionOptions, Replaced>,
    ConnectOptions,
    WaitOptions {
  /** An existing connection, instead of a port, a path or an address. It belongs to the result, also if the call fails. */
  readonly socket?: TlsTransport | undefined;
  /** Whether the sending direction stays open when the peer has ended its own; false by default. */
  readonly allowHalfOpen?: boolean | undefined;
  /** Whether to disable Nagle’s algorithm; false by default. */
  readonly noDelay?: boolean | undefined;
  /** Whether to send keepalive probes; false by default. */
  readonly keepAlive?: boolean | undefined;
  /** The idle time before the first keepalive probe, in milliseconds. */
  readonly keepAliveInitialDelay?: number | undefined;
  /** Addresses to which no connection is made. */
  readonly blockList?: { check(address: string, family?: 'ipv4' | 'ipv6'): boolean } | undefined;
  /**
   * Is called with each session that the server offers, for the `session` option of a later call. With TLS 1.3 that is
   * after the handshake.
   */
  readonly onSession?: ((session: Buffer) => void) | undefined;
}

/**
 * Connects with TLS: it connects, does the handshake, and checks the certificate of the server. The server is told its name
 * (SNI), which is `host` unless there is a `servername`.
 *
 * ```ts
 * const socket = await connectTls({ host: 'example.org', port: 443, timeout: 5000 });
 * console.log(socket.remoteAddress, socket.getProtocol(), socket.handle?.getOption(tcp.info).rtt);
 * ```
 *
 * With `rejectUnauthorized: false`, the promise also resolves if the certificate is not valid. `authorized` and
 * `authorizationError` then say so.
 *
 * @param options `port`, `path`, `address` or `socket`, and options of the connection and of TLS. `timeout` is the limit for
 * the whole call, in milliseconds; `signal` ends the call, and not the connection after it
 * @returns the connection, which is encrypted and whose server is authenticated
 * @throws TypeError or RangeError for invalid arguments
 * @throws SocketError `ECONNREFUSED`, …, in the form of `node:net`
 * @throws Error with Node’s codes if the handshake fails or the certificate is not valid:
 * `DEPTH_ZERO_SELF_SIGNED_CERT`, `CERT_HAS_EXPIRED`, `ERR_TLS_CERT_ALTNAME_INVALID`, `ERR_SSL_…`. The connection is closed
 * @throws TimeoutError if the timeout has passed
 */
export async function connectTls(options: ConnectTlsOptions): Promise<TlsSocket> {
  const plan = checkPlan(options);
  const limit = new Limit(plan.wait, 'connect', plan.peer);
  try {
    const stream = await plan.open(limit.stop);
    return await handshake(stream, limit.stop, socket => start(plan, socket));
  } finally {
    limit.end();
  }
}

/** The checked options of a call. */
interface Plan {
  readonly wait: WaitOptions;
  /** The peer in a TimeoutError. */
  readonly peer: { readonly address?: string; readonly port?: number };
  readonly tls: tls.ConnectionOptions;
  readonly allowHalfOpen: boolean;
  readonly onSession: ConnectTlsOptions['onSession'];
  /** Returns the connection. */
  open(stop: AbortSignal): Promise<Duplex>;
}

function checkPlan(options: ConnectTlsOptions): Plan {
  const given = { ...(checkObject(options, 'options') as ConnectTlsOptions) };
  const { signal, timeout, allowHalfOpen = false, onSession, checkServerIdentity, socket } = given;
  const wait = checkWaitOptions({ signal, timeout });
  if (onSession !== undefined) checkFunction(onSession, 'options.onSession');
  if (checkServerIdentity !== undefined) checkFunction(checkServerIdentity, 'options.checkServerIdentity');
  const open = socket === undefined ? connecting(given) : passed(socket);
  return {
    ...{ wait, onSession, open, allowHalfOpen: Boolean(allowHalfOpen) },
    peer: peerOf(given),
    tls: tlsOptions(given),
  };
}

function peerOf({ host, port, path }: ConnectTlsOptions): Plan['peer'] {
  if (path !== undefined) return { address: path };
  return port === undefined ? {} : { address: host ?? 'localhost', port: Number(port) };
}

/** The options of the connection, which `tls.connect()` must not see. */
const OURS = ['options', 'address', 'protocol', 'path', 'lookup', 'signal', 'timeout', 'onSession', 'port'];

function tlsOptions(given: ConnectTlsOptions): tls.ConnectionOptions {
  const host = given.host ?? (given.port === undefined ? undefined : 'localhost');
  const servername = given.servername ?? (host === undefined || isIP(host) ? undefined : host);
  checkIdentity(given, servername ?? host);
  const rest = Object.entries(given).filter(([name, value]) => !OURS.includes(name) && value !== undefined);
  const names = { ...(host && { host }), ...(servername && { servername }) };
  const options: tls.ConnectionOptions = { ...Object.fromEntries(rest), ...names };
  // Made here, so that an invalid key or certificate is reported before there is a connection.
  return { secureContext: tls.createSecureContext(options), ...options };
}

/** Refuses a call that would compare the certificate with `localhost`, as `tls.connect()` does without a name. */
function checkIdentity(given: ConnectTlsOptions, name: string | undefined): void {
  const { rejectUnauthorized, checkServerIdentity, servername } = given;
  if (name !== undefined || rejectUnauthorized === false || checkServerIdentity !== undefined) return;
  const reason = 'must be the name that the certificate of the server has, because there is no host';
  throw invalidValue('options.servername', reason, servername);
}

function passed(socket: TlsTransport): Plan['open'] {
  const convert = checkTransport(socket, 'options.socket');
  return async stop => {
    const stream = convert();
    if (!stop.aborted) return stream;
    stream.destroy();
    throw stop.reason;
  };
}

function connecting(given: ConnectTlsOptions): Plan['open'] {
  const target = checkTarget(given as Readonly<Record<string, unknown>>);
  const setUp = checkInitialOptions(given as InitialOptions);
  const { noDelay, keepAlive, keepAliveInitialDelay: initialDelay, blockList } = given;
  return async stop => {
    const socket = await connect(target, { setUp, blockList: blockList as never }, stop);
    if (noDelay) applyNoDelay(socket, true);
    if (keepAlive) applyKeepAlive(socket, { enable: true, initialDelay } as KeepAliveOptions);
    return streamOf(socket);
  };
}

const ignore = (): void => {};

function connect(
  target: Target,
  { setUp, blockList }: Pick<ConstructorParameters<typeof Connecting>[1], 'setUp' | 'blockList'>,
  stop: AbortSignal,
): Promise<AnySocket> {
  const attempt = new Connecting(target, {
    ...{ setUp, blockList, bound: undefined },
    ...{ emitSafely: ignore, onAddresses: ignore, onActivity: ignore },
  });
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      attempt.cancel();
      reject(stop.reason);
    };
    if (stop.aborted) onAbort();
    else stop.addEventListener('abort', onAbort, { once: true });
    if (stop.aborted) return;
    attempt.start().then(socket => {
      if (stop.aborted) socket.close();
      else resolve(socket);
    }, reject);
  });
}

function start({ tls: options, allowHalfOpen, onSession }: Plan, socket: Duplex): tls.TLSSocket {
  const secure = tls.connect({ ...options, socket: socket as NodeSocket });
  secure.allowHalfOpen = allowHalfOpen; // a TLSSocket has that of the stream under it
  if (onSession !== undefined) secure.on('session', onSession);
  return secure;
}
