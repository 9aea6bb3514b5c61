/** The errors of calls on a socket. */

import type { Peer } from '../address/driver.js';
import { decodeAddress } from '../address/registry.js';
import { advise } from '../errors/advice.js';
import { errnoCode } from '../errors/codes.js';
import { type SocketError, socketError } from '../errors/errors.js';
import type { AnyCore } from './core.js';

/** What the errors of a call say of the address that it meant. */
interface Meant {
  readonly address: object;
  readonly peer: Peer;
}

/**
 * Reads the address that a call meant from its `sockaddr`, and not from the object that the caller passed: that could have
 * changed since, and reading it would run the caller's code while a socket is being closed.
 */
function meantBy(core: AnyCore, sockaddr: Uint8Array | null | undefined): Meant | undefined {
  if (!sockaddr) return undefined;
  const address = decodeAddress(sockaddr, sockaddr.length, core.driver);
  if (address === null) return undefined;
  return { address, peer: core.driver.describe(address as never) };
}

/** What an error says of the address that a call meant. */
export function peerOf(core: AnyCore, sockaddr: Uint8Array | null | undefined): Peer | undefined {
  return meantBy(core, sockaddr)?.peer;
}

/**
 * Makes the error of a system call that failed on a socket, with advice where something specific is known.
 *
 * @param sockaddr the address that the call meant, if any
 * @param options what else the call asked for, where advice depends on it
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
    driver: core.driver,
  });
  return socketError(errno, { syscall, ...meant?.peer, hint });
}

/** Returns the result of a system call on a socket, or throws its error. */
export function checkResult(core: AnyCore, result: number, syscall: string): number {
  if (result < 0) throw failure(core, syscall, result);
  return result;
}
