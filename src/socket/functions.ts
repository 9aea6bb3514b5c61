/** Functions that create sockets in other ways than `new Socket`, and functions that take sockets. */
import type { FamilyName } from '../address/address.js';
import { binding } from '../binding.js';
import type { Family, Protocol, SocketType } from '../constants/kinds.js';
import { SOCK_STREAM } from '../constants/socket.js';
import { checkInteger } from '../errors/argument.js';
import { EAGAIN } from '../errors/codes.js';
import { checked } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import { AF_UNIX } from '../families/unix/constants.js';
import type { Bytes } from '../layout/memory.js';
import { type QueuedError, queueError, receiveQueued, takeQueued } from '../message/error-queue.js';
import { openPair } from './open.js';
import { type Adoption, coreOf, Socket, socketOf } from './socket.js';
import { openShared } from './windows.js';

/** Windows has no pairs of Unix sockets. */
const DEFAULT_PAIR: Family = process.platform === 'win32' ? AF_INET : AF_UNIX;

/**
 * Creates a pair of connected sockets.
 *
 * @param family an `AF_` constant; `AF_UNIX` by default, on Windows `AF_INET`: two sockets connected over the loopback
 * @param type a `SOCK_` constant; `SOCK_STREAM` by default
 * @param protocol the protocol number; 0 by default
 * @throws SocketError `EOPNOTSUPP` for families that do not support pairs (Linux: all except AF_UNIX and AF_TIPC)
 * @see socketpair(2)
 */
export function socketpair<F extends FamilyName = 'unix'>(
  family: Family<F> = DEFAULT_PAIR as Family<F>,
  type: SocketType = SOCK_STREAM,
  protocol: Protocol = 0,
): [Socket<F>, Socket<F>] {
  const [first, second] = openPair<F>(family, type, protocol);
  return [socketOf(first), socketOf(second)];
}

/**
 * Creates a socket from a duplicate of a file descriptor. The caller still owns the original descriptor.
 *
 * @param fd the file descriptor of a socket
 * @param options the family, type and protocol; absent ones are read from the kernel
 * @throws SocketError `EBADF`, `ENOTSOCK`
 * @see dup(2)
 */
export function fromfd<F extends FamilyName = FamilyName>(fd: number, options: Adoption<F> = {}): Socket<F> {
  checkInteger(fd, 'fd', 0, 0x7fffffff);
  const copy = checked(binding.dup(fd), 'dup');
  try {
    return Socket.adopt<F>(copy, options);
  } catch (error) {
    binding.close(copy);
    throw error;
  }
}

/**
 * Opens a socket that another process has shared with this one by {@link Socket.share}. Windows only.
 *
 * @param shared the bytes that `share` returned
 * @throws UnsupportedError on other platforms
 * @throws SocketError `EINVAL`, … if the bytes are not for this process, or were used before
 * @see WSASocketW
 */
export function fromshare<F extends FamilyName = FamilyName>(shared: Bytes): Socket<F> {
  const fd = openShared(shared);
  try {
    return Socket.adopt<F>(fd);
  } catch (error) {
    binding.close(fd);
    throw error;
  }
}

/**
 * Closes a file descriptor that no Socket owns.
 *
 * @throws SocketError `EBADF`
 * @see close(2)
 */
export function close(fd: number): void {
  checked(binding.close(checkInteger(fd, 'fd', 0, 0x7fffffff)), 'close');
}

/**
 * Takes the items that are in a socket’s error queue, without waiting: errors of sent data, send timestamps, and
 * completions of `MSG_ZEROCOPY`. `Socket.recvError` waits for the next item.
 *
 * The options IP_RECVERR, IPV6_RECVERR, SO_TIMESTAMPING, SO_ZEROCOPY and SO_TXTIME make the kernel queue items.
 *
 * @param socket a socket of a family that has an error queue
 * @param most the maximum number of items
 * @returns the items, oldest first; an empty array if the queue is empty
 * @throws SocketError `EBADF` if the socket is closed
 * @throws UnsupportedError `ENOTSUP` if the socket’s family has no error queue
 * @see recv(2), MSG_ERRQUEUE
 */
export function readErrorQueue<F extends FamilyName>(
  socket: Socket<F>,
  most: number = Number.POSITIVE_INFINITY,
): QueuedError<F>[] {
  if (most !== Number.POSITIVE_INFINITY) checkInteger(most, 'most', 0, Number.MAX_SAFE_INTEGER);
  const core = coreOf(socket);
  const errors: QueuedError<F>[] = [];
  while (errors.length < most) {
    const result = receiveQueued(core);
    if (result === EAGAIN) break;
    if (result < 0) throw queueError(result);
    errors.push(takeQueued<F>(result));
  }
  return errors;
}
