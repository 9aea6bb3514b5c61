import type { Peer } from '../../address/driver.js';
import { binding } from '../../binding.js';
import { MSG_DONTWAIT } from '../../constants/socket.js';
import { SocketError, socketError } from '../../errors/errors.js';
import { checkLength } from '../../layout/memory.js';
import { YIELD } from '../../reactor/operation.js';
import { destinationOf, SocketOperation, type Target } from './socket-operation.js';

/** How many partial sends one attempt of `sendAll` makes before others have their turn. */
const SHARE = 16;

/** What the sends of one piece of data have in common: `flags` are the caller's, `added` are the face's. */
export abstract class Sending<T> extends SocketOperation<T> {
  readonly needsRoom = true;
  readonly once: boolean;
  protected readonly length: number;
  protected readonly flags: number;

  constructor(
    socket: Target,
    protected readonly data: Uint8Array,
    flags: number,
    added: number,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.length = data.length;
    this.flags = flags | added;
  }

  get syscall(): string {
    return 'send';
  }

  /** Before each attempt: the data is what it was when the call was made. */
  protected checkData(): void {
    checkLength(this.data, this.length, 'data');
  }
}

/** send(2). */
export class Send extends Sending<number> {
  get destination(): string {
    return destinationOf(this.socket, null);
  }

  attempt(): number {
    this.checkData();
    return binding.send(this.socket.waitable.fd, this.data, this.flags);
  }

  finish(result: number): number {
    return result;
  }
}

/** sendto(2). Where to is said before it is driven; the data is taken down when the call is made. */
export class SendTo extends Sending<number> {
  #address: Uint8Array | null = null;
  #destination: string | undefined;

  constructor(
    socket: Target,
    data: Uint8Array,
    flags: number,
    added: number,
    private readonly peer: () => Peer,
  ) {
    super(socket, data, flags, added);
  }

  /** Says where to. */
  toward(address: Uint8Array): this {
    this.#address = address;
    return this;
  }

  override get syscall(): string {
    return 'sendto';
  }

  get destination(): string {
    this.#destination ??= destinationOf(this.socket, this.#address);
    return this.#destination;
  }

  attempt(): number {
    this.checkData();
    return binding.sendto(this.socket.waitable.fd, this.data, this.flags, this.#address!);
  }

  finish(result: number): number {
    return result;
  }

  override fail(errno: number): Error {
    return socketError(errno, { syscall: 'sendto', ...this.peer() });
  }
}

/** send(2) until everything is sent. It holds its lane until then, so that no other data gets in between. */
export class SendAll extends Sending<void> {
  #sent = 0;

  attempt(): number {
    this.checkData();
    for (let step = 0; step < SHARE; step++) {
      const rest = this.#sent === 0 ? this.data : this.data.subarray(this.#sent);
      const result = binding.send(this.socket.waitable.fd, rest, this.flags);
      if (result < 0) return result;
      this.#sent += result;
      if (this.#sent >= this.length) return this.#sent;
    }
    return YIELD;
  }

  finish(): void {}

  override fail(errno: number): Error {
    const error = super.fail(errno);
    if (error instanceof SocketError) error.bytesTransferred = this.#sent;
    return error;
  }
}
