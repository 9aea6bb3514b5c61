/** How sockets end: closed, detached, collected. */
import { binding } from '../binding.js';
import { invalidState } from '../errors/argument.js';
import { checked } from '../errors/errors.js';
import type { PollHandle } from '../reactor/poll-handle.js';
import type { AnyCore } from './core.js';

/**
 * Sockets that nobody closed. The registry closes the descriptor when its Socket is collected, with a warning: a lost socket
 * is a mistake that otherwise shows only as EMFILE, hours later.
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
 * Watches over a Socket until it is closed. It is not unregistered then, which would cost more than the rest of creating a
 * Socket: the registry finds a handle without a descriptor.
 */
export function watchLifetime(socket: object, core: AnyCore): void {
  core.owner = socket;
  lost.register(socket, core.handle);
}

/** Closes a socket; the calls that wait on it end with what they have received, or with `EBADF`. */
export function closeCore(core: AnyCore): void {
  checked(core.handle.close(), 'close');
}

/**
 * Gives up the descriptor of a socket.
 *
 * @throws Error `ERR_INVALID_STATE` if received bytes are pending: whoever gets the descriptor could never receive them
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
 * Gives the descriptor of a socket to another core of this package: the calls that wait give back what they received. The
 * addon goes on owning the descriptor.
 */
export function handOver(core: AnyCore): number {
  return core.handle.retire('handed over');
}
