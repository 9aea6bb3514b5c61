/**
 * Multicast as people need it: joining groups, for all sources or for one, on an interface by name, index or address;
 * and how what is sent to groups leaves. IPv4 and IPv6 alike.
 *
 * ```ts
 * import { multicast } from 'berkeley/options';
 *
 * using socket = new Socket(AF_INET6, SOCK_DGRAM);
 * socket.bind({ host: '', port: 5353 });
 * multicast.join(socket, { group: 'ff02::fb', interface: 'eth0' });
 * ```
 */
import { networkInterfaces } from 'node:os';
import { interfaceIndex } from '../address/interface.js';
import { checkInteger, checkObject, checkText, invalidType, invalidValue } from '../errors/argument.js';
import { socketErrorOf } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import { readIpv6, writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import * as ip from './ip/index.js';
import * as ipv6 from './ipv6/index.js';
import { type OptionOwner, withParameter } from './option.js';
import type { SourceFilter } from './source-filter.js';

/** A socket that can be a member of groups: of datagrams, or a raw one. */
export type MulticastSocket = OptionOwner<'inet'> | OptionOwner<'inet6'> | OptionOwner<'inet' | 'inet6'>;

/** An interface: its name, its index, or an address of it; `''` and 0 let the route say. */
export type MulticastInterface = string | number;

/** A group, and where it is to be heard. */
export interface Group {
  /** A multicast address: `'239.1.2.3'`, `'ff02::fb'`. */
  readonly group: string;
  /** The interface; where it is left out, the one of the route to the group. */
  readonly interface?: MulticastInterface | undefined;
}

/** A group, for one source alone where `source` is given. */
export interface GroupOfSource extends Group {
  /** The address of the one sender that is to be heard. */
  readonly source?: string | undefined;
}

function isIpv6(host: string): boolean {
  return writeIpv6(host, new Uint8Array(16), 0);
}

/** An IPv6 address as it is written here, whatever way it was written there. */
function plain(host: string): string {
  const bytes = new Uint8Array(16);
  return writeIpv6(host.replace(/%.*/, ''), bytes, 0) ? readIpv6(bytes, 0) : host;
}

/** The index of the interface that has an address. */
function indexOfAddress(address: string, argument: string): number {
  const wanted = plain(address);
  for (const [name, addresses = []] of Object.entries(networkInterfaces())) {
    // An address may stand under a label of its interface: eth0:1.
    if (addresses.some(entry => plain(entry.address) === wanted))
      return interfaceIndex(name.replace(/:.*/, ''), argument);
  }
  throw socketErrorOf('EADDRNOTAVAIL', { syscall: 'setsockopt', address, hint: 'no interface has it' });
}

function indexOf(value: MulticastInterface | undefined, argument: string): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return checkInteger(value, argument, 0, 0x7fffffff);
  if (typeof value !== 'string') throw invalidType(argument, 'of type string or number', value);
  const isAddress = writeIpv4(value, new Uint8Array(4), 0) || isIpv6(value.replace(/%.*/, ''));
  return isAddress ? indexOfAddress(value, argument) : interfaceIndex(value, argument);
}

/** Checks that a group is one, and one that the socket can be a member of. */
function checkGroup(socket: MulticastSocket, value: unknown): boolean {
  const group = checkText(value, 'options.group');
  const bytes = new Uint8Array(16);
  const isV6 = writeIpv6(group, bytes, 0);
  const isMulticast = isV6 ? bytes[0] === 0xff : writeIpv4(group, bytes, 0) && bytes[0]! >> 4 === 0xe;
  if (!isMulticast) throw invalidValue('options.group', 'must be a numeric multicast address', group);
  if (isV6 && socket.family === AF_INET)
    throw invalidValue('options.group', 'must be an IPv4 group on this socket', group);
  return isV6;
}

type Change = 'join' | 'leave' | 'block' | 'unblock';

const ofSource = {
  join: [ip.mcastJoinSourceGroup, ipv6.mcastJoinSourceGroup],
  leave: [ip.mcastLeaveSourceGroup, ipv6.mcastLeaveSourceGroup],
  block: [ip.mcastBlockSource, ipv6.mcastBlockSource],
  unblock: [ip.mcastUnblockSource, ipv6.mcastUnblockSource],
} as const;

const ofAll = {
  join: [ip.mcastJoinGroup, ipv6.mcastJoinGroup],
  leave: [ip.mcastLeaveGroup, ipv6.mcastLeaveGroup],
} as const;

