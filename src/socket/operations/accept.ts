import { binding } from '../../binding.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** accept(2). The peer's address is in shared memory when `accepted` is called. */
export class Accept<T> extends SocketOperation<T> {
  constructor(
    socket: Target,
    private readonly named: boolean,
    private readonly nonblocking: boolean,
    private readonly accepted: (fd: number) => T,
  ) {
    super(socket);
  }

  get syscall(): string {
    return 'accept';
  }

  attempt(): number {
    const { fd } = this.socket.waitable;
    if (this.nonblocking) {
      // There is no flag for "do not wait" in accept(2): the descriptor itself has to say it. Each time, since
      // O_NONBLOCK belongs to everyone who has the socket open, and any of them may have set a mode meanwhile.
      const result = binding.setNonblocking(fd, 1);
      if (result < 0) return result;
    }
    return binding.accept(fd, this.named ? 1 : 0);
  }

  finish(result: number): T {
    try {
      return this.accepted(result);
    } catch (error) {
      binding.close(result);
      throw error;
    }
  }
}
