import type { AddressInput, FamilyName } from '../address/address.js';
import type { FamilyDriver } from '../address/driver.js';
import { AddressReader } from '../address/reader.js';
import { driverOf } from '../address/registry.js';
import { AddressWriter } from '../address/writer.js';
import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import { PollHandle } from '../reactor/poll-handle.js';
import type { Mode } from './call.js';

let defaultTimeout: number | null = null;

/** Returns the timeout that new sockets start with. */
export function defaultMode(): number | null {
  return defaultTimeout;
}

/** Sets the timeout that new sockets start with. */
export function setDefaultMode(timeout: number | null): void {
  defaultTimeout = timeout;
}

// biome-ignore lint/suspicious/noExplicitAny: operations work on a socket of any family
export type AnyCore = Core<any>;

/** The family, type and protocol of a socket. Connections share the one of their listening socket. */
export interface SocketKind<F extends FamilyName> {
  readonly driver: FamilyDriver<F>;
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  /** Whether a short read means that no data is left; see {@link PollHandle}. */
  readonly shortMeansDrained: boolean;
}

let last: SocketKind<FamilyName> | undefined;

/** Returns the object for a family, type and protocol. Programs mostly open sockets of the same kind in sequence. */
export function kindOf<F extends FamilyName>(family: number, type: number, protocol: number): SocketKind<F> {
  if (last?.family !== family || last.type !== type || last.protocol !== protocol) {
    const common = driverOf(family);
    const driver = common.variant?.(type, protocol) ?? common;
    const shortMeansDrained = driver.shortReadMeansDrained?.(type, protocol) ?? false;
    last = { driver, family, type, protocol, shortMeansDrained };
  }
  return last as unknown as SocketKind<F>;
}

/** The objects that read and write addresses. Most sockets need none. */
interface Codecs<F extends FamilyName> {
  reader: AddressReader<F> | undefined;
  writer: AddressWriter<F> | undefined;
}

/**
 * The internal state of a Socket: its file descriptor with the lanes, its family, type and protocol, and its timeout.
 * Only this package has access. The other files (receive.ts, send.ts, …) create operations for a core; run.ts runs
 * them.
 */
export class Core<F extends FamilyName = FamilyName> implements Mode {
  readonly handle: PollHandle;
  /** How Sync calls wait: `null` waits indefinitely, 0 never waits, a number is a limit in milliseconds. */
  timeout: number | null = null;
  /**
   * The Socket. A waiting operation references the core, and so keeps the Socket from being garbage collected. The
   * reactor references only the handle.
   */
  owner: object | undefined;
  /** Whether SO_RCVTIMEO or SO_SNDTIMEO might be set. If so, Sync calls record when they start. */
  mightTimeOutInKernel = false;
  #codecs: Codecs<F> | undefined;

  constructor(
    fd: number,
    readonly kind: SocketKind<F>,
  ) {
    this.handle = new PollHandle(fd, kind.shortMeansDrained);
  }

  /** The driver of the address family. */
  get driver(): FamilyDriver<F> {
    return this.kind.driver;
  }

  get family(): number {
    return this.kind.family;
  }

  get type(): number {
    return this.kind.type;
  }

  get protocol(): number {
    return this.kind.protocol;
  }

  /** The file descriptor; -1 after the socket is closed or detached. */
  get fd(): number {
    return this.handle.fd;
  }

  /**
   * Reads addresses that the kernel wrote. It caches the last one, because consecutive datagrams often have the same
   * sender.
   */
  get reader(): AddressReader<F> {
    const codecs = this.#parts();
    codecs.reader ??= new AddressReader<F>(this.driver);
    return codecs.reader;
  }

  /** Encodes addresses. It caches the last one, because a server usually replies to the last sender. */
  get writer(): AddressWriter<F> {
    const codecs = this.#parts();
    codecs.writer ??= new AddressWriter<F>(this.driver);
    return codecs.writer;
  }

  /**
   * Returns the `sockaddr` of an address that was encoded or received last; `undefined` for any other. This runs no code of
   * the caller.
   */
  knownName(address: unknown): Uint8Array | undefined {
    return this.#codecs?.writer?.cached(address as AddressInput<F>) ?? this.#codecs?.reader?.bytesOf(address);
  }

  /** Returns the `sockaddr` of an address; `undefined` if its host name must be resolved first. */
  encodedName(address: AddressInput<F>): Uint8Array | undefined {
    return this.#codecs?.reader?.bytesOf(address) ?? this.writer.write(address);
  }

  /** A method, because V8 reads a private getter by a call to its runtime, also in optimized code. */
  #parts(): Codecs<F> {
    this.#codecs ??= { reader: undefined, writer: undefined };
    return this.#codecs;
  }

  /** Sets the timeout. The file descriptor is in `O_NONBLOCK` mode unless the timeout is `null`, as in Python. */
  setMode(timeout: number | null): void {
    checked(binding.setNonblocking(this.fd, timeout === null ? 0 : 1), 'fcntl');
    this.timeout = timeout;
  }

  /** Sets `O_NONBLOCK` to match the timeout: a promise call of accept or connect might have set it. */
  restoreMode(): void {
    if (this.fd >= 0) binding.setNonblocking(this.fd, this.timeout === null ? 0 : 1);
  }
}