/** The options of the group's family, which the socket's need not be: an IPv6 socket may carry IPv4. */
function change(socket: MulticastSocket, what: Change, options: GroupOfSource): void {
  const { group, interface: by, source } = checkObject(options, 'options') as GroupOfSource;
  const isV6 = checkGroup(socket, group);
  const where = { group, interface: indexOf(by, 'options.interface') };
  const either = socket as OptionOwner<'inet6'>;
  if (source === undefined && (what === 'join' || what === 'leave')) {
    either.setOption(ofAll[what][isV6 ? 1 : 0], where);
    return;
  }
  if (isIpv6(checkText(source, 'options.source')) !== isV6)
    throw invalidValue('options.source', 'must be a numeric address of the group’s family', source);
  either.setOption(ofSource[what][isV6 ? 1 : 0], { ...where, source: source as string });
}

/**
 * Joins a group: what is sent to it comes in by this socket. With `source`, from that sender alone; joining again with
 * another adds it.
 *
 * A socket hears what other sockets of this machine have joined too, unless {@link setAll} is off or it is bound to the
 * group's address.
 *
 * @throws TypeError naming what is no multicast address, or no address of its family
 * @throws SocketError `EADDRINUSE` for a group that was joined already, `ENODEV` for no such interface,
 *   `EADDRNOTAVAIL` for one that no interface has, `ENOBUFS` for more groups than the system allows
 */
export function join(socket: MulticastSocket, options: GroupOfSource): void {
  change(socket, 'join', options);
}

/**
 * Leaves a group, or with `source` that sender's part of it. Closing the socket leaves all.
 *
 * @throws SocketError `EADDRNOTAVAIL` for a group that was not joined on that interface
 */
export function leave(socket: MulticastSocket, options: GroupOfSource): void {
  change(socket, 'leave', options);
}

/**
 * Hears one sender of a group no more that was joined for all.
 *
 * @throws SocketError `EADDRNOTAVAIL`, `EINVAL` for a group that was not joined so
 */
export function block(socket: MulticastSocket, options: Group & { readonly source: string }): void {
  change(socket, 'block', options);
}

/** Hears a blocked sender again. */
export function unblock(socket: MulticastSocket, options: Group & { readonly source: string }): void {
  change(socket, 'unblock', options);
}

/** Which senders of a group are heard: `'include'` these alone, `'exclude'` all but these. */
export type Sources = Pick<SourceFilter, 'mode' | 'sources'>;

/**
 * Which senders of a group are heard.
 *
 * @throws SocketError `EADDRNOTAVAIL` for a group that was not joined on that interface
 */
export function sources(socket: MulticastSocket, options: Group): Sources {
  const { group, interface: by } = checkObject(options, 'options') as Group;
  const row = checkGroup(socket, group) ? ipv6.mcastMsfilter : ip.mcastMsfilter;
  const subject = { group, interface: indexOf(by, 'options.interface') };
  const { mode, sources } = (socket as OptionOwner<'inet6'>).getOption(withParameter(row, subject));
  return Object.freeze({ mode, sources });
}

/** Sets which senders of a group are heard, all at once; the group has to be joined. */
export function setSources(socket: MulticastSocket, options: Group & Sources): void {
  const { group, interface: by, mode, sources } = checkObject(options, 'options') as Group & Sources;
  const row = checkGroup(socket, group) ? ipv6.mcastMsfilter : ip.mcastMsfilter;
  const where = { group, interface: indexOf(by, 'options.interface') };
  (socket as OptionOwner<'inet6'>).setOption(row, { ...where, mode, sources });
}

/** Sends to groups by this interface; `''` and 0 by the route’s. */
export function setInterface(socket: MulticastSocket, networkInterface: MulticastInterface): void {
  const index = indexOf(networkInterface, 'networkInterface');
  if (socket.family === AF_INET) (socket as OptionOwner<'inet'>).setOption(ip.multicastIf, index);
  else (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastIf, index);
}

/**
 * How many routers what is sent to groups may pass, and one: 1, the default, stays in the network, 0 in the machine.
 * TTL in IPv4, hop limit in IPv6.
 */
export function setHops(socket: MulticastSocket, hops: number): void {
  if (socket.family === AF_INET) (socket as OptionOwner<'inet'>).setOption(ip.multicastTtl, hops);
  else (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastHops, hops);
}

/** Whether this machine hears what this socket sends to groups; it does from the start. */
export function setLoopback(socket: MulticastSocket, on: boolean): void {
  if (socket.family === AF_INET) (socket as OptionOwner<'inet'>).setOption(ip.multicastLoop, on);
  else (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastLoop, on);
}

/**
 * Whether the socket hears groups that other sockets of this machine have joined; it does from the start. Linux alone, for
 * IPv6 since 4.20.
 */
export function setAll(socket: MulticastSocket, on: boolean): void {
  (socket as OptionOwner<'inet6'>).setOption(ip.multicastAll, on);
  if (socket.family !== AF_INET) (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastAll, on);
}
