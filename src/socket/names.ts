/** Binds and listens, and reads the local and the remote address. */
import type { AddressOf, FamilyName } from '../address/address.js';
import { decodeShared } from '../address/registry.js';
import { binding } from '../binding.js';
import { SHUT_RD, SHUT_RDWR, SHUT_WR, SOCK_STREAM, SOMAXCONN } from '../constants/socket.js';
import { checkInteger, invalidType, outOfRange } from '../errors/argument.js';
import type { AnyCore, Core } from './core.js';
import { encodeBlocking, type Target } from './destination.js';
import { checkResult, failure } from './failure.js';

/** The default backlog of Python, which no system limits further. */
const DEFAULT_BACKLOG = 128;

/** Checks a backlog, which can be any C `int`. Negative numbers count as 0. */
export function checkBacklog(backlog: number, argument: string): number {
  return checkInteger(backlog, argument, -0x80000000, 0x7fffffff);
}

/** Calls bind(2). */
export function bind<F extends FamilyName>(core: Core<F>, address: Target<F>): void {
  const sockaddr = encodeBlocking(core, address);
  const result = binding.bind(core.fd, sockaddr);
  if (result < 0) throw failure(core, 'bind', result, sockaddr);
}

/** Calls listen(2). */
export function listen(core: AnyCore, backlog: number = Math.min(SOMAXCONN, DEFAULT_BACKLOG)): void {
  checkBacklog(backlog, 'backlog');
  checkResult(core, binding.listen(core.fd, Math.max(0, backlog)), 'listen');
}

/** Calls getsockname(2). */
export function ownAddress<F extends FamilyName>(core: Core<F>): AddressOf<F> {
  checkResult(core, binding.getsockname(core.fd), 'getsockname');
  return decodeShared(core.driver) as AddressOf<F>;
}

/** Calls getpeername(2). */
export function peerAddress<F extends FamilyName>(core: Core<F>): AddressOf<F> {
  checkResult(core, binding.getpeername(core.fd), 'getpeername');
  return decodeShared(core.driver) as AddressOf<F>;
}

/** Calls shutdown(2). */
export function shutdown(core: AnyCore, how: number): void {
  if (typeof how !== 'number') throw invalidType('how', 'of type number', how);
  if (how !== SHUT_RD && how !== SHUT_WR && how !== SHUT_RDWR)
    throw outOfRange('how', 'SHUT_RD, SHUT_WR or SHUT_RDWR', how);
  checkResult(core, binding.shutdown(core.fd, how), 'shutdown');
  if (how === SHUT_WR || core.type === SOCK_STREAM) return;
  core.handle.mightHaveEnded = true;
  if (core.handle.waiting > 0) core.handle.input.wake();
}
