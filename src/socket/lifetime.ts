/** Closes and detaches sockets, and closes sockets that were garbage collected. */
import { binding } from '../binding.js';
import { invalidState } from '../errors/argument.js';
import { checked } from '../errors/errors.js';
import type { PollHandle } from '../reactor/poll-handle.js';
import type { AnyCore } from './core.js';

/**
 * Sockets that were not closed. When such a Socket is garbage collected, the registry closes its file descriptor and
 * emits a warning. Without it, the mistake would only show later, as EMFILE.
 */
const lost = new FinalizationRegistry<PollHandle>(handle => {
  const { fd } = handle;
  if (fd < 0) return;
  handle.close();
  process.emitWarning(
    `A socket (descriptor ${fd}) was not closed before it was garbage collected`,
    'ResourceWarning',
  );
});

/**
 * Registers a Socket with the registry. It is not unregistered when it is closed, because that would cost more than
 * the rest of creating a Socket. The registry then finds a handle without a file descriptor.
 */
export function watchLifetime(socket: object, core: AnyCore): void {
  core.owner = socket;
  lost.register(socket, core.handle);
}

/** Closes a socket. The calls that wait on it return the data that they have received, or fail with `EBADF`. */
export function closeCore(core: AnyCore): void {
  checked(core.handle.close(), 'close');
}

/**
 * Detaches the file descriptor from a socket.
 *
 * @throws Error `ERR_INVALID_STATE` if received bytes are pending: the new owner of the descriptor could not receive
 *   them
 */
export function detachCore(core: AnyCore): number {
  if (core.handle.pendingLength > 0)
    throw invalidState(
      `${core.handle.pendingLength} bytes that were received before an abort are pending: receive them before detaching`,
    );
  core.restoreMode();
  const fd = core.handle.retire();
  if (fd >= 0) binding.disown(fd);
  return fd;
}

/**
 * Moves the file descriptor of a socket to another core of this package. Waiting calls give back the data that they
 * have received. The addon still tracks the descriptor.
 */
export function handOver(core: AnyCore): number {
  return core.handle.retire('handed over');
}
