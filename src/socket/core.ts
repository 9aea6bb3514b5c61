import type { FamilyName } from '../address/address.js';
import type { FamilyDriver } from '../address/driver.js';
import { AddressReader } from '../address/reader.js';
import { driverOf } from '../address/registry.js';
import { AddressWriter } from '../address/writer.js';
import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import { PollHandle } from '../reactor/poll-handle.js';
import type { Mode } from './call.js';

let defaultTimeout: number | null = null;

/** The mode that new sockets start with. */
export function defaultMode(): number | null {
  return defaultTimeout;
}

/** Sets the mode that new sockets start with. */
export function setDefaultMode(timeout: number | null): void {
  defaultTimeout = timeout;
}

// biome-ignore lint/suspicious/noExplicitAny: operations work on a socket of any family
export type AnyCore = Core<any>;

/**
 * What a Socket is made of, and only the package sees: its descriptor with its lanes, what kind of socket it is, and its
 * mode. The functions of the subject files (receive.ts, send.ts, …) build operations for a core; run.ts runs them.
 */
export class Core<F extends FamilyName = FamilyName> implements Mode {
  readonly handle: PollHandle;
  readonly driver: FamilyDriver<F>;
  /** How Sync calls wait: `null` blocks, 0 never waits, else a limit in milliseconds. */
  timeout: number | null = null;
  /**
   * The Socket. Operations reference the core, and so keep the Socket from being collected while they wait; the reactor
   * references only the handle.
   */
  owner: object | undefined;
  /** Whether SO_RCVTIMEO or SO_SNDTIMEO might be set: then Sync calls note when they start. */
  mightTimeOutInKernel = false;
  #reader: AddressReader<F> | undefined;
  #writer: AddressWriter<F> | undefined;

  constructor(
    fd: number,
    readonly family: number,
    readonly type: number,
    readonly protocol: number,
  ) {
    const driver = driverOf(family) as unknown as FamilyDriver<F>;
    this.driver = driver;
    this.handle = new PollHandle(fd, driver.shortReadMeansDrained?.(type, protocol) ?? false);
  }

  /** The descriptor; -1 once closed or detached. */
  get fd(): number {
    return this.handle.fd;
  }

  /** Reads addresses that the kernel wrote, and remembers the last: datagrams come in runs from one peer. */
  get reader(): AddressReader<F> {
    this.#reader ??= new AddressReader<F>(this.driver);
    return this.#reader;
  }

  /** Encodes addresses, and remembers the last: a server mostly answers the address it has just received from. */
  get writer(): AddressWriter<F> {
    this.#writer ??= new AddressWriter<F>(this.driver);
    return this.#writer;
  }

  /** Sets the mode. As the specification has it, the descriptor is `O_NONBLOCK` unless the mode is `null`. */
  setMode(timeout: number | null): void {
    checked(binding.setNonblocking(this.fd, timeout === null ? 0 : 1), 'fcntl');
    this.timeout = timeout;
  }

  /** Makes the descriptor what the mode says: a promise accept or connect might have left it `O_NONBLOCK`. */
  restoreMode(): void {
    if (this.fd >= 0) binding.setNonblocking(this.fd, this.timeout === null ? 0 : 1);
  }
}
