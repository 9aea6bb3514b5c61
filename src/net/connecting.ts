/** One call of `connect`, from the lookup to the connection. */

import type { LookupAddress } from 'node:dns';
import { type BlockList, isIP } from 'node:net';
import { blockedIp } from '../errors/node-errors.js';
import { interleave, race } from '../internet/race.js';
import type { AnySocket } from './any-socket.js';
import { type AttemptContext, attempt } from './attempt.js';
import type { Setup } from './birth.js';
import { invalidFamily, invalidIp } from './errors.js';
import { type Candidate, type HostTarget, ipCandidate, type Target } from './target.js';

/** What `connect` needs from the socket. */
export interface ConnectHost {
  /** Emits an event of the socket. An exception of a listener does not end the attempt. */
  emitSafely(event: string, ...args: unknown[]): void;
  /** Receives the addresses of the attempts, when several are possible. */
  onAddresses(attempted: string[]): void;
  /** Is called when the lookup has ended. */
  onActivity(): void;
  /** Sets the initial options of a new socket. */
  readonly setUp: Setup;
  readonly bound: AnySocket | undefined;
  readonly blockList: BlockList | undefined;
}

/** The parts of a candidate that events have: address, port, and 4 or 6. */
const eventArguments = ({ label, version }: Candidate): unknown[] => [label.address, label.port, version];

/** The state of one call of `connect`. */
export class Connecting {
  readonly #stop = new AbortController();
  readonly #pending = new Set<Candidate>();
  #attempted: string[] | undefined;

  constructor(
    private readonly target: Target,
    private readonly host: ConnectHost,
  ) {}

  /** Ends all attempts. The result of the call is then ignored. */
  cancel(): void {
    this.#stop.abort();
  }

  /**
   * Starts to connect. The lookup starts immediately, so that its errors for invalid arguments are thrown to the caller.
   *
   * @returns the connected socket
   */
  start(): Promise<AnySocket> {
    const { to } = this.target;
    if (!('host' in to)) return this.#connect(to);
    const addresses = this.#lookUp(to);
    return addresses.then(found => this.#connectTo(found, to));
  }

  #lookUp(to: HostTarget): Promise<LookupAddress[]> {
    let callback: Parameters<HostTarget['lookup']>[2];
    const promise = new Promise<LookupAddress[]>((resolve, reject) => {
      callback = (error, found, family) => {
        if (this.#stop.signal.aborted) return;
        const addresses = Array.isArray(found) ? found : [{ address: found, family: family as number }];
        this.#reportLookup(error, error ? [] : addresses, to.host);
        if (error) reject(error);
        else resolve(addresses);
      };
    });
    to.lookup(to.host, to.lookupOptions, callback!);
    return promise;
  }

  #reportLookup(error: Error | null, addresses: readonly LookupAddress[], host: string): void {
    this.host.onActivity();
    if (error) this.host.emitSafely('lookup', error, undefined, undefined, host);
    for (const { address, family } of addresses)
      if (!this.#stop.signal.aborted) this.host.emitSafely('lookup', error, address, family, host);
  }

  async #connectTo(found: readonly LookupAddress[], to: HostTarget): Promise<AnySocket> {
    const candidates = candidatesOf(found, to);
    if (to.attemptDelay === undefined || candidates.length === 1) return this.#connect(candidates[0]!);
    this.#attempted = [];
    this.host.onAddresses(this.#attempted);
    try {
      return await race(interleave(candidates), to.attemptDelay, this.#stop.signal, (candidate, stop) =>
        this.#compete(candidate, stop),
      );
    } catch (error) {
      throw error instanceof AggregateError ? withoutMessage(error) : error;
    }
  }

  /** Connects to one of several addresses. */
  async #compete(candidate: Candidate, stop: AbortSignal): Promise<AnySocket> {
    // A new attempt starts when the previous one has failed, or has taken too long.
    for (const slow of this.#pending)
      this.host.emitSafely('connectionAttemptTimeout', ...eventArguments(slow));
    this.#pending.clear();
    this.#pending.add(candidate);
    try {
      return await this.#connect(candidate, stop);
    } finally {
      this.#pending.delete(candidate);
    }
  }

  async #connect(candidate: Candidate, stop: AbortSignal = this.#stop.signal): Promise<AnySocket> {
    await null; // no event is emitted before connect() has returned
    stop.throwIfAborted();
    this.#checkBlocked(candidate);
    return attempt(candidate, this.#context(), stop);
  }

  #checkBlocked(candidate: Candidate): void {
    const { label, version } = candidate;
    if (version === undefined || !this.host.blockList?.check(label.address!, `ipv${version}`)) return;
    const error = blockedIp(label.address!);
    if (this.#attempted !== undefined) this.#reportFailure(candidate, error);
    throw error;
  }

  #context(): AttemptContext {
    const { setUp, bound } = this.host;
    return {
      ...{ local: this.target.local, setUp, bound },
      onStart: candidate => {
        this.#attempted?.push(`${candidate.label.address}:${candidate.label.port}`);
        this.host.emitSafely('connectionAttempt', ...eventArguments(candidate));
      },
      onFailure: (candidate, error, isImmediate) => {
        // As in Node.js: a single address that is refused immediately counts as not attempted.
        if (!isImmediate || this.#attempted !== undefined) this.#reportFailure(candidate, error);
      },
    };
  }

  #reportFailure(candidate: Candidate, error: Error): void {
    this.host.emitSafely('connectionAttemptFailed', ...eventArguments(candidate), error);
  }
}

/** Returns the candidates for the addresses of a lookup. With one address per call, it must be valid. */
function candidatesOf(found: readonly LookupAddress[], { port, protocol, given }: HostTarget): Candidate[] {
  const isValid = ({ address, family }: LookupAddress): boolean =>
    isIP(address) !== 0 && (family === 4 || family === 6);
  const valid = found.filter(isValid);
  if (valid.length === 0) {
    const [{ address, family } = { address: undefined, family: 0 }] = found;
    throw isIP(address ?? '') === 0 ? invalidIp(address) : invalidFamily(family, given.host, given.port);
  }
  const distinct = [...new Map(valid.map(entry => [entry.address, entry])).values()];
  return distinct.map(({ address, family }) => ipCandidate(address, family as 4 | 6, port, protocol));
}

/** Returns the error of several failed attempts as Node has it: with the code of the first, and no message. */
function withoutMessage({ errors }: AggregateError): Error {
  const { code } = errors[0] as { code?: string };
  return Object.assign(new AggregateError(errors), { code });
}
