/** Generic netlink: families with a name, which the kernel numbers when it loads them. */

import {
  checkInteger,
  checkObject,
  checkText,
  invalidType,
  invalidValue,
  isRevoked,
} from '../errors/argument.js';
import { NETLINK_GENERIC } from '../families/netlink/constants.js';
import { genlmsghdr } from '../families/netlink/layout.js';
import { inputBytes } from '../layout/memory.js';
import {
  attributeNumber,
  attributeText,
  type NetlinkAttributeInput,
  type NetlinkAttributes,
  nestedAttributes,
  packAttributesOf,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import {
  checkSyncWaitOptions,
  checkWaitOptions,
  type SyncWaitOptions,
  type WaitOptions,
} from '../reactor/wait-options.js';
import { NetlinkConnection } from './connection.js';
import * as c from './constants.js';
import type { NetlinkMessage } from './message.js';

/** The payload of a NETLINK_GENERIC message: a command and its attributes. */
export interface GenericMessage {
  /** The command: a number of the family. */
  readonly command: number;
  /** The version of the family. */
  readonly version: number;
  /** The attributes, by type. */
  readonly attributes: NetlinkAttributes;
}

/** The payload of a NETLINK_GENERIC message to pack. */
export interface GenericMessageInput {
  /** The command: a number of the family. */
  readonly command: number;
  /** The version of the family. 1 by default. */
  readonly version?: number | undefined;
  /** The attributes. None by default. */
  readonly attributes?: readonly NetlinkAttributeInput[] | undefined;
}

/**
 * Packs the payload of a NETLINK_GENERIC message.
 *
 * @throws TypeError or RangeError naming the field
 */
export function packGenericMessage(message: GenericMessageInput): Buffer {
  const { command, version = 1, attributes = [] } = checkObject(message, 'message') as GenericMessageInput;
  const head = Buffer.alloc(genlmsghdr.size);
  head[genlmsghdr.cmd] = checkInteger(command, 'message.command', 0, 0xff);
  head[genlmsghdr.version] = checkInteger(version, 'message.version', 0, 0xff);
  return Buffer.concat([head, packAttributesOf(attributes, 'message.attributes')]);
}

/**
 * Parses the payload of a NETLINK_GENERIC message.
 *
 * @param payload the payload of a {@link NetlinkMessage}
 * @param headerSize the size of the family's own header, in bytes: {@link GenericFamily.headerSize}, usually 0
 * @returns `undefined` if it is too short
 * @throws TypeError or RangeError naming the argument
 */
export function parseGenericMessage(payload: Uint8Array, headerSize = 0): GenericMessage | undefined {
  const bytes = inputBytes(payload, 'payload');
  const attributesAt = genlmsghdr.size + checkInteger(headerSize, 'headerSize', 0, 0xffff);
  if (bytes.length < attributesAt) return undefined;
  return {
    command: bytes[genlmsghdr.cmd]!,
    version: bytes[genlmsghdr.version]!,
    attributes: parseNetlinkAttributes(bytes.subarray(attributesAt)),
  };
}

/** A command of a generic netlink family. */
export interface GenericOperation {
  /** The number of the command. */
  readonly command: number;
  /** `GENL_` constants, or-ed: what the command needs and supports. */
  readonly flags: number;
}

/** A generic netlink family. */
export interface GenericFamily {
  /** The name: `'nl80211'`. */
  readonly name: string;
  /** The message type of the family. */
  readonly id: number;
  /** The version of the family. */
  readonly version: number;
  /** The size of the family's own header, in bytes; usually 0. */
  readonly headerSize: number;
  /** The largest attribute type; 0 if each command has its own. */
  readonly maxAttribute: number;
  /** The commands. */
  readonly operations: readonly GenericOperation[];
  /** The multicast groups, by name. `NETLINK_ADD_MEMBERSHIP` joins a group by its number. */
  readonly groups: ReadonlyMap<string, number>;
}

function operationsOf(bytes: Buffer | undefined): GenericOperation[] {
  return [...nestedAttributes(bytes).values()].flatMap(each => {
    const operation = parseNetlinkAttributes(each);
    const command = attributeNumber(operation.get(c.CTRL_ATTR_OP_ID));
    const flags = attributeNumber(operation.get(c.CTRL_ATTR_OP_FLAGS)) ?? 0;
    return command === undefined ? [] : [{ command, flags }];
  });
}

function groupsOf(bytes: Buffer | undefined): Map<string, number> {
  const groups = new Map<string, number>();
  for (const each of nestedAttributes(bytes).values()) {
    const group = parseNetlinkAttributes(each);
    const name = attributeText(group.get(c.CTRL_ATTR_MCAST_GRP_NAME));
    const id = attributeNumber(group.get(c.CTRL_ATTR_MCAST_GRP_ID));
    if (name !== undefined && id !== undefined) groups.set(name, id);
  }
  return groups;
}

/**
 * Parses the payload of CTRL_CMD_NEWFAMILY.
 *
 * @returns `undefined` if it does not name a family
 * @throws TypeError naming the argument
 */
export function parseGenericFamily(payload: Uint8Array): GenericFamily | undefined {
  const attributes = parseGenericMessage(payload)?.attributes;
  const name = attributeText(attributes?.get(c.CTRL_ATTR_FAMILY_NAME));
  const id = attributeNumber(attributes?.get(c.CTRL_ATTR_FAMILY_ID));
  if (attributes === undefined || name === undefined || id === undefined) return undefined;
  return {
    name,
    id,
    version: attributeNumber(attributes.get(c.CTRL_ATTR_VERSION)) ?? 0,
    headerSize: attributeNumber(attributes.get(c.CTRL_ATTR_HDRSIZE)) ?? 0,
    maxAttribute: attributeNumber(attributes.get(c.CTRL_ATTR_MAXATTR)) ?? 0,
    operations: operationsOf(attributes.get(c.CTRL_ATTR_OPS)),
    groups: groupsOf(attributes.get(c.CTRL_ATTR_MCAST_GROUPS)),
  };
}

function familyRequest(name: string): Buffer {
  const text = checkText(name, 'name');
  const most = c.GENL_NAMSIZ - 1;
  if (Buffer.byteLength(text) > most)
    throw invalidValue('name', `must not be longer than ${most} bytes`, name);
  return packGenericMessage({
    command: c.CTRL_CMD_GETFAMILY,
    attributes: [[c.CTRL_ATTR_FAMILY_NAME, `${text}\0`]],
  });
}

/** A connection can come from another copy of the package, so its class is not checked. */
function checkConnection(connection: unknown): NetlinkConnection {
  if (isRevoked(connection)) throw invalidType('connection', 'an instance of NetlinkConnection', connection);
  const { request, requestSync } = (connection ?? {}) as Partial<NetlinkConnection>;
  if (typeof request === 'function' && typeof requestSync === 'function')
    return connection as NetlinkConnection;
  throw invalidType('connection', 'an instance of NetlinkConnection', connection);
}

/**
 * Returns the family with a name. The kernel loads its module if necessary.
 *
 * ```ts
 * using generic = new NetlinkConnection(NETLINK_GENERIC);
 * const { id, groups } = await resolveGenericFamily(generic, 'nl80211');
 * ```
 *
 * @param connection a connection with the protocol `NETLINK_GENERIC`
 * @param name the name, at most 15 bytes
 * @param options `timeout` (milliseconds) and `signal`
 * @throws SocketError `ENOENT` if the kernel does not support the family
 * @throws TypeError naming the argument
 * @see Documentation/networking/generic_netlink.rst
 */
export async function resolveGenericFamily(
  connection: NetlinkConnection,
  name: string,
  options?: WaitOptions,
): Promise<GenericFamily> {
  const body = familyRequest(name);
  const wait = checkWaitOptions(options);
  const [answer] = await checkConnection(connection).request(c.GENL_ID_CTRL, body, wait);
  return parseGenericFamily(answer!.payload)!;
}

/**
 * Returns the family with a name. Blocks the thread.
 *
 * @param connection a connection with the protocol `NETLINK_GENERIC`
 * @param name the name, at most 15 bytes
 * @param options `timeout` (milliseconds)
 * @see {@link resolveGenericFamily}
 */
export function resolveGenericFamilySync(
  connection: NetlinkConnection,
  name: string,
  options?: SyncWaitOptions,
): GenericFamily {
  const body = familyRequest(name);
  const timeout = checkSyncWaitOptions(options);
  const [answer] = checkConnection(connection).requestSync(c.GENL_ID_CTRL, body, { timeout });
  return parseGenericFamily(answer!.payload)!;
}

function allFamilies(): Buffer {
  return packGenericMessage({ command: c.CTRL_CMD_GETFAMILY });
}

function familiesOf(messages: readonly NetlinkMessage[]): GenericFamily[] {
  return messages.map(({ payload }) => parseGenericFamily(payload)).filter(family => family !== undefined);
}

/**
 * Returns all families that the kernel has loaded, as `genl ctrl list` lists them.
 *
 * @param options `timeout` (milliseconds) and `signal`
 */
export async function listGenericFamilies(options?: WaitOptions): Promise<GenericFamily[]> {
  const wait = checkWaitOptions(options);
  using connection = new NetlinkConnection(NETLINK_GENERIC);
  return familiesOf(await connection.dump(c.GENL_ID_CTRL, allFamilies(), wait));
}

/**
 * Returns all families that the kernel has loaded. Blocks the thread.
 *
 * @param options `timeout` (milliseconds)
 * @see {@link listGenericFamilies}
 */
export function listGenericFamiliesSync(options?: SyncWaitOptions): GenericFamily[] {
  const timeout = checkSyncWaitOptions(options);
  using connection = new NetlinkConnection(NETLINK_GENERIC);
  return familiesOf(connection.dumpSync(c.GENL_ID_CTRL, allFamilies(), { timeout }));
}
