/** Sockets by other ways than `new Socket`. */
import type { FamilyName } from '../address/address.js';
import { binding, shared } from '../binding.js';
import type { Family } from '../constants/constant.js';
import { SOCK_STREAM } from '../constants/socket.js';
import { checkInteger } from '../errors/argument.js';
import { checked } from '../errors/errors.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { checkKind } from './open.js';
import { type Adoption, Socket } from './socket.js';

/**
 * Two sockets that are connected to each other.
 *
 * @param family an `AF_` constant; `AF_UNIX` by default
 * @param type a `SOCK_` constant; `SOCK_STREAM` by default
 * @param protocol 0 by default
 * @throws SocketError `EOPNOTSUPP` for families that cannot make pairs (Linux: all but AF_UNIX and AF_TIPC)
 * @see socketpair(2)
 */
export function socketpair<F extends FamilyName = 'unix'>(
  family: Family<F> = AF_UNIX as unknown as Family<F>,
  type: number = SOCK_STREAM,
  protocol = 0,
): [Socket<F>, Socket<F>] {
  checkKind(family, type, protocol);
  checked(binding.socketpair(family, type, protocol), 'socketpair');
  const [first, second] = [shared.words[0]!, shared.words[1]!];
  return [new Socket<F>(family, type, protocol, first), new Socket<F>(family, type, protocol, second)];
}

/**
 * A socket on a duplicate of the descriptor `fd`, which stays the caller's.
 *
 * @param fd a descriptor of a socket
 * @throws SocketError `EBADF`, `ENOTSOCK`
 */
export function fromfd<F extends FamilyName = FamilyName>(fd: number, adoption: Adoption<F> = {}): Socket<F> {
  checkInteger(fd, 'fd', 0, 0x7fffffff);
  const copy = checked(binding.dup(fd), 'dup');
  try {
    return Socket.from<F>(copy, adoption);
  } catch (error) {
    binding.close(copy);
    throw error;
  }
}

/**
 * Closes a descriptor that no Socket owns.
 *
 * @throws SocketError `EBADF`
 * @see close(2)
 */
export function close(fd: number): void {
  checked(binding.close(checkInteger(fd, 'fd', 0, 0x7fffffff)), 'close');
}
