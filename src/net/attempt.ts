/** One attempt to connect: opens a socket, binds it to the local address, and connects it. */
import type { AddressInput } from '../address/address.js';
import { SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET } from '../constants/socket.js';
import { SocketError } from '../errors/errors.js';
import { Socket } from '../socket/socket.js';
import type { AnySocket } from './any-socket.js';
import type { Setup } from './birth.js';
import { callError, type FailedAddress } from './errors.js';
import type { Candidate, LocalAddress } from './target.js';

/** What all attempts of one `connect` share. */
export interface AttemptContext {
  readonly local: LocalAddress | undefined;
  /** Sets the initial options. */
  readonly setUp: Setup;
  /** A socket that the program has already bound, which is used instead of a new one. */
  readonly bound: AnySocket | undefined;
  /** Is called between bind and connect. */
  onStart(candidate: Candidate): void;
  /** Is called when connect(2) has failed. `isImmediate`: the kernel refused the address immediately. */
  onFailure(candidate: Candidate, error: Error, isImmediate: boolean): void;
}

/** The errors of connect(2) that Linux returns immediately. libuv passes them to Node.js as the result of the call. */
const IMMEDIATE = ['EACCES', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'ENETUNREACH', 'EPERM'];

/** Connects to a candidate. Rejects with an error in the form of `node:net`. */
export async function attempt(
  candidate: Candidate,
  context: AttemptContext,
  signal: AbortSignal,
): Promise<AnySocket> {
  const socket =
    context.bound ?? new Socket(candidate.family as never, SOCK_STREAM, candidate.protocol as never);
  try {
    context.setUp(socket);
    const local = bindLocal(socket, candidate, context.local);
    context.onStart(candidate);
    await connect(socket, candidate, local, context, signal);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

const ANY = { 4: '0.0.0.0', 6: '::' } as const;

/** Binds the socket to the local address of the options. Returns it for errors, if it is complete. */
function bindLocal(
  socket: AnySocket,
  { version }: Candidate,
  local: LocalAddress | undefined,
): FailedAddress['local'] {
  if (local === undefined || version === undefined) return undefined;
  const { address = ANY[version], port } = local;
  try {
    if (process.platform !== 'win32') socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1); // as libuv does
    socket.bind({ host: address, port } as AddressInput<never>);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    throw callError(error.errno, 'bind', { address, port });
  }
  return local.address !== undefined && port > 0 ? { address, port } : undefined;
}

async function connect(
  socket: AnySocket,
  candidate: Candidate,
  local: FailedAddress['local'],
  context: AttemptContext,
  signal: AbortSignal,
): Promise<void> {
  try {
    await socket.connect(candidate.address, { signal });
  } catch (error) {
    if (signal.aborted || !(error instanceof SocketError)) throw error;
    const isImmediate = candidate.version !== undefined && IMMEDIATE.includes(error.code);
    const from = isImmediate ? nameOf(socket) : local;
    const failure = callError(error.errno, 'connect', { ...candidate.label, local: from });
    if (local !== undefined) Object.assign(failure, { localAddress: local.address, localPort: local.port });
    context.onFailure(candidate, failure, isImmediate);
    throw failure;
  }
}

function nameOf(socket: AnySocket): FailedAddress['local'] {
  const { host, port } = socket.getsockname() as { host: string; port: number };
  return { address: host, port };
}
