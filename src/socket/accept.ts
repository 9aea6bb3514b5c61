/** Accepts connections: accept(2). */
import type { FamilyName } from '../address/address.js';
import { decodeShared } from '../address/registry.js';
import { binding } from '../binding.js';
import { MSG_DONTWAIT } from '../constants/socket.js';
import { USUAL_WORK } from '../reactor/budget.js';
import { type EventMask, POLLIN } from '../reactor/events.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type Call, type Form, parseCall, waitKeys } from './call.js';
import type { AnyCore } from './core.js';
import type { DirectCall } from './direct.js';
import { acceptedCore } from './open.js';
import { SocketOperation } from './operation.js';
import type { SenderOf } from './received.js';

/** Creates the result of an accepted connection. */
export type AcceptedResult<T> = (core: AnyCore, address: SenderOf<FamilyName>) => T;

const KEYS = waitKeys();

/**
 * Accepts a connection: returns its file descriptor, or `-errno`.
 *
 * accept(2) has no flag for non-blocking calls, so the file descriptor itself must be non-blocking. O_NONBLOCK is set at
 * each attempt: every process that shares the descriptor can have changed it.
 */
function attempt({ fd, driver }: AnyCore, mustNotBlock: boolean): number {
  if (mustNotBlock) {
    const result = binding.setNonblocking(fd, 1);
    if (result < 0) return result;
  }
  return binding.accept(fd, (driver.namesPeers ?? true) ? 1 : 0);
}

/** Creates the result for the file descriptor of a connection that was accepted immediately before. */
function finish<T>(core: AnyCore, fd: number, result: AcceptedResult<T>): T {
  try {
    const address = decodeShared(core.driver) as SenderOf<FamilyName>;
    return result(acceptedCore(core, fd), address);
  } catch (error) {
    binding.close(fd);
    throw error;
  }
}

/** The operation of accept(2). */
class Accept<T> extends SocketOperation<T> {
  readonly direction: EventMask = POLLIN;

  constructor(
    core: AnyCore,
    call: Call,
    private readonly result: AcceptedResult<T>,
  ) {
    super(core, call);
  }

  get syscall(): string {
    return 'accept';
  }

  attempt(): number {
    return attempt(this.core, this.wait.added !== 0);
  }

  finish(fd: number): T {
    return finish(this.core, fd, this.result);
  }
}

/** Creates the row of `accept`; see {@link DirectCall}. */
export function acceptCall<T>(
  result: AcceptedResult<T>,
): DirectCall<undefined, undefined, WaitOptions | undefined, T> {
  const build = (core: AnyCore, form: Form, options: WaitOptions | undefined): Operation<T> =>
    new Accept(core, parseCall(core, form, options, KEYS), result);
  return {
    direction: POLLIN,
    required: 0,
    work: () => USUAL_WORK,
    drained: () => false,
    build: (core, form, _argument, _address, options) => build(core, form, options),
    attempt: (core, flags) => attempt(core, (flags & MSG_DONTWAIT) !== 0),
    finish: (core, fd) => finish(core, fd, result),
    resume: (core, form) => build(core, form, undefined),
  };
}
