/** The errors of calls on a socket. */

import type { Peer } from '../address/driver.js';
import { decodeAddress, decodeShared } from '../address/registry.js';
import { binding, shared } from '../binding.js';
import { advise } from '../errors/advice.js';
import { errnoCode } from '../errors/codes.js';
import { closedError, type SocketError, socketError } from '../errors/errors.js';
import { timedOut } from '../errors/timeout.js';
import type { AnyCore } from './core.js';

/** The properties of an error that describe the address of the call. */
interface Meant {
  readonly address: object;
  readonly peer: Peer;
}

/**
 * Decodes the address of a call from its `sockaddr`. The object that the caller passed is not used: it can have
 * changed, and its getters could run code of the caller while a socket is being closed.
 */
function meantBy(core: AnyCore, sockaddr: Uint8Array | null | undefined): Meant | undefined {
  if (!sockaddr) return undefined;
  const address = decodeAddress(sockaddr, sockaddr.length, core.driver);
  if (address === null) return undefined;
  return { address, peer: core.driver.describe(address as never) };
}

/** Returns the properties of an error that describe the address of the call. */
function peerOf(core: AnyCore, sockaddr: Uint8Array | null | undefined): Peer | undefined {
  return meantBy(core, sockaddr)?.peer;
}

function hasNoPort(core: AnyCore): boolean {
  if (binding.getsockname(core.fd) < 0) return false;
  return (decodeShared(core.driver) as { port?: unknown } | null)?.port === 0;
}

function optionOf(core: AnyCore, level: number, name: number): number | undefined {
  return binding.getsockoptInt(core.fd, level, name) < 0 ? undefined : shared.words[0];
}

/**
 * Creates the error of a failed system call on a socket, with advice if a specific cause is known.
 *
 * @param sockaddr the address of the call, if any
 * @param options further arguments of the call that the advice depends on
 */
export function failure(
  core: AnyCore,
  syscall: string,
  errno: number,
  sockaddr?: Uint8Array | null,
  options?: object,
): SocketError {
  const meant = meantBy(core, sockaddr);
  const hint = advise({
    syscall,
    code: errnoCode(errno),
    errno,
    family: core.driver.name,
    type: core.type,
    protocol: core.protocol,
    address: meant?.address,
    options,
    hasNoPort: () => hasNoPort(core),
    optionOf: (level, name) => optionOf(core, level, name),
    driver: core.driver,
  });
  return socketError(errno, { syscall, ...meant?.peer, hint });
}

/** Creates the error of a call whose deadline has passed. */
export function expired(
  core: AnyCore,
  syscall: string,
  milliseconds: number,
  sockaddr?: Uint8Array | null,
): SocketError {
  return timedOut(syscall, milliseconds, peerOf(core, sockaddr));
}

/** Creates the error of a call on a socket that was closed before or during the call. */
export function closed(
  core: AnyCore,
  syscall: string,
  whileWaiting: boolean,
  sockaddr?: Uint8Array | null,
): SocketError {
  const detail = whileWaiting ? 'the socket was closed while the call waited' : undefined;
  return closedError(syscall, detail, peerOf(core, sockaddr));
}

/** Returns the result of a system call on a socket, or throws its error. */
export function checkResult(core: AnyCore, result: number, syscall: string): number {
  if (result < 0) throw failure(core, syscall, result);
  return result;
}
