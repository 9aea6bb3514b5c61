/** Runs one statement about `node:dgram` with either module, and describes what happened in values to compare. */
import type * as NodeDgram from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

// biome-ignore lint/suspicious/noExplicitAny: rows also pass what the types of Node.js forbid
export type Any = any;

/** Either module: `node:dgram`, or `berkeley/dgram` with its additions. */
export interface Dgram {
  createSocket(type: Any, listener?: Any): Any;
  Socket: Any;
}

/** Ports that the kernel chose differ from run to run. */
function withoutPorts(text: string): string {
  return text.replace(/:\d{4,5}\b/g, ':PORT');
}

/** The properties of an error that a program can depend on. */
export function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return error === undefined ? 'undefined' : error;
  const { code, errno, syscall, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  const kind =
    error instanceof TypeError ? 'TypeError' : error instanceof RangeError ? 'RangeError' : 'Error';
  const said = { kind, code, message: withoutPorts(error.message), errno, syscall, address };
  const seen = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return port === undefined ? seen : { ...seen, port: port > 1023 ? 'PORT' : port };
}

/** What a row does its work with: sockets that are closed afterwards. */
export class Lab {
  readonly #sockets: Any[] = [];

  constructor(
    readonly dgram: Dgram,
    readonly isOurs: boolean,
  ) {}

  /** Creates a socket, which is closed at the end of the row. */
  socket(type: Any = 'udp4', listener?: Any): Any {
    const socket = this.dgram.createSocket(type, listener);
    this.#sockets.push(socket);
    return socket;
  }

  /** Creates a socket that is bound to a free port of this machine. */
  async bound(type: Any = 'udp4', listener?: Any): Promise<Any> {
    const socket = this.socket(type, listener);
    const isV6 = (type.type ?? type) === 'udp6';
    socket.bind(0, isV6 ? '::1' : '127.0.0.1');
    await once(socket, 'listening');
    return socket;
  }

  /** Two bound sockets. The second is connected to the first. */
  async pair(type: Any = 'udp4'): Promise<[Any, Any]> {
    const [first, second] = [await this.bound(type), await this.bound(type)];
    await new Promise(resolve => second.connect(first.address().port, first.address().address, resolve));
    return [first, second];
  }

  /** Returns the error that a call throws. */
  thrown(call: () => unknown): unknown {
    try {
      call();
    } catch (error) {
      return describe(error);
    }
    return 'nothing was thrown';
  }

  /** Returns the error of the next `'error'` event. */
  async failure(socket: Any): Promise<unknown> {
    const [error] = await once(socket, 'error');
    return describe(error);
  }

  /** Records the names of the events of a socket, in their order. */
  record(socket: Any, ...names: string[]): string[] {
    const seen: string[] = [];
    for (const name of names) socket.on(name, () => seen.push(name));
    return seen;
  }

  /** Returns the arguments of a callback. */
  called(start: (callback: (...given: unknown[]) => void) => unknown): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      try {
        start((...given) => resolve(given.map(value => (value instanceof Error ? describe(value) : value))));
      } catch (error) {
        reject(error);
      }
    });
  }

  /** Returns the next datagram of a socket. */
  async received(socket: Any): Promise<[Buffer, NodeDgram.RemoteInfo]> {
    return (await once(socket, 'message')) as [Buffer, NodeDgram.RemoteInfo];
  }

  /** Waits until everything that was started in this turn has had its events. */
  async settled(): Promise<void> {
    for (let i = 0; i < 5; i++) await pause(2);
  }

  dispose(): void {
    for (const socket of this.#sockets) {
      socket.removeAllListeners('error');
      socket.on('error', () => {});
      try {
        socket.close();
      } catch {
        // the row has closed it
      }
    }
  }
}

/** One statement of Node's documentation of `dgram`, or of its behaviour. */
export interface Statement {
  /** The statement, about `node:dgram`. */
  readonly says: string;
  /** How `berkeley/dgram` relates to it. */
  readonly ours: 'same' | 'more' | 'different';
  /** What is more or different, and why. */
  readonly why?: string;
  /** The first version of Node.js that has it, if the oldest supported one does not. */
  readonly since?: readonly [major: number, minor: number];
  /** What happens in `berkeley/dgram`, if it is not what happens in `node:dgram`. */
  readonly result?: unknown;
  /** A platform that has it, if not all have. */
  readonly only?: NodeJS.Platform;
  /** Does it, and returns what happened. */
  run(lab: Lab): unknown;
}

/** The statements about one subject. */
export interface Subject {
  readonly title: string;
  readonly statements: readonly Statement[];
}

/** A statement that holds for both modules. */
export function same(says: string, run: Statement['run'], more: Partial<Statement> = {}): Statement {
  return { says, ours: 'same', run, ...more };
}

/** A statement of which `berkeley/dgram` does more: `node:dgram` fails, or does nothing. */
export function more(says: string, why: string, result: unknown, run: Statement['run']): Statement {
  return { says, ours: 'more', why, result, run };
}

/** A statement that does not hold for `berkeley/dgram`, with the reason. */
export function different(says: string, why: string, result: unknown, run: Statement['run']): Statement {
  return { says, ours: 'different', why, result, run };
}
