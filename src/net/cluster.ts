/** Servers in a worker of a cluster, which share the port of the primary process, as those of `node:net` do. */

import { EINVAL, errnoNumber } from '../errors/codes.js';
import { type PrimaryRequest, primaryOf, type SharedHandle } from '../socket/cluster.js';
import { fromfd } from '../socket/functions.js';
import { guarded } from '../streams/guarded.js';
import { passOn } from './accepting.js';
import type { AnySocket } from './any-socket.js';
import { callError } from './errors.js';
import type { HostPlace, ListenPlan } from './listen.js';
import { acceptFrom, type Listener, type ListenerEvents } from './listener.js';

type On = Exclude<ListenPlan['on'], HostPlace>;

/** A flag of libuv: UV_TCP_IPV6ONLY of uv.h. */
const IPV6ONLY = 1;

/** As in Node.js. */
const BACKLOG = 511;

/** Bun and Deno have other handles. */
const isNode = process.versions.bun === undefined && !('deno' in process.versions);

/** Returns whether the primary process has the listening socket. On Windows its handles have no descriptors. */
export function isShared({ isExclusive, on }: ListenPlan): boolean {
  if (isExclusive || !isNode || process.platform === 'win32') return false;
  return requestOf(on as On, 0) !== undefined && primaryOf() !== undefined;
}

/** Returns what to ask for; `undefined` for what only this package has. */
function requestOf(on: On, backlog: number): PrimaryRequest | undefined {
  const common = { backlog, fd: undefined, flags: 0 };
  if (on === 'everything') return { ...common, address: null, port: 0, addressType: 4 };
  if ('fd' in on) return { ...common, address: null, port: null, addressType: -1, fd: on.fd };
  if ('socket' in on || 'other' in on) return undefined;
  if (on.path !== undefined) return { ...common, address: on.path, port: -1, addressType: -1 };
  const { address, port, version, ipv6Only } = on;
  return { ...common, address, port, addressType: version, flags: ipv6Only ? IPV6ONLY : 0 };
}

/**
 * Asks the primary process for connections, or for its listening socket: that depends on `cluster.schedulingPolicy`.
 *
 * @param done is called with the error of `node:net`, or with the listener
 */
export function listenInPrimary(
  server: object,
  on: On,
  plan: ListenPlan,
  events: ListenerEvents,
  done: (error: Error | undefined, listener?: Listener) => void,
): void {
  const { backlog = BACKLOG, mode } = plan;
  const { port, ...place } = requestOf(on, backlog)!;
  const request = {
    ...place,
    port: on === 'everything' ? plan.ip.port : port,
    ...{ readableAll: (mode & 0o444) !== 0, writableAll: (mode & 0o222) !== 0 },
  };
  primaryOf()!(server, request, (errno, handle) => {
    const failure = errno || (handle === null ? EINVAL : taken(request.port, handle));
    if (failure || handle === null) {
      handle?.close();
      const { address } = request;
      done(callError(failure, 'bind', { address, port: request.port ?? undefined }));
      return;
    }
    try {
      done(undefined, listenerOf(handle, on, backlog, events));
    } catch (error) {
      handle.close();
      done(error as Error);
    }
  });
}

/** A port that is in use can be reported late: the socket then has another port, or none. */
function taken(port: number | null, handle: SharedHandle): number {
  if (port === null || port <= 0 || handle.getsockname === undefined) return 0;
  const name: { port?: number } = {};
  const errno = handle.getsockname(name);
  return errno || (name.port === port ? 0 : errnoNumber('EADDRINUSE'));
}

function listenerOf(handle: SharedHandle, on: On, backlog: number, events: ListenerEvents): Listener {
  const path = typeof on === 'object' && 'path' in on ? on.path : undefined;
  if (handle.fd === undefined) return fromPrimary(handle, path, events);
  const socket = fromfd(handle.fd) as AnySocket;
  socket.listen(backlog);
  const own = acceptFrom(socket, path, events);
  return {
    ...own,
    close(): void {
      own.close();
      handle.close(); // the primary counts it
    },
  };
}

/** The primary process accepts the connections, and passes them on in turn. */
function fromPrimary(handle: SharedHandle, path: string | undefined, { onSocket }: ListenerEvents): Listener {
  handle.onconnection = (_, connection) => {
    let socket: AnySocket;
    try {
      socket = fromfd(connection.fd!) as AnySocket;
    } finally {
      connection.close();
    }
    guarded(() => passOn(socket, onSocket));
  };
  return {
    socket: undefined,
    address: () => path ?? nameOf(handle),
    ref: () => handle.ref?.(),
    unref: () => handle.unref?.(),
    close: () => handle.close(),
  };
}

function nameOf(handle: SharedHandle): object | null {
  const name = {};
  return handle.getsockname === undefined || handle.getsockname(name) !== 0 ? null : name;
}
