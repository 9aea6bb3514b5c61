import { isMainThread } from 'node:worker_threads';
import { binding } from '../binding.js';
import type { Waitable } from '../reactor/waitable.js';

/**
 * Sockets that nobody closed. The registry closes the descriptor when its Socket is collected, and says so: a lost
 * socket is a mistake that otherwise shows only as EMFILE, hours later.
 */
const lost = new FinalizationRegistry<Waitable>(waitable => {
  const { fd } = waitable;
  if (fd < 0) return;
  own(fd, false);
  waitable.close(operation => operation.fail(0));
  process.emitWarning(
    `A socket (descriptor ${fd}) was not closed before it was garbage collected`,
    'ResourceWarning',
  );
});

/** A worker's descriptors are closed when it is terminated, by the addon; those of the main thread by the kernel. */
export function own(fd: number, owned: boolean): void {
  if (!isMainThread && fd >= 0) binding.own(fd, owned ? 1 : 0);
}

/** Watches over a socket until it is closed. */
export function adoptForCollection(socket: object, waitable: Waitable): void {
  lost.register(socket, waitable, waitable);
  own(waitable.fd, true);
}

/** The socket was closed in good order, or is about to be. */
export function forgetCollection(waitable: Waitable): void {
  lost.unregister(waitable);
  own(waitable.fd, false);
}
