import { binding } from '../../binding.js';
import { SocketOperation, type Target } from './socket-operation.js';

/** accept(2). The peer's address is in shared memory when `accepted` is called. */
export class Accept<T> extends SocketOperation<T> {
  constructor(
    socket: Target,
    private readonly named: boolean,
    private readonly accepted: (fd: number) => T,
  ) {
    super(socket);
  }

  get syscall(): string {
    return 'accept';
  }

  attempt(): number {
    return binding.accept(this.socket.waitable.fd, this.named ? 1 : 0);
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
