import type { Peer } from '../../address/driver.js';
import { binding, shared } from '../../binding.js';
import { SO_ERROR, SOL_SOCKET } from '../../constants/socket.js';
import { EAGAIN, EINPROGRESS, EINTR, EISCONN } from '../../errors/codes.js';
import { socketError } from '../../errors/errors.js';
import { POLLOUT } from '../../reactor/events.js';
import { FULL } from '../../reactor/operation.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** What a connect does beside the system call. */
export interface Connecting {
  /** The address that the caller gave. */
  readonly address: object;
  /** Whether it waits for the connection, or says EINPROGRESS. */
  readonly waits: boolean;
  /** Whether it has to see to it that the system call does not wait. */
  readonly nonblocking: boolean;
  /** Whether the system call is to be made again when the connection is made. */
  readonly twice: boolean;
}

/**
 * connect(2), which is started once and then only waited for: "the completion is signalled by writability, and
 * SO_ERROR says whether it succeeded". So is one that a signal interrupted: calling connect again would only say
 * EALREADY.
 *
 * A Unix socket whose peer's backlog is full answers EAGAIN, which is neither: nothing was started and nothing will
 * signal the place that becomes free (net/unix/af_unix.c, unix_stream_connect). A blocking connect sleeps inside the
 * kernel there; we look again after a pause.
 *
 * Linux has a TCP socket that did not wait down as connecting even when it is connected, until connect is called once
 * more (net/ipv4/af_inet.c, __inet_stream_connect). Left to the caller that would be a second connect that succeeds,
 * where POSIX has EISCONN.
 */
export class Connect extends SocketOperation<void> {
  #started = false;

  constructor(
    socket: Target,
    private readonly address: Uint8Array,
    private readonly peer: () => Peer,
    private readonly how: Connecting,
  ) {
    super(socket);
  }

  get syscall(): string {
    return 'connect';
  }

  get goesOn(): boolean {
    return this.#started;
  }

  attempt(): number {
    return this.#started ? this.#completed() : this.#start();
  }

  #start(): number {
    const { fd } = this.socket.waitable;
    // As in accept.ts: connect(2) has no flag for it either.
    const mode = this.how.nonblocking ? binding.setNonblocking(fd, 1) : 0;
    const result = mode < 0 ? mode : binding.connect(fd, this.address);
    if ((result === EINPROGRESS && this.how.waits) || result === EINTR) {
      this.#started = true;
      return this.#completed(); // as it is at once with a peer on this machine
    }
    return result === EAGAIN ? FULL : result;
  }

  #completed(): number {
    const { fd } = this.socket.waitable;
    const ready = binding.wait(fd, POLLOUT, 0);
    if (ready <= 0) return ready === 0 ? EAGAIN : ready;
    const result = binding.getsockoptInt(fd, SOL_SOCKET, SO_ERROR);
    if (result < 0 || shared.words[0] !== 0) return result < 0 ? result : -shared.words[0]!;
    const again = this.how.twice ? binding.connect(fd, this.address) : 0;
    return again === EISCONN ? 0 : again;
  }

  finish(): void {}

  protected override get meant(): object {
    return this.how.address;
  }

  override fail(errno: number): Error {
    return socketError(errno, { syscall: 'connect', ...this.peer() });
  }
}
