import type { FamilyName } from '../address/address.js';
import { MSG_CTRUNC, MSG_DONTWAIT, SCM_RIGHTS, SOL_SOCKET } from '../constants/socket.js';
import { checkInteger } from '../errors/argument.js';
import type { Bytes } from '../layout/memory.js';
import { CMSG_SPACE } from '../message/control.js';
import {
  type Descriptor,
  discardDescriptors,
  discardProcess,
  encodeDescriptors,
  receivedDescriptors,
  SCM_MAX_FD,
} from '../message/descriptors.js';
import type { MessageInput, ReceivedFds } from '../message/message.js';
import type { Operation } from '../reactor/operation.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { ErrorReceiver } from './error-queue.js';
import { promised } from './handle.js';
import { sourceOf } from './receiving.js';
import { takeFrom } from './scratch.js';

/**
 * FamilyDriver for what the kernel puts before the descriptors: credentials, a security context, a pidfd, a timestamp. Without
 * it they would be cut off on a socket that has SO_PASSCRED and its like set (net/core/scm.c, __scm_recv_common).
 */
const BEFORE = 512;

/** Passing descriptors between processes over Unix sockets. */
export abstract class Passer<F extends FamilyName> extends ErrorReceiver<F> {
  /**
   * Sends descriptors along with data. They are duplicated in flight: the sender may close its own at once.
   *
   * @param data at least one byte on a stream: Linux sends no descriptors with nothing
   * @param fds descriptors of files, pipes, sockets, …, or objects that have one in `fd`; at most 253
   * @param flags as in {@link send}
   * @param wait a signal, a timeout
   * @returns how many bytes were taken; the descriptors go with the first of them
   * @throws SocketError `EBADF` if a descriptor is not open, `ETOOMANYREFS` if too many are in flight, …
   * @see unix(7), SCM_RIGHTS
   */
  sendFds(
    data: Bytes | readonly Bytes[],
    fds: readonly Descriptor[],
    flags = 0,
    wait?: WaitOptions,
  ): Promise<number> {
    return promised(() => this.sendmsg(withDescriptors<F>(data, fds), flags, wait));
  }

  /** {@link sendFds}, in this thread, in the mode that {@link timeout} says. */
  sendFdsSync(data: Bytes | readonly Bytes[], fds: readonly Descriptor[], flags = 0): number {
    return this.sendmsgSync(withDescriptors<F>(data, fds), flags);
  }

  /**
   * Receives data and the descriptors that came along.
   *
   * @param size the most data, in bytes
   * @param maxFds the most descriptors; more that arrive are closed
   * @param flags as in {@link recv}
   * @param wait a signal, a timeout
   * @returns the data, the descriptors (close-on-exec from birth), flags (`MSG_CTRUNC`: some did not fit, or this
   *   process may not have so many) and the sender's address
   * @see unix(7), SCM_RIGHTS
   */
  recvFds(size: number, maxFds: number, flags = 0, wait?: WaitOptions): Promise<ReceivedFds<F>> {
    return promised(() =>
      this.drive(this.source(flags), this.#recvFds(size, maxFds, flags, MSG_DONTWAIT), wait),
    );
  }

  /** {@link recvFds}, in this thread, in the mode that {@link timeout} says. */
  recvFdsSync(size: number, maxFds: number, flags = 0): ReceivedFds<F> {
    return this.driveSync(sourceOf(flags), this.#recvFds(size, maxFds, flags, 0));
  }

  #recvFds(size: number, maxFds: number, flags: number, added: number): Operation<ReceivedFds<F>> {
    checkInteger(size, 'size', 0, 0x7fffffff);
    checkInteger(maxFds, 'maxFds', 0, SCM_MAX_FD);
    const room = BEFORE + CMSG_SPACE(4 * maxFds);
    return this.receiveMessage(size, room, flags, added, (received, [memory], { control, ...envelope }) => {
      const data = takeFrom(memory as Buffer, Math.min(received, size));
      const fds = receivedDescriptors(control);
      // The room is larger than asked for: what came in the rest of it was cut off, as far as the caller can see.
      const excess = fds.splice(maxFds);
      discardDescriptors(excess);
      discardProcess(control);
      const flags = envelope.flags | (excess.length > 0 ? MSG_CTRUNC : 0);
      return { data, fds, flags, address: envelope.address };
    });
  }
}

function withDescriptors<F extends FamilyName>(
  data: Bytes | readonly Bytes[],
  fds: readonly Descriptor[],
): MessageInput<F> {
  const rights = encodeDescriptors(fds, 'fds');
  return {
    data,
    control: rights.length === 0 ? [] : [{ level: SOL_SOCKET, type: SCM_RIGHTS, data: rights }],
  };
}
