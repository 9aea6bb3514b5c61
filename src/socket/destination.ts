/** The address of a call. A host name must be resolved before the address is known. */
import type { AddressInput, AddressOf, FamilyName } from '../address/address.js';
import { writeFamily } from '../address/registry.js';
import { AF_UNSPEC, SOCK_STREAM } from '../constants/socket.js';
import { type EventMask, POLLOUT } from '../reactor/events.js';
import { PREPARING } from '../reactor/operation.js';
import type { Call } from './call.js';
import type { AnyCore, Core } from './core.js';

/** An address of the socket’s family, as an argument. */
export type Target<F extends FamilyName> = AddressInput<F> | AddressOf<F>;

/**
 * The destination of a send or connect call. Promise calls resolve a host name in another thread. The operation keeps
 * its place in the lane meanwhile, so that data is sent in the order of the calls.
 */
export class Destination {
  #sockaddr: Uint8Array | undefined;
  #error: { readonly reason: unknown } | undefined;
  #abort: AbortController | undefined;
  #key: string | undefined;
  #resolveNow: (() => Uint8Array) | undefined;

  private constructor(private readonly core: AnyCore) {}

  /** Creates the destination for an address of the socket’s family. */
  static of<F extends FamilyName>(core: Core<F>, address: Target<F>, call: Call): Destination {
    const destination = new Destination(core);
    const sockaddr = core.encodedName(address as AddressInput<F>);
    if (sockaddr !== undefined) destination.#sockaddr = sockaddr;
    else if (call.isSync) destination.#sockaddr = encodeBlocking(core, address);
    else destination.#resolve(address as AddressInput<F>);
    return destination;
  }

  /** Creates the destination that removes the peer address: connect(2) with AF_UNSPEC. */
  static unspecified(core: AnyCore): Destination {
    const destination = new Destination(core);
    destination.#sockaddr = new Uint8Array(16);
    writeFamily(destination.#sockaddr, AF_UNSPEC);
    return destination;
  }

  /** The `sockaddr`; `null` until it is known. */
  get sockaddr(): Uint8Array | null {
    return this.#sockaddr ?? null;
  }

  /** Identifies the receiver for {@link Operation.destination}. Calls on streams never overtake each other. */
  get key(): string | undefined {
    if (this.#sockaddr === undefined) return undefined;
    this.#key ??= receiverKey(this.core, this.#sockaddr);
    return this.#key;
  }

  /**
   * Returns `PREPARING` while the address is not known, or throws the error of the resolver. Each attempt calls this.
   */
  prepare(): number {
    if (this.#error !== undefined) throw this.#error.reason;
    return PREPARING;
  }

  /**
   * Resolves the host name in this thread. A Sync call that waits for this operation needs it, because it blocks the
   * event loop.
   */
  prepareNow(): void {
    if (this.#sockaddr !== undefined || this.#error !== undefined) return;
    try {
      this.#sockaddr = this.#resolveNow!();
    } catch (reason) {
      this.#error = { reason };
    }
    this.abandon();
  }

  /** Cancels the resolution: the call that needs the address has ended. */
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

/** Encodes an address. A host name is resolved in this thread, which blocks it. */
export function encodeBlocking<F extends FamilyName>(core: Core<F>, address: Target<F>): Uint8Array {
  const input = address as AddressInput<F>;
  return core.writer.write(input) ?? core.driver.encode(core.driver.resolveSync!(input));
}

/** Returns a key that identifies the receiver of a send call on this socket. */
export function receiverKey(core: AnyCore, sockaddr: Uint8Array | null): string {
  return sockaddr === null || core.type === SOCK_STREAM ? '' : Buffer.from(sockaddr).toString('latin1');
}
