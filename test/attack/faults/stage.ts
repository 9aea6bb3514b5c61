/** What a program works with: pairs of sockets, the form of its calls, and the limit of its waits. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_STREAM, Socket, socketpair } from 'berkeley';

/** The form of the calls. */
export type Form = 'promise' | 'Sync';

/** A call that is tested, and what belongs to it. */
export interface Scene {
  /** Makes the calls that are disturbed. */
  run(): unknown;
  /** Checks the result, if the calls succeeded. */
  verify?(result: unknown): unknown;
  /** Checks what is left after the calls have failed once: nothing that was received may be lost. */
  failed?(error: Error): unknown;
}

/** A program: one or a few public operations. */
export interface Program {
  readonly name: string;
  /** Both forms by default; one if the operation has only one. */
  readonly forms?: readonly Form[];
  /** Prepares sockets, which is not disturbed. */
  prepare(stage: Stage): Scene | Promise<Scene>;
  /** Codes with which the calls can fail although nothing is disturbed, such as that of a deadline. */
  readonly codes?: readonly string[];
  /** Faults after which the program waits or tries again, as it should; they get a limit. */
  readonly patient?: (fault: string) => boolean;
  /** Whether no limit can be set, so that faults that make it wait for ever are left out. */
  readonly hasNoLimit?: boolean;
  /** Faults that this program cannot meet, and why. */
  readonly impossible?: { readonly faults: readonly string[]; readonly why: string };
  /** Whether its errors are those of Node's own modules, which are no `SocketError`s. */
  readonly isOfNode?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a program calls methods of any object by their names
export type Loose = any;

interface Closable {
  close(): void;
}

/** The scenery of one case. */
export class Stage {
  readonly #kept: (() => unknown)[] = [];

  /**
   * @param form the form of the calls
   * @param limit the timeout of calls that wait, in milliseconds; `undefined` for none
   */
  constructor(
    readonly form: Form,
    readonly limit: number | undefined,
  ) {}

  /** Closes an object when the case is over. */
  keep<T extends Closable>(object: T): T {
    this.#kept.push(() => object.close());
    return object;
  }

  /** Calls a function when the case is over. */
  later(end: () => unknown): void {
    this.#kept.push(end);
  }

  /** Calls a function in the next turn of the event loop, unless the case is over by then. */
  soon(run: () => void): void {
    const immediate = setImmediate(run);
    this.#kept.push(() => clearImmediate(immediate));
  }

  /** Ends the case. */
  async end(): Promise<void> {
    for (const end of this.#kept.reverse()) await end();
  }

  /** Calls a method in the form of this case, with the limit of this case. */
  call(object: object, name: string, required: readonly unknown[] = [], options: object = {}): Loose {
    const all = this.limit === undefined ? options : { timeout: this.limit, ...options };
    const method = this.form === 'Sync' ? `${name}Sync` : name;
    return (object as Loose)[method](...required, ...(Object.keys(all).length > 0 ? [all] : []));
  }

  /** Two connected Unix sockets. */
  pair(type: number = SOCK_STREAM): [Socket<'unix'>, Socket<'unix'>] {
    const [a, b] = socketpair(AF_UNIX, type);
    return [this.keep(a), this.keep(b)];
  }

  /** A TCP socket that listens. */
  listener(): Socket<'inet'> {
    const listening = this.keep(new Socket(AF_INET, SOCK_STREAM));
    listening.bind({ host: '127.0.0.1', port: 0 });
    listening.listen(8);
    return listening;
  }

  /** Two connected TCP sockets. */
  tcp(): [Socket<'inet'>, Socket<'inet'>] {
    const listening = this.listener();
    const client = this.keep(new Socket(AF_INET, SOCK_STREAM));
    client.connectSync(listening.getsockname());
    const { socket } = listening.acceptSync();
    return [client, this.keep(socket)];
  }

  /** Two UDP sockets that are connected to each other. */
  udp(): [Socket<'inet'>, Socket<'inet'>] {
    const [a, b] = [0, 0].map(() => {
      const socket = this.keep(new Socket(AF_INET, SOCK_DGRAM));
      socket.bind({ host: '127.0.0.1', port: 0 });
      return socket;
    }) as [Socket<'inet'>, Socket<'inet'>];
    a.connectSync(b.getsockname());
    b.connectSync(a.getsockname());
    return [a, b];
  }

  /** A temporary folder. */
  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'berkeley-faults-'));
    this.#kept.push(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }
}
