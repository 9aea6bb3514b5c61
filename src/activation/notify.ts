import type { AddressInput } from '../address/address.js';
import { SOCK_DGRAM } from '../constants/socket.js';
import { environmentVariable } from '../errors/environment.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { socketpair } from '../socket/functions.js';
import { Socket } from '../socket/socket.js';
import { formatState, type ServiceState } from './service-state.js';
import { invalidVariable } from './variables.js';

/** Returns the address of the service manager; `undefined` if nobody listens. */
export function managerAddress(): AddressInput<'unix'> | undefined {
  const text = environmentVariable('NOTIFY_SOCKET');
  if (!text) return undefined;
  if (text.startsWith('/')) return { path: text };
  if (text.startsWith('@') && text.length > 1) return { abstract: text.slice(1) };
  throw invalidVariable('NOTIFY_SOCKET', `is neither a path nor an abstract name: ${JSON.stringify(text)}`);
}

/**
 * Reports the state of this service to the service manager.
 *
 * ```ts
 * await notify({ ready: true, status: 'Waiting for connections' });
 * await notify('X_EXAMPLE=1'); // assignments that ServiceState does not have
 * ```
 *
 * @param state the state, or the text of the message: `NAME=value` per line
 * @param options `{ timeout, signal }`; the manager’s queue is rarely full
 * @returns whether a service manager listens: `false` if `NOTIFY_SOCKET` is not set
 * @throws TypeError or RangeError if the state is invalid or empty
 * @throws SocketError `ENOENT` or `ECONNREFUSED` if the manager’s socket is gone
 * @see sd_notify(3)
 */
export async function notify(state: ServiceState | string, options?: WaitOptions): Promise<boolean> {
  const text = formatState(state);
  const wait = checkWaitOptions(options);
  const address = managerAddress();
  if (address === undefined) return false;
  using socket = new Socket(AF_UNIX, SOCK_DGRAM);
  await socket.sendto(text, address, wait);
  return true;
}

/** Sync form of {@link notify}. */
export function notifySync(state: ServiceState | string, options?: SyncWaitOptions): boolean {
  const text = formatState(state);
  const timeout = checkSyncWaitOptions(options);
  const address = managerAddress();
  if (address === undefined) return false;
  using socket = new Socket(AF_UNIX, SOCK_DGRAM);
  socket.timeout = null;
  socket.sendtoSync(text, address, { timeout });
  return true;
}

/**
 * Waits until the service manager has processed everything that was reported before. A short-lived process should do that
 * before it ends: the manager cannot tell to which unit the message of a process that has ended belongs.
 *
 * @param options `{ timeout, signal }`
 * @returns whether a service manager listens
 * @throws TimeoutError if the manager has not answered in time
 * @see sd_notify_barrier(3)
 */
export async function notifyBarrier(options?: WaitOptions): Promise<boolean> {
  const deadline = new WaitDeadline('notifyBarrier', checkWaitOptions(options));
  const address = managerAddress();
  if (address === undefined) return false;
  const [ours, theirs] = socketpair();
  using end = ours;
  try {
    using socket = new Socket(AF_UNIX, SOCK_DGRAM);
    await socket.sendFds('BARRIER=1', [theirs], { address, ...deadline.rest });
  } finally {
    theirs.close();
  }
  // The manager closes its copy of the other end when it comes to this message.
  await end.recv(1, deadline.rest);
  return true;
}
