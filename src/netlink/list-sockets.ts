/** Lists the sockets of the machine, as `ss` does. sock_diag(7). */
import { checkBoolean, invalidValue } from '../errors/argument.js';
import { NETLINK_SOCK_DIAG } from '../families/netlink/constants.js';
import { WaitDeadline } from '../reactor/wait-deadline.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { NetlinkConnection } from './connection.js';
import { SOCK_DIAG_BY_FAMILY } from './constants.js';
import type { NetlinkMessage } from './message.js';
import { type Owners, readOwners, readOwnersSync } from './socket-owners.js';
import { parseSocketEntry, requestBodies, type SocketEntry, type SocketFilter } from './sockets.js';
import {
  parseUnixSocketEntry,
  type UnixSocketEntry,
  type UnixSocketFilter,
  unixRequestBody,
} from './unix-sockets.js';

/** What is listed of each socket. */
interface Extent {
  /**
   * Whether to list the processes that have each socket open. It reads /proc: processes of other users are only visible with
   * CAP_SYS_PTRACE, and those of other PID namespaces are not. False by default.
   */
  readonly owners?: boolean | undefined;
}

/** The options of {@link listSockets}. */
export interface ListSocketsOptions extends SocketFilter, Extent, WaitOptions {}

/** The options of {@link listSocketsSync}. */
export interface SyncListSocketsOptions extends SocketFilter, Extent, SyncWaitOptions {}

/** The options of {@link listSockets} for Unix sockets. */
export interface ListUnixSocketsOptions extends UnixSocketFilter, Extent, WaitOptions {}

/** The options of {@link listSocketsSync} for Unix sockets. */
export interface SyncListUnixSocketsOptions extends UnixSocketFilter, Extent, SyncWaitOptions {}

type Entry = SocketEntry | UnixSocketEntry;
type Filter = SocketFilter | UnixSocketFilter;

/** The requests of a kind of sockets, and the parser of the replies. */
interface Kind {
  readonly bodies: readonly Buffer[];
  parse(payload: Buffer): Entry | undefined;
}

const FAMILIES: readonly unknown[] = [undefined, 'inet', 'inet6', 'unix'];
const KEYS: readonly string[] = ['family', 'protocol', 'states', 'owners'];

function kindOf(filter: Filter & { readonly protocol?: number | undefined }): Kind {
  const { family, protocol, states } = filter;
  if (!FAMILIES.includes(family))
    throw invalidValue('options.family', "must be 'inet', 'inet6' or 'unix'", family);
  if (family !== 'unix')
    return { bodies: requestBodies({ family, protocol, states }), parse: parseSocketEntry };
  if (protocol !== undefined)
    throw invalidValue('options.protocol', 'must be absent for Unix sockets', protocol);
  return { bodies: [unixRequestBody({ states })], parse: parseUnixSocketEntry };
}

function parsed({ parse }: Kind, messages: readonly NetlinkMessage[]): Entry[] {
  return messages.map(({ payload }) => parse(payload)).filter(entry => entry !== undefined);
}

/** Adds the owners. An inode of 0 means that no process has the socket open. */
function withOwners(entries: readonly Entry[], owners: Owners): Entry[] {
  return entries.map(entry => ({
    ...entry,
    owners: entry.inode === 0 ? [] : (owners.get(entry.inode) ?? []),
  }));
}

/**
 * Returns the sockets of this network namespace, as `ss -a` lists them. With `family: 'unix'`, they are the Unix sockets.
 *
 * ```ts
 * const servers = await listSockets({ states: 1 << TCP_LISTEN, owners: true });
 * const files = await listSockets({ family: 'unix' });
 * ```
 *
 * With `owners`, the kernel's list is read first. A socket that was closed since then has no owners.
 *
 * @param options `family`, `protocol` and `states` of the sockets: TCP of both IP families by default; `owners`; `timeout`
 *   (milliseconds) for the whole list; `signal`
 * @throws SocketError `ENOENT` if the kernel cannot list the protocol; it names the module to load: `modprobe udp_diag`
 * @throws TypeError or RangeError naming the option
 */
export function listSockets(options: ListUnixSocketsOptions): Promise<UnixSocketEntry[]>;
export function listSockets(options?: ListSocketsOptions): Promise<SocketEntry[]>;
export async function listSockets(
  options: ListSocketsOptions | ListUnixSocketsOptions = {},
): Promise<Entry[]> {
  const deadline = new WaitDeadline('netlink', checkWaitOptions(options, KEYS));
  const kind = kindOf(options);
  const { owners = false } = options;
  checkBoolean(owners, 'options.owners');
  using connection = new NetlinkConnection(NETLINK_SOCK_DIAG);
  const entries: Entry[] = [];
  for (const body of kind.bodies) {
    const messages = await connection.dump(SOCK_DIAG_BY_FAMILY, body, deadline.rest);
    for (const entry of parsed(kind, messages)) entries.push(entry);
  }
  return owners ? withOwners(entries, await readOwners(deadline)) : entries;
}

/**
 * Returns the sockets of this network namespace. Blocks the thread.
 *
 * @param options `family`, `protocol` and `states` of the sockets; `owners`; `timeout` (milliseconds) for the whole list
 * @see {@link listSockets}
 */
export function listSocketsSync(options: SyncListUnixSocketsOptions): UnixSocketEntry[];
export function listSocketsSync(options?: SyncListSocketsOptions): SocketEntry[];
export function listSocketsSync(options: SyncListSocketsOptions | SyncListUnixSocketsOptions = {}): Entry[] {
  const timeout = checkSyncWaitOptions(options, KEYS);
  const deadline = new WaitDeadline('netlink', { timeout });
  const kind = kindOf(options);
  const { owners = false } = options;
  checkBoolean(owners, 'options.owners');
  using connection = new NetlinkConnection(NETLINK_SOCK_DIAG);
  const entries = kind.bodies.flatMap(body =>
    parsed(kind, connection.dumpSync(SOCK_DIAG_BY_FAMILY, body, { timeout: deadline.left })),
  );
  return owners ? withOwners(entries, readOwnersSync(deadline)) : entries;
}
