/**
 * The statements of Node's documentation of `net`, one row each. A row runs with `node:net` and with `berkeley/net`, and
 * the results are compared.
 */
import dns from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type * as nodeNet from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as ourNet from 'berkeley/net';
import type { Skip } from '../support/kernel.js';

/** The interface that both modules have. */
export type Net = typeof nodeNet;
export type OurNet = typeof ourNet;

/** What a row gets: a module, and helpers that clean up. */
export class Scene {
  readonly #cleanups: (() => unknown)[] = [];
  constructor(
    readonly net: Net,
    /** The name to import the module by, in another process. */
    readonly specifier: string,
  ) {}

  /** The module with what only `berkeley/net` has. */
  get ours(): OurNet {
    return this.net as unknown as OurNet;
  }

  onEnd(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
  }

  async end(): Promise<void> {
    for (const cleanup of this.#cleanups.reverse()) await cleanup();
  }

  /** Returns a path in a temporary folder. */
  path(name = 'socket'): string {
    const folder = mkdtempSync(join(tmpdir(), 'berkeley-net-'));
    this.onEnd(() => rmSync(folder, { recursive: true, force: true }));
    return join(folder, name);
  }

  /** Destroys a socket at the end. Errors are ignored, unless the row listens for them. */
  own<T extends Socket>(socket: T): T {
    socket.on('error', () => {});
    this.onEnd(() => void socket.destroy());
    return socket;
  }

  /** Closes a server, and destroys its connections, at the end. */
  ownServer<T extends Server>(server: T): T {
    server.on('connection', socket => void this.own(socket));
    this.onEnd(() => void server.close());
    return server;
  }

  /** Creates a server that listens on a port of 127.0.0.1. */
  async listening(options: object = {}, where: object = { port: 0, host: '127.0.0.1' }): Promise<Server> {
    const server = this.ownServer(this.net.createServer(options));
    server.listen(where);
    await once(server, 'listening');
    return server;
  }

  /** Returns a client and its connection at the server. */
  async pair({
    server: serverOptions = {},
    client: clientOptions = {},
    where = undefined as object | undefined,
  } = {}): Promise<{ server: Server; client: Socket; peer: Socket; port: number }> {
    const server = await this.listening(serverOptions, where);
    const accepted = once(server, 'connection');
    const address = server.address() as AddressInfo | string;
    const to =
      typeof address === 'string' ? { path: address } : { port: address.port, host: address.address };
    const client = this.own(this.net.connect({ ...to, ...clientOptions } as nodeNet.NetConnectOpts));
    const [[peer]] = await Promise.all([accepted, once(client, 'connect')]);
    return { server, client, peer: peer as Socket, port: typeof address === 'string' ? 0 : address.port };
  }
}

export interface Statement {
  /** The part of the documentation: `socket.connect(options)`. */
  readonly of: string;
  /** What it states, or what we add. */
  readonly text: string;
  /** Runs the statement and returns what can be observed. */
  run(scene: Scene): unknown;
  /** The expected result. For rows that are the same, Node's own result is the expected one. */
  readonly result?: unknown;
  /** Why the result differs from Node's. */
  readonly different?: string;
  /** The row is about something that `node:net` lacks, or has since this version. */
  readonly more?: string | true;
  /** A reason for which the row cannot run here. */
  readonly skip?: Skip;
}

/** Returns what an error shows. */
export function errorOf(error: unknown): object {
  const { name, message, code, errno, syscall, address, port } = error as Record<string, unknown>;
  const kind = error instanceof TypeError || error instanceof RangeError ? name : 'Error';
  const fields = Object.entries({ code, errno, syscall, address, port }).filter(
    ([, value]) => value !== undefined,
  );
  return { kind, message: String(message), ...Object.fromEntries(fields) };
}

/** Returns the error that a function throws, or `'nothing thrown'`. */
export function thrown(run: () => unknown): object | string {
  try {
    run();
    return 'nothing thrown';
  } catch (error) {
    return errorOf(error);
  }
}

/** Replaces port numbers in a result, because each run has others. */
export function withoutPorts(value: unknown, ...ports: number[]): unknown {
  if (typeof value === 'number') return ports.includes(value) ? `<port ${ports.indexOf(value)}>` : value;
  if (typeof value === 'string')
    return ports.reduce((text, port, i) => text.replaceAll(String(port), `<port ${i}>`), value);
  if (Array.isArray(value)) return value.map(item => withoutPorts(item, ...ports));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutPorts(item, ...ports)]));
}

/** Records the events of an emitter, with the arguments that can be compared. */
export function record(emitter: NodeJS.EventEmitter, ...names: string[]): unknown[][] {
  const events: unknown[][] = [];
  for (const name of names)
    emitter.on(name, (...args: unknown[]) => {
      events.push([name, ...args.map(arg => (arg instanceof Error ? errorOf(arg) : arg))]);
    });
  return events;
}

/** Reads all data of a socket. */
export async function readAll(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

/** Waits for the 'close' event. Unlike `once`, it does not reject if there is an error before. */
export function closing(socket: NodeJS.EventEmitter): Promise<unknown[]> {
  return new Promise(resolve => socket.once('close', (...args) => resolve(args)));
}

/** A host name that does not exist, without asking a name server. Both modules use `dns.lookup`. */
export const UNKNOWN = 'name.invalid';
const { lookup } = dns;
dns.lookup = ((host: string, ...rest: unknown[]): unknown => {
  if (host !== UNKNOWN) return (lookup as (...args: unknown[]) => unknown)(host, ...rest);
  const error = new Error(`getaddrinfo ENOTFOUND ${host}`);
  const properties = { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host };
  return process.nextTick(rest.at(-1) as () => void, Object.assign(error, properties));
}) as unknown as typeof lookup;
