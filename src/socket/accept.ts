/** Accepts connections: accept(2). */
import type { FamilyName } from '../address/address.js';
import { decodeShared } from '../address/registry.js';
import { binding } from '../binding.js';
import { type EventMask, POLLIN } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type Call, type Form, parseCall, waitKeys } from './call.js';
import type { AnyCore, Core } from './core.js';
import { acceptedCore } from './open.js';
import { SocketOperation } from './operation.js';
import type { SenderOf } from './received.js';

/** Creates the result of an accepted connection. */
export type AcceptedResult<F extends FamilyName, T> = (core: Core<F>, address: SenderOf<F>) => T;

const KEYS = waitKeys();

/** The operation of accept(2). */
class Accept<F extends FamilyName, T> extends SocketOperation<T> {
  readonly direction: EventMask = POLLIN;
  readonly #mustNotBlock: boolean;
  readonly #isNamed: number;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly result: AcceptedResult<F, T>,
  ) {
    super(core, call);
    this.#mustNotBlock = call.added !== 0;
    this.#isNamed = (core.driver.namesPeers ?? true) ? 1 : 0;
  }

  get syscall(): string {
    return 'accept';
  }

  attempt(): number {
    const { fd } = this.core;
    if (this.#mustNotBlock) {
      // accept(2) has no flag for non-blocking calls, so the file descriptor itself must be non-blocking. O_NONBLOCK
      // is set at each attempt: every process that shares the descriptor can have changed it.
      const result = binding.setNonblocking(fd, 1);
      if (result < 0) return result;
    }
    return binding.accept(fd, this.#isNamed);
  }

  finish(fd: number): T {
    try {
      const core = this.core as Core<F>;
      const address = decodeShared(core.driver) as SenderOf<F>;
      return this.result(acceptedCore(core, fd), address);
    } catch (error) {
      binding.close(fd);
      throw error;
    }
  }
}

/** Creates the operation of `accept`. */
export function accept<F extends FamilyName, T>(
  core: Core<F>,
  form: Form,
  options: WaitOptions | undefined,
  result: AcceptedResult<F, T>,
): Operation<T> {
  return new Accept<F, T>(core, parseCall(core, form, options, KEYS), result);
}
