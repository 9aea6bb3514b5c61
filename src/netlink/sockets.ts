/** The IPv4 and IPv6 sockets of the machine, as `ss` lists them. sock_diag(7). */

import { inet_ntop } from '../address/ip.js';
import { checkInteger } from '../errors/argument.js';
import type { InetAddress } from '../families/inet/address.js';
import { AF_INET, IPPROTO_TCP } from '../families/inet/constants.js';
import type { Inet6Address } from '../families/inet6/address.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { inet_diag_msg, inet_diag_req_v2 } from '../families/netlink/layout.js';
import { inputBytes } from '../layout/memory.js';
import {
  attributeNumber,
  attributeText,
  packNetlinkAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import * as c from './constants.js';
import { type IpFamily, ipFamilies } from './ip-text.js';
import type { SocketOwner } from './socket-owners.js';

/** A socket of any process of this machine. */
export interface SocketEntry {
  /** The address family. */
  readonly family: IpFamily;
  /** The local address. */
  readonly local: InetAddress | Inet6Address;
  /** The address of the peer; its port is 0 if there is none. */
  readonly remote: InetAddress | Inet6Address;
  /**
   * The state: `TCP_ESTABLISHED`, `TCP_LISTEN`, … {@link tcpStateName} returns its name. Protocols without states use
   * `TCP_ESTABLISHED` and `TCP_CLOSE`.
   */
  readonly state: number;
  /** The index of the interface that the socket is bound to; 0 for none. */
  readonly interfaceIndex: number;
  /** The number of bytes to read; for a listening socket, the number of connections to accept. */
  readonly receiveQueue: number;
  /** The number of bytes that the peer has not acknowledged; for a listening socket, the backlog. */
  readonly sendQueue: number;
  /** The id of the user who owns the socket. */
  readonly uid: number;
  /** The inode number, as in the links of /proc/<pid>/fd; 0 if no process has the socket open. */
  readonly inode: number;
  /** The kernel's unique number of the socket: SO_COOKIE. */
  readonly cookie: bigint;
  /** The congestion control algorithm; `undefined` if there is none. */
  readonly congestion: string | undefined;
  /** The directions that are shut down: 1 receiving, 2 sending, 3 both; `undefined` if the kernel does not report it. */
  readonly shutdown: number | undefined;
  /** The processes that have the socket open, if they were requested with `owners`. */
  readonly owners?: readonly SocketOwner[] | undefined;
}

/** Selects the sockets to list. */
export interface SocketFilter {
  /** The address family. Both by default. */
  readonly family?: IpFamily | undefined;
  /** The protocol: `IPPROTO_TCP` by default, `IPPROTO_UDP`, `IPPROTO_MPTCP`, `IPPROTO_SCTP`, … */
  readonly protocol?: number | undefined;
  /** The states, as a bit mask: `1 << TCP_LISTEN`. All by default. */
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

/**
 * Parses the payload of SOCK_DIAG_BY_FAMILY: struct inet_diag_msg.
 *
 * @returns `undefined` if it is of another address family, or too short
 * @throws TypeError naming the argument
 */
export function parseSocketEntry(payload: Uint8Array): SocketEntry | undefined {
  return entryOf(inputBytes(payload, 'payload'));
}

function entryOf(payload: Buffer): SocketEntry | undefined {
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
    // Two 32-bit words, the lower one first on every architecture.
    cookie: (BigInt(word(inet_diag_msg.idiag_cookie + 4)) << 32n) | BigInt(word(inet_diag_msg.idiag_cookie)),
    congestion: attributeText(attributes.get(c.INET_DIAG_CONG)),
    shutdown: attributeNumber(attributes.get(c.INET_DIAG_SHUTDOWN)),
  };
}

/** The requested extensions: extension n is bit n - 1. */
const EXTENSIONS = [c.INET_DIAG_CONG, c.INET_DIAG_SHUTDOWN].reduce((mask, n) => mask | (1 << (n - 1)), 0);

function requestBody(family: number, { protocol = IPPROTO_TCP, states = 0xffffffff }: SocketFilter): Buffer {
  const body = Buffer.alloc(inet_diag_req_v2.size);
  const view = viewOf(body);
  body[inet_diag_req_v2.sdiag_family] = family;
  body[inet_diag_req_v2.sdiag_protocol] = checkInteger(protocol, 'options.protocol', 0, 0xffff);
  body[inet_diag_req_v2.idiag_ext] = EXTENSIONS;
  const mask = checkInteger(states, 'options.states', 0, 0xffffffff);
  view.setUint32(inet_diag_req_v2.idiag_states, mask, littleEndian);
  if (protocol <= 0xff) return body;
  // The number of Multipath TCP (262) does not fit into the byte.
  const wide = Buffer.alloc(4);
  viewOf(wide).setUint32(0, protocol, littleEndian);
  return Buffer.concat([body, packNetlinkAttributes([[c.INET_DIAG_REQ_PROTOCOL, wide]])]);
}

const families: Readonly<Record<IpFamily, number>> = { inet: AF_INET, inet6: AF_INET6 };

/** Returns the body of one request per address family. */
export function requestBodies({ family, protocol, states }: SocketFilter): Buffer[] {
  const numbers = family === undefined ? Object.values(families) : [families[family]];
  return numbers.map(number => requestBody(number, { protocol, states }));
}
