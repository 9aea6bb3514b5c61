/** The address that a call means: known at once, or when its host name is resolved. */
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import { writeFamily } from '../address/registry.js';
import { AF_UNSPEC, SOCK_STREAM } from '../constants/socket.js';
import { type EventMask, POLLOUT } from '../reactor/events.js';
import { PREPARING } from '../reactor/operation.js';
import type { Call } from './call.js';
import type { AnyCore, Core } from './core.js';

/** An address of the socket's family, as calls take it. */
export type Target<F extends FamilyName> = AddressInput<F> | AddressOf<F>;

/**
 * Where a send goes, or a connect. A host name is resolved off the thread in promise calls: the operation keeps its place
 * in the lane meanwhile, so that sends are made in the order in which they were called.
 */
export class Destination {
  #sockaddr: Uint8Array | undefined;
  #error: { readonly reason: unknown } | undefined;
  #abort: AbortController | undefined;
  #key: string | undefined;
  #resolveNow: (() => Uint8Array) | undefined;

  private constructor(private readonly core: AnyCore) {}

  /** Returns the destination for an address of the socket's family. */
  static of<F extends FamilyName>(core: Core<F>, address: Target<F>, call: Call): Destination {
    const destination = new Destination(core);
    const sockaddr = core.writer.write(address as AddressInput<F>);
    if (sockaddr !== undefined) destination.#sockaddr = sockaddr;
    else if (call.isSync) destination.#sockaddr = encodeBlocking(core, address);
    else destination.#resolve(address as AddressInput<F>);
    return destination;
  }

  /** Returns the destination that dissolves an association: connect(2) with AF_UNSPEC. */
  static unspecified(core: AnyCore): Destination {
    const destination = new Destination(core);
    destination.#sockaddr = new Uint8Array(16);
    writeFamily(destination.#sockaddr, AF_UNSPEC);
    return destination;
  }

  /** The `sockaddr`; `null` while it is not known. */
  get sockaddr(): Uint8Array | null {
    return this.#sockaddr ?? null;
  }

  /** Identifies the receiver for {@link Operation.destination}; calls on streams never pass each other. */
  get key(): string | undefined {
    if (this.#sockaddr === undefined) return undefined;
    this.#key ??= receiverKey(this.core, this.#sockaddr);
    return this.#key;
  }

  /** Called by an attempt while the address is not known: `PREPARING`, or throws the resolver's error. */
  prepare(): number {
    if (this.#error !== undefined) throw this.#error.reason;
    return PREPARING;
  }

  /** Resolves the host name in this thread: a Sync call that waits for this one blocks the event loop. */
  prepareNow(): void {
    if (this.#sockaddr !== undefined || this.#error !== undefined) return;
    try {
      this.#sockaddr = this.#resolveNow!();
    } catch (reason) {
      this.#error = { reason };
    }
    this.abandon();
  }

  /** Nobody waits for the address any more. */
  abandon(): void {
    this.#abort?.abort();
  }

  #resolve(address: AddressInput<FamilyName>): void {
    this.#abort = new AbortController();
    const { driver } = this.core;
    const meant = { ...address }; // the caller's object can change before a Sync call resolves it
    this.#resolveNow = () => driver.encode(driver.resolveSync!(meant as never));
    driver.resolve!(address as never, { signal: this.#abort.signal })
      .then((resolved: unknown) => {
        this.#sockaddr ??= driver.encode(resolved as never);
      })
      .catch((reason: unknown) => {
        this.#error ??= { reason };
      })
      .then(() => this.#wake(POLLOUT));
  }

  #wake(direction: EventMask): void {
    const { handle } = this.core;
    if (handle.fd >= 0) handle.laneOf(direction).wake();
  }
}

/** Encodes an address, resolving its host name in this thread. */
export function encodeBlocking<F extends FamilyName>(core: Core<F>, address: Target<F>): Uint8Array {
  const input = address as AddressInput<F>;
  return core.writer.write(input) ?? core.driver.encode(core.driver.resolveSync!(input));
}

/** Identifies the receiver of a send on this socket. */
export function receiverKey(core: AnyCore, sockaddr: Uint8Array | null): string {
  return sockaddr === null || core.type === SOCK_STREAM ? '' : Buffer.from(sockaddr).toString('latin1');
}
