/** Opens file descriptors, and reads the family, type and protocol of existing ones from the kernel. */
import type { FamilyName } from '../address/address.js';
import { isFamily } from '../address/labels.js';
import { driverOf } from '../address/registry.js';
import { binding, shared } from '../binding.js';
import { assertPresent } from '../constants/absent.js';
import {
  SO_DOMAIN,
  SO_PROTOCOL,
  SO_TYPE,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOL_SOCKET,
} from '../constants/socket.js';
import { advise } from '../errors/advice.js';
import { checkInteger, outOfRange } from '../errors/argument.js';
import { errnoCode } from '../errors/codes.js';
import { checked, socketError } from '../errors/errors.js';
import { Core, defaultMode, kindOf } from './core.js';

const TYPE_FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC;

/** Checks the number of a family, type or protocol. */
export function checkName(value: number, argument: string): number {
  assertPresent(value, argument);
  return checkInteger(value, argument, 0, 0x7fffffff);
}

/** Checks the number of an address family. */
export function checkFamily(value: number, argument: string): number {
  checkName(value, argument);
  if (!isFamily(value)) throw outOfRange(argument, 'an address family (an AF_ constant)', value);
  return value;
}

/** Checks the family, type and protocol of a new socket. */
function checkKind(family: number, type: number, protocol: number): void {
  checkFamily(family, 'family');
  checkName(type, 'type');
  checkName(protocol, 'protocol');
}

/** Creates the error of a socket that the kernel did not open. */
function openError(syscall: string, errno: number, family: number, type: number, protocol: number): Error {
  const driver = driverOf(family);
  const failure = { syscall, code: errnoCode(errno), errno, family: driver.name, protocol, driver };
  return socketError(errno, { syscall, hint: advise({ ...failure, type: type & ~TYPE_FLAGS }) });
}

/** Opens a socket. Its type and the default timeout determine its mode. */
export function openCore<F extends FamilyName>(family: number, type: number, protocol: number): Core<F> {
  checkKind(family, type, protocol);
  const fd = binding.socket(family, type, protocol);
  if (fd < 0) throw openError('socket', fd, family, type, protocol);
  try {
    return startCore<F>(fd, family, type, protocol);
  } catch (error) {
    binding.close(fd);
    throw error;
  }
}

/** Opens a pair of connected sockets. */
export function openPair<F extends FamilyName>(
  family: number,
  type: number,
  protocol: number,
): [Core<F>, Core<F>] {
  checkKind(family, type, protocol);
  const result = binding.socketpair(family, type, protocol);
  if (result < 0) throw openError('socketpair', result, family, type, protocol);
  const [first, second] = [shared.words[0]!, shared.words[1]!];
  try {
    return [startCore<F>(first, family, type, protocol), startCore<F>(second, family, type, protocol)];
  } catch (error) {
    binding.close(first);
    binding.close(second);
    throw error;
  }
}

/** Creates the core of a file descriptor that was opened with these flags. */
function startCore<F extends FamilyName>(
  fd: number,
  family: number,
  type: number,
  protocol: number,
): Core<F> {
  return setMode(
    new Core<F>(fd, kindOf<F>(family, type & ~TYPE_FLAGS, protocol)),
    (type & SOCK_NONBLOCK) !== 0,
  );
}

/** Sets the timeout that a new socket starts with. */
function setMode<F extends FamilyName>(core: Core<F>, isNonblocking: boolean): Core<F> {
  core.timeout = isNonblocking ? 0 : defaultMode();
  if ((core.timeout !== null) !== isNonblocking) core.restoreMode();
  return core;
}

/** Creates the core of a file descriptor that is already open. It starts with the default timeout. */
export function adoptCore<F extends FamilyName>(
  fd: number,
  family: number,
  type: number,
  protocol: number,
): Core<F> {
  const core = startCore<F>(fd, family, type, protocol);
  core.mightTimeOutInKernel = true;
  return core;
}

/** Creates the core of an accepted connection. It starts with the default timeout. */
export function acceptedCore<F extends FamilyName>(listening: Core<F>, fd: number): Core<F> {
  const core = setMode(new Core<F>(fd, listening.kind), false);
  core.mightTimeOutInKernel = listening.mightTimeOutInKernel; // Linux hands SO_RCVTIMEO on
  return core;
}

/** Creates another core for the same open socket, with the same timeout. */
export function duplicateCore<F extends FamilyName>(core: Core<F>, fd: number): Core<F> {
  const copy = new Core<F>(fd, core.kind);
  copy.timeout = core.timeout;
  copy.mightTimeOutInKernel = core.mightTimeOutInKernel;
  return copy;
}

/** The family, type and protocol that the kernel reports. */
export interface Kind {
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
}

/**
 * Reads the family, type and protocol of a file descriptor from the kernel. It always reads the type, so that closed
 * descriptors and other files are refused.
 *
 * @param said the values that the caller has passed
 * @throws SocketError `EBADF`, `ENOTSOCK`
 */
export function askKind(fd: number, said: Partial<Kind>): Kind {
  const type = ask(fd, SO_TYPE);
  return {
    family: said.family ?? ask(fd, SO_DOMAIN),
    type: said.type ?? type,
    protocol: said.protocol ?? ask(fd, SO_PROTOCOL),
  };
}

function ask(fd: number, option: number): number {
  checked(binding.getsockoptInt(fd, SOL_SOCKET, option), 'getsockopt');
  return shared.words[0]!;
}
