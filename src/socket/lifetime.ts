/** Closes and detaches sockets, and closes sockets that were garbage collected. */
import { setImmediate } from 'node:timers'; // Deno's global setImmediate returns a number
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

/** The number of new sockets that are kept until they are registered, if the thread does not return to its event loop. */
const MOST_NEW = 64;
/** The sockets that were created in this turn of the event loop. */
const created: AnyCore[] = [];
let isScheduled = false;

/**
 * Makes the registry watch a Socket from the next turn of the event loop on.
 *
 * A server that closes connections quickly would otherwise register each one. V8 keeps an object that is registered
 * until the next collection of the old generation, with everything that it references. A closed socket is not
 * unregistered, because that would cost more than the rest of creating a Socket. The registry then finds a handle
 * without a file descriptor.
 */
export function watchLifetime(socket: object, core: AnyCore): void {
  core.owner = socket;
  if (created.push(core) >= MOST_NEW) register();
  else if (!isScheduled) {
    isScheduled = true;
    setImmediate(onTurn).unref();
  }
}

function onTurn(): void {
  isScheduled = false;
  register();
}

function register(): void {
  for (const { handle, owner } of created) if (handle.fd >= 0) lost.register(owner!, handle);
  created.length = 0;
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
