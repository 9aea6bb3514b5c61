/** The sockets of the machine, of IPv4 and IPv6: what `ss` lists. sock_diag(7). */

import { inet_ntop } from '../address/ip.js';
import { checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import type { InetAddress } from '../families/inet/address.js';
import { AF_INET, IPPROTO_TCP } from '../families/inet/constants.js';
import type { Inet6Address } from '../families/inet6/address.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { NETLINK_SOCK_DIAG } from '../families/netlink/constants.js';
import { inet_diag_msg, inet_diag_req_v2 } from '../families/netlink/layout.js';
import {
  attributeNumber,
  attributeText,
  packNetlinkAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { NetlinkConnection } from './connection.js';
import * as c from './constants.js';
import { type IpFamily, ipFamilies } from './ip-text.js';
import type { NetlinkMessage } from './message.js';

/** A socket of this machine, whoever’s it is. */
export interface SocketEntry {
  /** Of IPv4 or of IPv6. */
  readonly family: IpFamily;
  /** Its own end. */
  readonly local: InetAddress | Inet6Address;
  /** The other end; its port is 0 where there is none. */
  readonly remote: InetAddress | Inet6Address;
  /** A `TCP_` state: `TCP_ESTABLISHED`, `TCP_LISTEN`, … Other protocols have `TCP_ESTABLISHED` and `TCP_CLOSE`. */
  readonly state: number;
  /** The index of the interface that it is bound to; 0 for none. */
  readonly interfaceIndex: number;
  /** Bytes that wait to be read; of a listening socket, connections that wait to be accepted. */
  readonly receiveQueue: number;
  /** Bytes that the other end has not acknowledged; of a listening socket, how many connections may wait. */
  readonly sendQueue: number;
  /** The user that it belongs to. */
  readonly uid: number;
  /** The number of its inode, by which /proc/<pid>/fd names it; 0 where no process has it any more. */
  readonly inode: number;
  /** The kernel’s number for it, SO_COOKIE: never used twice. */
  readonly cookie: bigint;
  /** The algorithm of congestion control; `undefined` where there is none. */
  readonly congestion: string | undefined;
  /** Which directions are shut down: 1 receiving, 2 sending, 3 both; `undefined` where the kernel does not say. */
  readonly shutdown: number | undefined;
}

/** Which sockets to list. */
export interface SocketFilter {
  /** Of which family; both, where absent. */
  readonly family?: IpFamily | undefined;
  /** `IPPROTO_TCP`, which is the default, `IPPROTO_UDP`, `IPPROTO_MPTCP`, `IPPROTO_SCTP`, … */
  readonly protocol?: number | undefined;
  /** States, as a mask: `1 << TCP_LISTEN`; all, where absent. */
  readonly states?: number | undefined;
}

const LINK_LOCAL = /^fe[89ab]/;

function addressOf(
  payload: Buffer,
  family: number,
  at: { host: number; port: number },
  interfaceIndex: number,
): InetAddress | Inet6Address {
  const port = payload.readUInt16BE(at.port);
  const host = inet_ntop(family, payload.subarray(at.host, at.host + (family === AF_INET ? 4 : 16)));
  if (family === AF_INET) return { family: 'inet', host, port };
  return { family: 'inet6', host, port, flowinfo: 0, scopeId: LINK_LOCAL.test(host) ? interfaceIndex : 0 };
}

/** Reads the payload of an answer, struct inet_diag_msg; `undefined` where it is too short, or of another family. */
export function parseSocketEntry(payload: Buffer): SocketEntry | undefined {
  if (payload.length < inet_diag_msg.size) return undefined;
  const number = payload[inet_diag_msg.idiag_family]!;
  const family = ipFamilies.get(number);
  if (family === undefined) return undefined;
  const view = viewOf(payload);
  const word = (offset: number) => view.getUint32(offset, littleEndian);
  const attributes = parseNetlinkAttributes(payload.subarray(inet_diag_msg.size));
  const interfaceIndex = word(inet_diag_msg.idiag_if);
  const local = { host: inet_diag_msg.idiag_src, port: inet_diag_msg.idiag_sport };
  const remote = { host: inet_diag_msg.idiag_dst, port: inet_diag_msg.idiag_dport };
  return {
    family,
    local: addressOf(payload, number, local, interfaceIndex),
    remote: addressOf(payload, number, remote, interfaceIndex),
    state: payload[inet_diag_msg.idiag_state]!,
    interfaceIndex,
    receiveQueue: word(inet_diag_msg.idiag_rqueue),
    sendQueue: word(inet_diag_msg.idiag_wqueue),
    uid: word(inet_diag_msg.idiag_uid),
    inode: word(inet_diag_msg.idiag_inode),
    // Two words, the lower one first on every machine.
    cookie: (BigInt(word(inet_diag_msg.idiag_cookie + 4)) << 32n) | BigInt(word(inet_diag_msg.idiag_cookie)),
    congestion: attributeText(attributes.get(c.INET_DIAG_CONG)),
    shutdown: attributeNumber(attributes.get(c.INET_DIAG_SHUTDOWN)),
  };
}

/** An extension that is asked for is bit n - 1. */
const EXTENSIONS = [c.INET_DIAG_CONG, c.INET_DIAG_SHUTDOWN].reduce((mask, n) => mask | (1 << (n - 1)), 0);

function question(family: number, { protocol = IPPROTO_TCP, states = 0xffffffff }: SocketFilter): Buffer {
  const body = Buffer.alloc(inet_diag_req_v2.size);
  const view = viewOf(body);
  body[inet_diag_req_v2.sdiag_family] = family;
  body[inet_diag_req_v2.sdiag_protocol] = checkInteger(protocol, 'filter.protocol', 0, 0xffff);
  body[inet_diag_req_v2.idiag_ext] = EXTENSIONS;
  const mask = checkInteger(states, 'filter.states', 0, 0xffffffff);
  view.setUint32(inet_diag_req_v2.idiag_states, mask, littleEndian);
  if (protocol <= 0xff) return body;
  // The byte has no space for Multipath TCP (262).
  const wide = Buffer.alloc(4);
  viewOf(wide).setUint32(0, protocol, littleEndian);
  return Buffer.concat([body, packNetlinkAttributes([[c.INET_DIAG_REQ_PROTOCOL, wide]])]);
}

const families: Readonly<Record<IpFamily, number>> = { inet: AF_INET, inet6: AF_INET6 };

function questions(filter: SocketFilter): Buffer[] {
  const { family } = checkObject(filter, 'filter') as SocketFilter;
  if (family !== undefined && families[family] === undefined)
    throw invalidValue('filter.family', "must be 'inet' or 'inet6'", family);
  const wanted = family === undefined ? Object.values(families) : [families[family]];
  return wanted.map(number => question(number, filter));
}

function entriesOf(messages: readonly NetlinkMessage[]): SocketEntry[] {
  return messages.map(({ payload }) => parseSocketEntry(payload)).filter(entry => entry !== undefined);
}

/**
 * The sockets of this network namespace, as `ss -a` lists them.
 *
 * ```ts
 * const servers = await listSockets({ states: 1 << TCP_LISTEN });
 * ```
 *
 * @param filter which; those of TCP by default
 * @throws SocketError `ENOENT` if the kernel cannot list the protocol: `modprobe udp_diag`, `sctp_diag`, `mptcp_diag`
 */
export async function listSockets(filter: SocketFilter = {}, wait?: WaitOptions): Promise<SocketEntry[]> {
  const asked = questions(filter);
  using connection = new NetlinkConnection(NETLINK_SOCK_DIAG);
  const entries: SocketEntry[] = [];
  for (const body of asked) {
    entries.push(...entriesOf(await connection.dump(c.SOCK_DIAG_BY_FAMILY, body, wait)));
  }
  return entries;
}

/** {@link listSockets}, in this thread. */
export function listSocketsSync(filter: SocketFilter = {}): SocketEntry[] {
  const asked = questions(filter);
  using connection = new NetlinkConnection(NETLINK_SOCK_DIAG);
  return asked.flatMap(body => entriesOf(connection.dumpSync(c.SOCK_DIAG_BY_FAMILY, body)));
}
