/** The Unix sockets of the machine, as `ss -x` lists them. sock_diag(7). */
import { checkInteger } from '../errors/argument.js';
import { unix_diag_msg, unix_diag_req, unix_diag_rqlen } from '../families/netlink/layout.js';
import { decodeUnix, type UnixAddress } from '../families/unix/address.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { sockaddr_un } from '../families/unix/layout.js';
import { inputBytes } from '../layout/memory.js';
import { attributeNumber, parseNetlinkAttributes } from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import type { SocketOwner } from './socket-owners.js';

/** A Unix socket of any process of this machine. */
export interface UnixSocketEntry {
  /** The address family. */
  readonly family: 'unix';
  /** The type: `SOCK_STREAM`, `SOCK_DGRAM` or `SOCK_SEQPACKET`. */
  readonly type: number;
  /** The name; `{ unnamed: true }` for none. A path is as the socket was bound to it, so it can be relative. */
  readonly local: UnixAddress;
  /** The state: `TCP_ESTABLISHED`, `TCP_LISTEN`, or `TCP_CLOSE` if the socket is not connected. */
  readonly state: number;
  /** The inode number, as in the links of /proc/<pid>/fd. */
  readonly inode: number;
  /** The inode number of the peer; `undefined` if there is none, or it is in another network namespace. */
  readonly peerInode: number | undefined;
  /** The number of bytes to read; for a listening socket, the number of connections to accept. */
  readonly receiveQueue: number;
  /** The number of bytes that the peer can still read; for a listening socket, the backlog. */
  readonly sendQueue: number;
  /** The id of the user who owns the socket; `undefined` before Linux 5.3. */
  readonly uid: number | undefined;
  /** The kernel's unique number of the socket: SO_COOKIE. */
  readonly cookie: bigint;
  /** The directions that are shut down: 1 receiving, 2 sending, 3 both; 0 for none. */
  readonly shutdown: number | undefined;
  /** The processes that have the socket open, if they were requested with `owners`. */
  readonly owners?: readonly SocketOwner[] | undefined;
}

/** Selects the Unix sockets to list. */
export interface UnixSocketFilter {
  /** The address family. */
  readonly family: 'unix';
  /** The states, as a bit mask: `1 << TCP_LISTEN`. All by default. */
  readonly states?: number | undefined;
}

const SHOW = c.UDIAG_SHOW_NAME | c.UDIAG_SHOW_PEER | c.UDIAG_SHOW_RQLEN | c.UDIAG_SHOW_UID;

/** Returns the body of the request. */
export function unixRequestBody({ states = 0xffffffff }: Pick<UnixSocketFilter, 'states'>): Buffer {
  const body = Buffer.alloc(unix_diag_req.size);
  const view = viewOf(body);
  body[unix_diag_req.sdiag_family] = AF_UNIX as number;
  const mask = checkInteger(states, 'options.states', 0, 0xffffffff);
  view.setUint32(unix_diag_req.udiag_states, mask, littleEndian);
  view.setUint32(unix_diag_req.udiag_show, SHOW, littleEndian);
  return body;
}

/**
 * Parses the payload of SOCK_DIAG_BY_FAMILY for a Unix socket: struct unix_diag_msg.
 *
 * @returns `undefined` if it is of another address family, or too short
 * @throws TypeError naming the argument
 */
export function parseUnixSocketEntry(payload: Uint8Array): UnixSocketEntry | undefined {
  return entryOf(inputBytes(payload, 'payload'));
}

function entryOf(payload: Buffer): UnixSocketEntry | undefined {
  if (payload.length < unix_diag_msg.size || payload[unix_diag_msg.udiag_family] !== (AF_UNIX as number))
    return undefined;
  const view = viewOf(payload);
  const word = (offset: number) => view.getUint32(offset, littleEndian);
  const attributes = parseNetlinkAttributes(payload.subarray(unix_diag_msg.size));
  const queues = attributes.get(c.UNIX_DIAG_RQLEN);
  const queue = (offset: number): number =>
    queues === undefined || queues.length < unix_diag_rqlen.size
      ? 0
      : viewOf(queues).getUint32(offset, littleEndian);
  return {
    family: 'unix',
    type: payload[unix_diag_msg.udiag_type]!,
    local: nameOf(attributes.get(c.UNIX_DIAG_NAME)),
    state: payload[unix_diag_msg.udiag_state]!,
    inode: word(unix_diag_msg.udiag_ino),
    peerInode: attributeNumber(attributes.get(c.UNIX_DIAG_PEER)) || undefined,
    receiveQueue: queue(unix_diag_rqlen.udiag_rqueue),
    sendQueue: queue(unix_diag_rqlen.udiag_wqueue),
    uid: attributeNumber(attributes.get(c.UNIX_DIAG_UID)),
    // Two 32-bit words, the lower one first on every architecture.
    cookie: (BigInt(word(unix_diag_msg.udiag_cookie + 4)) << 32n) | BigInt(word(unix_diag_msg.udiag_cookie)),
    shutdown: attributeNumber(attributes.get(c.UNIX_DIAG_SHUTDOWN)),
  };
}

/** The attribute is the part of a sockaddr_un after the family. */
function nameOf(name: Buffer = Buffer.alloc(0)): UnixAddress {
  const address = Buffer.concat([Buffer.alloc(sockaddr_un.sun_path), name]);
  return decodeUnix(address, address.length) ?? Object.freeze({ family: 'unix', unnamed: true });
}
