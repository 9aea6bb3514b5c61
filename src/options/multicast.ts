/**
 * Functions for multicast, over IPv4 and IPv6: joining and leaving groups, selecting senders, and options for sending.
 * An interface is a name, an index or an address.
 *
 * ```ts
 * import { multicast } from 'berkeley/options';
 *
 * const socket = new Socket(AF_INET6, SOCK_DGRAM);
 * socket.bind({ host: '', port: 5353 });
 * multicast.join(socket, { group: 'ff02::fb', interface: 'eth0' });
 * ```
 */
import { interfaceIndex } from '../address/interface.js';
import { indexOfIpv4, indexOfIpv6 } from '../address/interface-addresses.js';
import {
  checkArray,
  checkBoolean,
  checkInteger,
  checkObject,
  checkText,
  invalidType,
  invalidValue,
} from '../errors/argument.js';
import { SocketError, socketErrorOf } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import { writeIpv4, writeIpv6 } from '../layout/ip-text.js';
import * as ip from './ip/index.js';
import { checkSocket, type IpSocket, setIpv4 } from './ip-socket.js';
import * as ipv6 from './ipv6/index.js';
import type { GroupMembership, GroupSource } from './membership.js';
import { type OptionOwner, type WritableOption, withParameter } from './option.js';
import type { SourceFilter } from './source-filter.js';

/** A socket that can join groups: a datagram or raw socket. */
export type MulticastSocket = IpSocket;

/** An interface: its name, its index, or one of its addresses; `''` and 0 select that of the route. */
export type MulticastInterface = string | number;

/** A group, and the interface on which it is received. */
export interface Group {
  /** A multicast address: `'239.1.2.3'`, `'ff02::fb'`. */
  readonly group: string;
  /** The interface; by default that of the route to the group. */
  readonly interface?: MulticastInterface | undefined;
}

/** A group, or one source of it if `source` is given. */
export interface GroupOfSource extends Group {
  /** The address of the only sender to receive from. */
  readonly source?: string | undefined;
}

/** An interface in the form that the kernel takes: one of its IPv4 addresses, or its index. */
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

/** Returns the index of the interface that has an IPv6 address. A zone in the text is the interface. */
function indexOfAddress(text: string, argument: string): number {
  const [address = '', zone] = text.split('%');
  if (zone !== undefined) return /^\d+$/.test(zone) ? Number(zone) : interfaceIndex(zone, argument);
  return indexOfIpv6(address) ?? notAnAddress(address);
}

function notAnAddress(address: string): never {
  throw socketErrorOf('EADDRNOTAVAIL', {
    syscall: 'setsockopt',
    address,
    hint: 'no interface has this address',
  });
}

/** @param isV6 whether it is for IPv6, whose options take only indexes */
function choose(value: MulticastInterface | undefined, argument: string, isV6: boolean): Chosen {
  if (value === undefined) return { index: 0 };
  if (typeof value === 'number') return { index: checkInteger(value, argument, 0, 0x7fffffff) };
  if (typeof value !== 'string') throw invalidType(argument, 'of type string or number', value);
  if (isIpv4(value))
    return isV6 ? { index: indexOfIpv4(value) ?? notAnAddress(value) } : { address: value, index: 0 };
  if (isIpv6(value.replace(/%.*/, ''))) return { index: indexOfAddress(value, argument) };
  return { index: interfaceIndex(value, argument) };
}

/** Checks that a value is a group that the socket can join. Returns whether it is an IPv6 group. */
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

/** The options for one source: for IPv4 by index, for IPv4 by an address of the interface, for IPv6. */
const ofSource = {
  join: [ip.mcastJoinSourceGroup, ip.addSourceMembership, ipv6.mcastJoinSourceGroup],
  leave: [ip.mcastLeaveSourceGroup, ip.dropSourceMembership, ipv6.mcastLeaveSourceGroup],
  block: [ip.mcastBlockSource, ip.blockSource, ipv6.mcastBlockSource],
  unblock: [ip.mcastUnblockSource, ip.unblockSource, ipv6.mcastUnblockSource],
} as const;

/** The options for all sources. */
const ofAll = {
  join: [ip.mcastJoinGroup, ip.addMembership, ipv6.mcastJoinGroup],
  leave: [ip.mcastLeaveGroup, ip.dropMembership, ipv6.mcastLeaveGroup],
} as const;

/** Sets an option on an interface. The kernel returns ENODEV if no interface has the address. */
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

/** Sets an option of the group's family. An IPv6 socket can also join IPv4 groups. */
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
 * Joins a group: the socket receives packets that are sent to it. With `source`, it receives only from that sender;
 * joining again with another source adds it.
 *
 * By default, a socket also receives groups that other sockets of this machine joined, unless {@link setAll} is off or
 * the socket is bound to the group's address.
 *
 * @throws TypeError if the group is not a multicast address, or an address has another family
 * @throws SocketError `EADDRINUSE` if the group was already joined, `ENODEV` if there is no such interface,
 * `EADDRNOTAVAIL` if no interface has the address, `ENOBUFS` if the system does not allow more groups
 */
