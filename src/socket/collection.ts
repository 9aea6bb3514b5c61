import { binding } from '../binding.js';
import { checked } from '../errors/errors.js';
import type { Waitable } from '../reactor/waitable.js';

/**
 * Sockets that nobody closed. The registry closes the descriptor when its Socket is collected, and emits a warning: a
 * lost socket is a mistake that otherwise shows only as EMFILE, hours later.
 */
const lost = new FinalizationRegistry<Waitable>(waitable => {
  const { fd } = waitable;
  if (fd < 0) return;
  waitable.close(operation => operation.fail(0));
  process.emitWarning(
    `A socket (descriptor ${fd}) was not closed before it was garbage collected`,
    'ResourceWarning',
  );
});

/** Watches over a socket until it is closed. */
export function adoptForCollection(socket: object, waitable: Waitable): void {
  if (waitable.fd >= 0) checked(binding.own(waitable.fd), 'fcntl');
  lost.register(socket, waitable, waitable);
}

/** The socket is about to be closed or detached. */
export function forgetCollection(waitable: Waitable): void {
  lost.unregister(waitable);
}
