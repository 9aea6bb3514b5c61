import type { Waitable } from '../reactor/waitable.js';

/**
 * Sockets that nobody closed. The registry closes the descriptor when its Socket is collected, and says so: a lost
 * socket is a mistake that otherwise shows only as EMFILE, hours later.
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
  lost.register(socket, waitable, waitable);
}

/** The socket was closed in good order. */
export function forgetCollection(waitable: Waitable): void {
  lost.unregister(waitable);
}
