/** Sends data: send(2) and sendto(2). No send call raises SIGPIPE: a broken connection is the error `EPIPE`. */
import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { MSG_FASTOPEN } from '../constants/socket.js';
import { EAGAIN, EINPROGRESS } from '../errors/codes.js';
import type { SocketError } from '../errors/errors.js';
import { type Bytes, checkLength, toBytes } from '../layout/memory.js';
import { type EventMask, POLLOUT } from '../reactor/events.js';
import { FULL, type Operation, YIELD } from '../reactor/operation.js';
import { type Call, type CallOptions, type Form, parseCall } from './call.js';
import type { AnyCore, Core } from './core.js';
import { Destination, receiverKey, type Target } from './destination.js';
import { isEarlierError } from './earlier-error.js';
import { SocketOperation } from './operation.js';

/** The number of partial send calls per attempt of `sendAll`, before other sockets are served. */
const SHARE = 16;

/** The options of a send call: flags, or an object. */
export type SendOptions = number | CallOptions;

/** Sends one piece of data. */
export abstract class Sending<T> extends SocketOperation<T> {
  readonly direction: EventMask = POLLOUT;
  readonly needsSpace = true;
  protected readonly length: number;
  protected flags: number;

  constructor(
    core: AnyCore,
    call: Call,
    protected readonly data: Uint8Array,
  ) {
    super(core, call);
    this.length = data.length;
    this.flags = call.flags | call.added;
  }

  get syscall(): string {
    return 'send';
  }

  /** Checks before each attempt that the data has not changed since the call was made. */
  protected checkData(): void {
    checkLength(this.data, this.length, 'data');
  }

  work(result: number): number {
    return 1 + (result >> 16);
  }
}

/** The operation of send(2). */
export class Send extends Sending<number> {
  get destination(): string {
    return receiverKey(this.core, null);
  }

  attempt(): number {
    this.checkData();
    return binding.send(this.core.fd, this.data, this.flags);
  }

  finish(result: number): number {
    return result;
  }
}

/**
 * Returns whether a send call with MSG_FASTOPEN has only started to connect. Without a cookie from this server, the
 * kernel makes an ordinary handshake and takes no data (RFC 7413). The data must be sent after the handshake.
 */
export function startsConnecting(result: number, flags: number): boolean {
  return result === EINPROGRESS && !isAbsent(MSG_FASTOPEN) && (flags & MSG_FASTOPEN) !== 0;
}

/** The operation of sendto(2). */
class SendTo extends Sending<number> {
  #isConnecting = false;

  constructor(
    core: AnyCore,
    call: Call,
    data: Uint8Array,
    private readonly to: Destination,
  ) {
    super(core, call, data);
  }

  override get syscall(): string {
    return 'sendto';
  }

  override get sockaddr(): Uint8Array | null {
    return this.to.sockaddr;
  }

  get destination(): string | undefined {
    return this.to.key;
  }

  attempt(): number {
    this.checkData();
    const { sockaddr } = this.to;
    if (sockaddr === null) return this.to.prepare();
    const result = this.#send(sockaddr);
    if (result >= 0 || result === EAGAIN) return result;
    if (startsConnecting(result, this.flags)) {
      this.#isConnecting = true;
      this.flags &= ~MSG_FASTOPEN;
      return EAGAIN;
    }
    return isEarlierError(this.core, result) ? this.#send(sockaddr) : result;
  }

  #send(sockaddr: Uint8Array): number {
    if (this.#isConnecting) return binding.send(this.core.fd, this.data, this.flags);
    return binding.sendto(this.core.fd, this.data, this.flags, sockaddr);
  }

  prepare(): void {
    this.to.prepareNow();
  }

  finish(result: number): number {
    return result;
  }

  abandon(): void {
    this.to.abandon();
  }
}

/**
 * Calls send(2) until all data is sent. It stays first in its lane until then, so that other data is never sent in
 * between.
 */
class SendAll extends Sending<void> {
  #sent = 0;

  get progress(): number {
    return this.#sent;
  }

  attempt(): number {
    this.checkData();
    for (let step = 0; step < SHARE; step++) {
      const rest = this.#sent === 0 ? this.data : this.data.subarray(this.#sent);
      const result = binding.send(this.core.fd, rest, this.flags);
      if (result < 0) return result;
      if (result === 0 && rest.length > 0) return FULL; // no progress, and no reason given
      this.#sent += result;
      if (this.#sent >= this.length) return this.#sent;
      // A blocking send(2) returns a partial result when SO_SNDTIMEO has passed: another call would wait as long
      // again.
      if (this.wait.added === 0) return EAGAIN;
    }
    return YIELD;
  }

  finish(): void {}

  protected override note(error: SocketError): SocketError {
    error.bytesTransferred = this.#sent;
    return error;
  }
}

/** Creates the operation of `send`. */
export function send(
  core: AnyCore,
  form: Form,
  data: Bytes,
  options: SendOptions | undefined,
): Operation<number> {
  const bytes = toBytes(data, 'data');
  return new Send(core, parseCall(core, form, options), bytes);
}

/** Creates the operation of `sendAll`. */
export function sendAll(
  core: AnyCore,
  form: Form,
  data: Bytes,
  options: SendOptions | undefined,
): Operation<void> {
  const bytes = toBytes(data, 'data');
  return new SendAll(core, parseCall(core, form, options), bytes);
}

/** Creates the operation of `sendto`. */
export function sendTo<F extends FamilyName>(
  core: Core<F>,
  form: Form,
  data: Bytes,
  address: Target<F>,
  options: SendOptions | undefined,
): Operation<number> {
  const bytes = toBytes(data, 'data');
  const call = parseCall(core, form, options);
  return new SendTo(core, call, bytes, Destination.of(core, address, call));
}
