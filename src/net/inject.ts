/**
 * Connections of this package for a server of Node.js: "the 'connection' event can also be explicitly emitted by users to
 * inject connections into the server" (https://nodejs.org/api/tls.html#event-connection).
 */
import type { EventEmitter } from 'node:events';

/** A server of Node.js that can get connections. */
export type InjectableServer = Pick<EventEmitter, 'emit' | 'rawListeners'>;

/** Emits an event of the server. Returns whether it has listeners. */
type Forward = (event: string | symbol, ...args: unknown[]) => boolean;

/** Receives what a server emits about one connection. */
export type OnEmit = (event: string | symbol, args: unknown[], forward: Forward) => boolean;

/**
 * Passes a connection to a server, and what the server then emits about this connection to `onEmit`.
 *
 * A TLS server emits the TLSSocket, which does not say what it was made from. Node.js and Deno call the listeners with
 * the server as `this`, and emit on that object later. Each connection therefore gets an object of its own, whose
 * prototype is the server.
 */
export function inject(server: InjectableServer, stream: object, onEmit: OnEmit): void {
  if (process.versions.bun !== undefined) {
    injectInBun(server, stream, onEmit);
    return;
  }
  const forward: Forward = (event, ...args) => server.emit(event, ...args);
  const emit: Forward = (event, ...args) => onEmit(event, args, forward);
  const view = Object.create(server, { emit: { value: emit } }) as InjectableServer;
  for (const listener of server.rawListeners('connection')) Reflect.apply(listener, view, [stream]);
}

/** The connections of the servers that were given some. */
const injected = new WeakMap<object, WeakMap<object, OnEmit>>();

/** Bun emits on the server itself. Its TLSSocket has the stream that it was made from under a symbol. */
function injectInBun(server: InjectableServer, stream: object, onEmit: OnEmit): void {
  let streams = injected.get(server);
  if (streams === undefined) {
    streams = new WeakMap();
    injected.set(server, streams);
    watch(server, streams);
  }
  streams.set(stream, onEmit);
  server.emit('connection', stream);
}

function watch(server: InjectableServer, streams: WeakMap<object, OnEmit>): void {
  const forward = server.emit.bind(server) as Forward;
  server.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    const onEmit = args.map(streamUnder).map(stream => stream && streams.get(stream))[
      POSITIONS[String(event)]!
    ];
    return onEmit === undefined ? forward(event, ...args) : onEmit(event, args, forward);
  };
}

/** The positions of the TLSSocket in the arguments of events. */
const POSITIONS: Readonly<Record<string, number>> = { secureConnection: 0, tlsClientError: 1 };

function streamUnder(secure: unknown): object | undefined {
  if (typeof secure !== 'object' || secure === null) return undefined;
  const symbol = Object.getOwnPropertySymbols(secure).find(({ description }) => description === 'kupgraded');
  return symbol && ((secure as Record<symbol, object | undefined>)[symbol] ?? undefined);
}
