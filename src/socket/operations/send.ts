import type { Peer } from '../../address/registry.js';
import { binding } from '../../binding.js';
import { MSG_DONTWAIT } from '../../constants/socket.js';
import { SocketError, socketError } from '../../errors/errors.js';
import { checkLength } from '../../message/bytes.js';
import { YIELD } from '../../reactor/operation.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** How many partial sends one attempt of `sendAll` makes before others have their turn. */
const SHARE = 16;

/** send(2). */
export class Send extends SocketOperation<number> {
  readonly once: boolean;
  readonly #length: number;
  readonly #flags: number;

  constructor(
    socket: Target,
    private readonly data: Uint8Array,
    flags: number,
    added: number,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.#length = data.length;
    this.#flags = flags | added;
  }

  get syscall(): string {
    return 'send';
  }

  attempt(): number {
    checkLength(this.data, this.#length, 'data');
    return binding.send(this.socket.waitable.fd, this.data, this.#flags);
  }

  finish(result: number): number {
    return result;
  }
}

/** sendto(2). */
export class SendTo extends SocketOperation<number> {
  readonly once: boolean;
  readonly #length: number;
  readonly #flags: number;

  constructor(
    socket: Target,
    private readonly data: Uint8Array,
    flags: number,
    added: number,
    private readonly address: Uint8Array,
    private readonly peer: () => Peer,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.#length = data.length;
    this.#flags = flags | added;
  }

  get syscall(): string {
    return 'sendto';
  }

  attempt(): number {
    checkLength(this.data, this.#length, 'data');
    return binding.sendto(this.socket.waitable.fd, this.data, this.#flags, this.address);
  }

  finish(result: number): number {
    return result;
  }

  override fail(errno: number): Error {
    return socketError(errno, { syscall: 'sendto', ...this.peer() });
  }
}

/** send(2) until everything is sent. It holds its lane until then, so that no other data gets in between. */
export class SendAll extends SocketOperation<void> {
  #sent = 0;
  readonly once: boolean;
  readonly #length: number;
  readonly #flags: number;

  constructor(
    socket: Target,
    private readonly data: Uint8Array,
    flags: number,
    added: number,
  ) {
    super(socket);
    this.once = (flags & MSG_DONTWAIT) !== 0;
    this.#length = data.length;
    this.#flags = flags | added;
  }

  get syscall(): string {
    return 'send';
  }

  attempt(): number {
    checkLength(this.data, this.#length, 'data');
    for (let step = 0; step < SHARE; step++) {
      const rest = this.#sent === 0 ? this.data : this.data.subarray(this.#sent);
      const result = binding.send(this.socket.waitable.fd, rest, this.#flags);
      if (result < 0) return result;
      this.#sent += result;
      if (this.#sent >= this.#length) return this.#sent;
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
