/** The options of `createSocket`. */

import type { FamilyName } from '../address/address.js';
import { checkArray, checkText } from '../errors/argument.js';
import { wrongType } from '../errors/node-errors.js';
import * as ip from '../options/ip/index.js';
import * as ipv6 from '../options/ipv6/index.js';
import type { WritableOption } from '../options/option.js';
import * as so from '../options/so/index.js';
import type { OptionAtBirth } from './handle.js';
import type { Lookup } from './lookup.js';
import { checkUint32 } from './validate.js';

/** The part of `net.BlockList` that a socket uses. */
export interface AddressFilter {
  /** Returns whether the list has an address. */
  check(address: string, family: 'ipv4' | 'ipv6'): boolean;
}

/** The options of every datagram socket. */
export interface CommonOptions<F extends FamilyName> {
  /** The size of the receive buffer (`SO_RCVBUF`), set when the socket is bound. */
  readonly recvBufferSize?: number | undefined;
  /** The size of the send buffer (`SO_SNDBUF`), set when the socket is bound. */
  readonly sendBufferSize?: number | undefined;
  /** Closes the socket when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Options of `berkeley/options` with their values, set before the socket is bound: `[[ip.tos, 0x10]]`. */
  readonly options?: readonly OptionAtBirth<F>[] | undefined;
}

/** The options of a UDP socket: those of `node:dgram`, and more. */
export interface SocketOptions extends CommonOptions<'inet' | 'inet6'> {
  /** The family: IPv4 or IPv6. */
  readonly type: 'udp4' | 'udp6';
  /** Whether other sockets can be bound to the same address. Only the last one receives unicast datagrams. */
  readonly reuseAddr?: boolean | undefined;
  /** Whether other sockets can be bound to the same address. The kernel distributes the datagrams among them. */
  readonly reusePort?: boolean | undefined;
  /** Whether an IPv6 socket does not receive IPv4 datagrams. */
  readonly ipv6Only?: boolean | undefined;
  /** A function that resolves host names; `dns.lookup` by default. */
  readonly lookup?: Lookup | undefined;
  /** Datagrams from these addresses are dropped: a `net.BlockList`. */
  readonly receiveBlockList?: AddressFilter | undefined;
  /** Datagrams to these addresses are not sent: a `net.BlockList`. */
  readonly sendBlockList?: AddressFilter | undefined;
  /** The only interface to receive from and send to, by name (`SO_BINDTODEVICE`). */
  readonly bindToDevice?: string | undefined;
  /** Whether `rinfo` has the interface and the destination address of each datagram. */
  readonly packetInfo?: boolean | undefined;
  /** Whether the kernel queues the errors of sent datagrams. The socket emits each as `'queuedError'`. */
  readonly errorQueue?: boolean | undefined;
}

/** The options of a Unix datagram socket. */
export interface UnixSocketOptions extends CommonOptions<'unix'> {
  /** The family. */
  readonly type: 'unix';
  /** The maximum size of a received datagram in bytes; 262,144 by default. */
  readonly maxMessageSize?: number | undefined;
}

/** Checks a size, which is ignored if it is 0 or absent. */
function checkSize(value: unknown, name: string): number | undefined {
  return value ? checkUint32(value, name) : undefined;
}

/** Checks the options of every socket. Returns the buffer sizes. */
export function checkCommon(options: CommonOptions<never>): {
  recv: number | undefined;
  send: number | undefined;
} {
  const recv = checkSize(options.recvBufferSize, 'options.recvBufferSize');
  const send = checkSize(options.sendBufferSize, 'options.sendBufferSize');
  return { recv, send };
}

/** Checks a signal, as Node.js does. */
export function checkAbortSignal(signal: unknown): AbortSignal {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal))
    throw wrongType('options.signal', 'an instance of AbortSignal', signal);
  return signal as AbortSignal;
}

/** Checks a block list. */
export function checkFilter(value: unknown, name: string): AddressFilter | undefined {
  if (!value) return undefined;
  if (typeof (value as AddressFilter).check !== 'function')
    throw wrongType(name, 'an instance of net.BlockList', value);
  return value as AddressFilter;
}

/** Checks the rows of `options.options`. */
export function checkRows<F extends FamilyName>(rows: unknown): readonly OptionAtBirth<F>[] {
  if (rows === undefined) return [];
  for (const [i, row] of checkArray(rows, 'options.options').entries())
    checkArray(row, `options.options[${i}]`);
  return rows as readonly OptionAtBirth<F>[];
}

/** The option that lets several sockets be bound to one address, as libuv chooses it. */
function reuseOf({ reuseAddr, reusePort }: SocketOptions): WritableOption<boolean>[] {
  const isUnixLike = process.platform !== 'linux' && process.platform !== 'win32';
  return [
    ...(reuseAddr ? [isUnixLike ? so.reuseport : so.reuseaddr] : []),
    ...(reusePort ? [so.reuseport] : []),
  ];
}

/** The options that a descriptor gets when it is opened. */
export interface Rows<F extends FamilyName> {
  /** Options that determine what the socket is bound to. A descriptor that is already bound does not get them. */
  readonly beforeBind: readonly OptionAtBirth<F>[];
  /** Options of every descriptor. */
  readonly always: readonly OptionAtBirth<F>[];
}

/** Returns the options that are set before the socket is bound. */
export function rowsAtBirth(options: SocketOptions): Rows<'inet' | 'inet6'> {
  const { type, ipv6Only, bindToDevice, packetInfo, errorQueue } = options;
  const isV6 = type === 'udp6';
  const before: unknown[] = reuseOf(options).map(row => [row, true]);
  if (isV6 && ipv6Only) before.push([ipv6.v6only, true]);
  const rows: unknown[] = [];
  if (bindToDevice !== undefined)
    rows.push([so.bindtodevice, checkText(bindToDevice, 'options.bindToDevice')]);
  if (packetInfo) rows.push([isV6 ? ipv6.recvpktinfo : ip.pktinfo, true]);
  if (errorQueue) rows.push([isV6 ? ipv6.recverr : ip.recverr, true]);
  const always = [
    ...(rows as OptionAtBirth<'inet' | 'inet6'>[]),
    ...checkRows<'inet' | 'inet6'>(options.options),
  ];
  return { beforeBind: before as OptionAtBirth<'inet' | 'inet6'>[], always };
}
