import process from 'node:process';
import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import { checkBoolean } from '../errors/argument.js';
import { environmentVariable } from '../errors/environment.js';
import { checked } from '../errors/errors.js';
import { checkOptionsObject } from '../errors/options.js';
import { type Adoption, Socket } from '../socket/socket.js';
import { invalidVariable, readCount } from './variables.js';

/** The first descriptor that a service manager passes: `SD_LISTEN_FDS_START` of sd-daemon.h. */
const FIRST = 3;

/** The name of a descriptor for which the manager has none (sd_listen_fds_with_names(3)). */
const UNKNOWN = 'unknown';

const VARIABLES = ['LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES'];

/** A file descriptor that the service manager has passed to this process. */
export class PassedDescriptor {
  /** The file descriptor. */
  readonly fd: number;
  /**
   * Its name: `FileDescriptorName=` of the socket unit, which is the name of the unit by default; the name given to
   * {@link storeFds}; or `unknown`.
   */
  readonly name: string;

  /** @internal */
  constructor(fd: number, name: string) {
    this.fd = fd;
    this.name = name;
  }

  /**
   * Creates a socket that owns the descriptor: {@link Socket.adopt}.
   *
   * @throws SocketError `ENOTSOCK` if the descriptor is not a socket, but a file, FIFO or device of the unit; `EBADF` if
   * it was closed
   */
  toSocket<F extends FamilyName = FamilyName>(options?: Adoption<F>): Socket<F> {
    return Socket.adopt<F>(this.fd, options);
  }
}

/** Options of {@link listenFds}. */
export interface ListenFdsOptions {
  /**
   * Whether to remove the variables from the environment, so that a second call and child processes find nothing;
   * `false` by default.
   */
  readonly unset?: boolean | undefined;
}

/**
 * Returns the file descriptors that the service manager has passed to this process, in the order of the unit. It is
 * empty if none were passed, or if they were passed to another process.
 *
 * The descriptors are open from the start of the process, and the caller owns them. Child processes do not inherit them
 * any more after this call.
 *
 * @throws Error `ERR_INVALID_STATE` if a variable of the protocol does not have its form
 * @throws SocketError `EBADF` if a descriptor is not open
 * @see sd_listen_fds(3)
 */
export function listenFds(options: ListenFdsOptions = {}): PassedDescriptor[] {
  const { unset = false } = checkOptionsObject(options, ['unset'], 'options') as ListenFdsOptions;
  checkBoolean(unset, 'options.unset');
  const descriptors = readDescriptors();
  for (const { fd } of descriptors) checked(binding.setInheritable(fd, 0), 'fcntl');
  if (unset) for (const name of VARIABLES) delete process.env[name];
  return descriptors;
}

function readDescriptors(): PassedDescriptor[] {
  if (readCount('LISTEN_PID') !== process.pid) return [];
  const count = readCount('LISTEN_FDS') ?? 0;
  const text = environmentVariable('LISTEN_FDNAMES');
  const names = text === undefined ? [] : text.split(':');
  if (text !== undefined && names.length !== count)
    throw invalidVariable('LISTEN_FDNAMES', `has ${names.length} names for ${count} descriptors`);
  return Array.from({ length: count }, (_, i) => new PassedDescriptor(FIRST + i, names[i] || UNKNOWN));
}
