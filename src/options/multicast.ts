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
import { interfaceIndex } from '../address/interface.js';
import { indexOfIpv4, indexOfIpv6 } from '../address/interface-addresses.js';
import {
  checkArray,
  checkBoolean,
  checkFunction,
  checkInteger,
  checkObject,
  checkText,
  invalidType,
  invalidValue,
} from '../errors/argument.js';
import { SocketError, socketErrorOf, UnsupportedError } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import { writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import * as ip from './ip/index.js';
import * as ipv6 from './ipv6/index.js';
import type { GroupMembership, GroupSource } from './membership.js';
import { type OptionOwner, type WritableOption, withParameter } from './option.js';
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

/** How an interface is told to the kernel: by an IPv4 address of it, or by its index. */
interface Chosen {
  readonly address?: string | undefined;
  readonly index: number;
}

function isIpv4(host: string): boolean {
  return writeIpv4(host, new Uint8Array(4), 0);
}

function isIpv6(host: string): boolean {
  return writeIpv6(host, new Uint8Array(16), 0);
}

/** Returns the index of the interface that has an IPv6 address; a zone names the interface itself. */
function indexOfAddress(text: string, argument: string): number {
  const [address = '', zone] = text.split('%');
  if (zone !== undefined) return /^\d+$/.test(zone) ? Number(zone) : interfaceIndex(zone, argument);
  return indexOfIpv6(address) ?? notAnAddress(address);
}

function notAnAddress(address: string): never {
  throw socketErrorOf('EADDRNOTAVAIL', { syscall: 'setsockopt', address, hint: 'no interface has it' });
}

/** @param isV6 whether it is for IPv6, whose options know interfaces by index only */
function choose(value: MulticastInterface | undefined, argument: string, isV6: boolean): Chosen {
  if (value === undefined) return { index: 0 };
  if (typeof value === 'number') return { index: checkInteger(value, argument, 0, 0x7fffffff) };
  if (typeof value !== 'string') throw invalidType(argument, 'of type string or number', value);
  if (isIpv4(value))
    return isV6 ? { index: indexOfIpv4(value) ?? notAnAddress(value) } : { address: value, index: 0 };
  if (isIpv6(value.replace(/%.*/, ''))) return { index: indexOfAddress(value, argument) };
  return { index: interfaceIndex(value, argument) };
}

/** Checks that a socket is one, or anything that has its options. */
function checkSocket(socket: unknown): void {
  checkFunction((checkObject(socket, 'socket') as OptionOwner<'inet'>).setOption, 'socket.setOption');
}

/** Checks that a group is one, and one that the socket can be a member of. */
function checkGroup(socket: MulticastSocket, value: unknown): boolean {
  checkSocket(socket);
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

/** The options for one source: of IPv4 by index, of IPv4 by an address of the interface, of IPv6. */
const ofSource = {
  join: [ip.mcastJoinSourceGroup, ip.addSourceMembership, ipv6.mcastJoinSourceGroup],
  leave: [ip.mcastLeaveSourceGroup, ip.dropSourceMembership, ipv6.mcastLeaveSourceGroup],
  block: [ip.mcastBlockSource, ip.blockSource, ipv6.mcastBlockSource],
  unblock: [ip.mcastUnblockSource, ip.unblockSource, ipv6.mcastUnblockSource],
} as const;

/** The same for all sources. */
const ofAll = {
  join: [ip.mcastJoinGroup, ip.addMembership, ipv6.mcastJoinGroup],
  leave: [ip.mcastLeaveGroup, ip.dropMembership, ipv6.mcastLeaveGroup],
} as const;

/** Sets an option on an interface; the kernel says ENODEV where no interface has the address. */
function setOn<T>(
  socket: OptionOwner<'inet6'>,
  row: WritableOption<T, 'inet6'>,
  value: NoInfer<T>,
  { address }: Chosen,
): void {
  try {
    (socket as { setOption<V>(row: WritableOption<V, 'inet6'>, value: V): void }).setOption(row, value);
  } catch (error) {
    if (address !== undefined && error instanceof SocketError && error.code === 'ENODEV')
      notAnAddress(address);
    throw error;
  }
}

/** The options of the group's family, which the socket's need not be: an IPv6 socket may carry IPv4. */
function change(socket: MulticastSocket, what: Change, options: GroupOfSource): void {
  const { group, interface: by, source } = checkObject(options, 'options') as GroupOfSource;
  const isV6 = checkGroup(socket, group);
  const chosen = choose(by, 'options.interface', isV6);
  const where = { group, interface: chosen.address ?? chosen.index };
  const column = isV6 ? 2 : chosen.address === undefined ? 0 : 1;
  const either = socket as OptionOwner<'inet6'>;
  if (source === undefined && (what === 'join' || what === 'leave')) {
    setOn<GroupMembership>(either, ofAll[what][column], where, chosen);
    return;
  }
  if (!(isV6 ? isIpv6 : isIpv4)(checkText(source, 'options.source')))
    throw invalidValue('options.source', 'must be a numeric address of the group’s family', source);
  setOn<GroupSource>(either, ofSource[what][column] as never, { ...where, source: source as string }, chosen);
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
  const { row, where } = filterOf(socket, group, by);
  const { mode, sources } = (socket as OptionOwner<'inet6'>).getOption(withParameter(row, where));
  return Object.freeze({ mode, sources });
}

/** Sets which senders of a group are heard, all at once; the group has to be joined. */
export function setSources(socket: MulticastSocket, options: Group & Sources): void {
  const { group, interface: by, mode, sources } = checkObject(options, 'options') as Group & Sources;
  if (mode !== 'include' && mode !== 'exclude')
    throw invalidValue('options.mode', "must be 'include' or 'exclude'", mode);
  for (const [i, source] of checkArray(sources, 'options.sources').entries())
    checkText(source, `options.sources[${i}]`);
  const { row, where, chosen } = filterOf(socket, group, by);
  setOn<SourceFilter>(socket as OptionOwner<'inet6'>, row, { ...where, mode, sources }, chosen);
}

/** The option that has the sources of a group, and which group of which interface. */
function filterOf(socket: MulticastSocket, group: string, by: MulticastInterface | undefined) {
  const isV6 = checkGroup(socket, group);
  const chosen = choose(by, 'options.interface', isV6);
  const v4 = chosen.address === undefined ? ip.mcastMsfilter : (ip.msfilter as typeof ip.mcastMsfilter);
  const where = { group, interface: chosen.address ?? chosen.index };
  return { row: isV6 ? ipv6.mcastMsfilter : v4, where, chosen };
}

/**
 * Sends to groups by this interface; `''` and 0 by the route’s.
 *
 * IPv4: an address of the interface becomes the source of what is sent; by name or index, the first address of the
 * interface does. IPv6 has no such choice: the kernel picks a source among the addresses of the interface (RFC 6724), and
 * for another one the socket has to be bound to it.
 *
 * On Linux the IPv4 that an IPv6 socket carries goes by this interface too.
 *
 * @throws SocketError `ENODEV` for no such interface, `EADDRNOTAVAIL` for an address that no interface has
 */
export function setInterface(socket: MulticastSocket, networkInterface: MulticastInterface): void {
  checkSocket(socket);
  const isV6 = socket.family !== AF_INET;
  const { address, index } = choose(networkInterface, 'networkInterface', isV6);
  if (isV6) (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastIf, index);
  const isAddress = typeof networkInterface === 'string' && isIpv4(networkInterface);
  setIpv4(socket, ip.multicastIf, address ?? (isAddress ? networkInterface : index));
}

/**
 * How many routers what is sent to groups may pass, and one: 1, the default, stays in the network, 0 in the machine.
 * TTL in IPv4, hop limit in IPv6. On Linux it applies to the IPv4 that an IPv6 socket carries too.
 */
export function setHops(socket: MulticastSocket, hops: number): void {
  checkSocket(socket);
  checkInteger(hops, 'hops', -1, 255);
  if (socket.family !== AF_INET) (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastHops, hops);
  setIpv4(socket, ip.multicastTtl, hops);
}

/** Whether this machine hears what this socket sends to groups; it does from the start. */
export function setLoopback(socket: MulticastSocket, on: boolean): void {
  checkSocket(socket);
  checkBoolean(on, 'on');
  if (socket.family !== AF_INET) (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastLoop, on);
  setIpv4(socket, ip.multicastLoop, on);
}

/** Sets an option of IPv4: on an IPv6 socket where it has those too, which raw ones and other systems' have not. */
function setIpv4<T>(socket: MulticastSocket, row: WritableOption<T, 'inet'>, value: NoInfer<T>): void {
  const isOwn = socket.family === AF_INET;
  if (!isOwn && process.platform !== 'linux') return;
  try {
    (socket as { setOption<V>(row: WritableOption<V, 'inet'>, value: V): void }).setOption(row, value);
  } catch (error) {
    if (isOwn || !(error instanceof UnsupportedError)) throw error;
  }
}

/**
 * Whether the socket hears groups that other sockets of this machine have joined; it does from the start. Linux alone, for
 * IPv6 since 4.20.
 */
export function setAll(socket: MulticastSocket, on: boolean): void {
  checkSocket(socket);
  checkBoolean(on, 'on');
  (socket as OptionOwner<'inet6'>).setOption(ip.multicastAll, on);
  if (socket.family !== AF_INET) (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastAll, on);
}
