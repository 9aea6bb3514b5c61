import { SOCK_DGRAM } from '../constants/socket.js';
import { checkBoolean, checkText, invalidValue } from '../errors/argument.js';
import { AF_UNIX } from '../families/unix/constants.js';
import type { Descriptor } from '../message/descriptors.js';
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { Socket } from '../socket/socket.js';
import { managerAddress, notify } from './notify.js';

/** Options of {@link storeFds}. */
export interface StoreOptions extends WaitOptions {
  /** The name under which {@link listenFds} returns the descriptors after a restart; `stored` by default. */
  readonly name?: string | undefined;
  /** Whether the manager drops a descriptor when it reports an error or a hang-up; `true` by default. */
  readonly poll?: boolean | undefined;
}

/** The longest name (sd_notify(3), FDNAME=). */
const LONGEST_NAME = 255;

/** Checks a name as systemd does: printable ASCII without a colon (src/basic/fd-util.c, fdname_is_valid). */
function checkFdName(value: unknown, argument: string): string {
  const name = checkText(value, argument);
  if (!/^[\x20-\x39\x3b-\x7e]+$/.test(name) || name.length > LONGEST_NAME)
    throw invalidValue(
      argument,
      `must be 1 to ${LONGEST_NAME} printable ASCII characters without a colon`,
      value,
    );
  return name;
}

/**
 * Gives copies of file descriptors to the service manager, which returns them through {@link listenFds} when the service
 * starts again. Connections survive a restart in this way. The unit needs `FileDescriptorStoreMax=`.
 *
 * @param fds file descriptors, or objects with a descriptor in `fd`
 * @returns whether a service manager listens
 * @throws SocketError as {@link Socket.sendFds}
 * @see sd_pid_notify_with_fds(3)
 */
export async function storeFds(fds: readonly Descriptor[], options?: StoreOptions): Promise<boolean> {
  const wait = checkWaitOptions(options, ['name', 'poll']);
  const { name = 'stored', poll = true } = options ?? {};
  checkFdName(name, 'options.name');
  const lines = ['FDSTORE=1', `FDNAME=${name}`];
  if (!checkBoolean(poll, 'options.poll')) lines.push('FDPOLL=0');
  const address = managerAddress();
  if (address === undefined) return false;
  using socket = new Socket(AF_UNIX, SOCK_DGRAM);
  await socket.sendFds(lines.join('\n'), fds, { address, signal: wait.signal, timeout: wait.timeout });
  return true;
}

/**
 * Makes the service manager close the stored descriptors of a name.
 *
 * @returns whether a service manager listens
 * @see sd_notify(3), FDSTOREREMOVE=1
 */
export async function forgetFds(name: string, options?: WaitOptions): Promise<boolean> {
  return notify(`FDSTOREREMOVE=1\nFDNAME=${checkFdName(name, 'name')}`, options);
}