export function join(socket: MulticastSocket, options: GroupOfSource): void {
  change(socket, 'join', options);
}

/**
 * Leaves a group, or one source of it if `source` is given. Closing the socket leaves all groups.
 *
 * @throws SocketError `EADDRNOTAVAIL` if the group was not joined on that interface
 */
export function leave(socket: MulticastSocket, options: GroupOfSource): void {
  change(socket, 'leave', options);
}

/**
 * Blocks one sender of a group that was joined for all senders.
 *
 * @throws SocketError `EADDRNOTAVAIL`, `EINVAL` if the group was not joined in this way
 */
export function block(socket: MulticastSocket, options: Group & { readonly source: string }): void {
  change(socket, 'block', options);
}

/** Unblocks a sender. */
export function unblock(socket: MulticastSocket, options: Group & { readonly source: string }): void {
  change(socket, 'unblock', options);
}

/** The senders of a group to receive from: `'include'` only these, `'exclude'` all others. */
export type Sources = Pick<SourceFilter, 'mode' | 'sources'>;

/**
 * Returns the senders of a group to receive from.
 *
 * @throws SocketError `EADDRNOTAVAIL` if the group was not joined on that interface
 */
export function sources(socket: MulticastSocket, options: Group): Sources {
  const { group, interface: by } = checkObject(options, 'options') as Group;
  const { row, where } = filterOf(socket, group, by);
  const { mode, sources } = (socket as OptionOwner<'inet6'>).getOption(withParameter(row, where));
  return Object.freeze({ mode, sources });
}

/** Replaces the senders of a group to receive from. The socket must have joined the group. */
export function setSources(socket: MulticastSocket, options: Group & Sources): void {
  const { group, interface: by, mode, sources } = checkObject(options, 'options') as Group & Sources;
  if (mode !== 'include' && mode !== 'exclude')
    throw invalidValue('options.mode', "must be 'include' or 'exclude'", mode);
  for (const [i, source] of checkArray(sources, 'options.sources').entries())
    checkText(source, `options.sources[${i}]`);
  const { row, where, chosen } = filterOf(socket, group, by);
  setOn<SourceFilter>(socket as OptionOwner<'inet6'>, row, { ...where, mode, sources }, chosen);
}

/** Returns the option with the sources of a group, and its parameter. */
function filterOf(socket: MulticastSocket, group: string, by: MulticastInterface | undefined) {
  const isV6 = checkGroup(socket, group);
  const chosen = choose(by, 'options.interface', isV6);
  const v4 = chosen.address === undefined ? ip.mcastMsfilter : (ip.msfilter as typeof ip.mcastMsfilter);
  const where = { group, interface: chosen.address ?? chosen.index };
  return { row: isV6 ? ipv6.mcastMsfilter : v4, where, chosen };
}

/**
 * Sets the interface for sent multicast packets; `''` and 0 select that of the route.
 *
 * IPv4: if an address is given, it becomes the source address of the packets. With a name or index, it is the first
 * address of the interface. IPv6: the kernel always selects a source among the addresses of the interface (RFC 6724);
 * to use another one, bind the socket to it.
 *
 * On Linux, this also sets the interface for IPv4 packets of an IPv6 socket.
 *
 * @throws SocketError `ENODEV` if there is no such interface, `EADDRNOTAVAIL` if no interface has the address
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
 * Sets the maximum number of hops of sent multicast packets: 1, the default, stays in the local network, 0 on this
 * machine. It is the TTL in IPv4 and the hop limit in IPv6. On Linux, this also applies to IPv4 packets of an IPv6
 * socket.
 */
export function setHops(socket: MulticastSocket, hops: number): void {
  checkSocket(socket);
  checkInteger(hops, 'hops', -1, 255);
  if (socket.family !== AF_INET) (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastHops, hops);
  setIpv4(socket, ip.multicastTtl, hops);
}

/**
 * Returns the maximum number of hops of sent multicast packets. See {@link setHops}.
 */
export function hops(socket: MulticastSocket): number {
  checkSocket(socket);
  return socket.family === AF_INET
    ? (socket as OptionOwner<'inet'>).getOption(ip.multicastTtl)
    : (socket as OptionOwner<'inet6'>).getOption(ipv6.multicastHops);
}

/** Sets whether this machine receives the multicast packets that this socket sends; true by default. */
export function setLoopback(socket: MulticastSocket, on: boolean): void {
  checkSocket(socket);
  checkBoolean(on, 'on');
  if (socket.family !== AF_INET) (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastLoop, on);
  setIpv4(socket, ip.multicastLoop, on);
}

/**
 * Sets whether the socket receives groups that other sockets of this machine joined; true by default. Only on Linux,
 * for IPv6 since 4.20.
 */
export function setAll(socket: MulticastSocket, on: boolean): void {
  checkSocket(socket);
  checkBoolean(on, 'on');
  (socket as OptionOwner<'inet6'>).setOption(ip.multicastAll, on);
  if (socket.family !== AF_INET) (socket as OptionOwner<'inet6'>).setOption(ipv6.multicastAll, on);
}
