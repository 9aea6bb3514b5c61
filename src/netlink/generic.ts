/** Generic netlink: families that are known by name, and numbered when the kernel loads them. */

import { checkInteger, checkText, invalidValue } from '../errors/argument.js';
import { NETLINK_GENERIC } from '../families/netlink/constants.js';
import { genlmsghdr } from '../families/netlink/layout.js';
import {
  attributeNumber,
  attributeText,
  type NetlinkAttributeInput,
  type NetlinkAttributes,
  nestedAttributes,
  packNetlinkAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { NetlinkConnection } from './connection.js';
import * as c from './constants.js';

/** The body of a message of NETLINK_GENERIC: a command, and attributes. */
export interface GenericMessage {
  /** What is asked for, or told: one of the family’s commands. */
  readonly command: number;
  /** The version of the family. */
  readonly version: number;
  /** The attributes, by type. */
  readonly attributes: NetlinkAttributes;
}

/** The body of a message to be packed. */
export interface GenericMessageInput {
  /** What is asked for: one of the family’s commands. */
  readonly command: number;
  /** 1 where absent. */
  readonly version?: number | undefined;
  /** The attributes; none where absent. */
  readonly attributes?: readonly NetlinkAttributeInput[] | undefined;
}

/**
 * The payload of a message of NETLINK_GENERIC.
 *
 * @throws TypeError or RangeError if a field is not what it has to be
 */
export function packGenericMessage({ command, version = 1, attributes = [] }: GenericMessageInput): Buffer {
  const head = Buffer.alloc(genlmsghdr.size);
  head[genlmsghdr.cmd] = checkInteger(command, 'message.command', 0, 0xff);
  head[genlmsghdr.version] = checkInteger(version, 'message.version', 0, 0xff);
  return Buffer.concat([head, packNetlinkAttributes(attributes)]);
}

/**
 * Reads the payload of a message of NETLINK_GENERIC; `undefined` where it is too short to be one.
 *
 * @param headerSize the size of the family's own head, in bytes: {@link GenericFamily.headerSize}; mostly 0
 */
export function parseGenericMessage(payload: Buffer, headerSize = 0): GenericMessage | undefined {
  if (payload.length < genlmsghdr.size + headerSize) return undefined;
  return {
    command: payload[genlmsghdr.cmd]!,
    version: payload[genlmsghdr.version]!,
    attributes: parseNetlinkAttributes(payload.subarray(genlmsghdr.size + headerSize)),
  };
}

/** A command of a family. */
export interface GenericOperation {
  /** Its number. */
  readonly command: number;
  /** `GENL_` constants, or-ed: who may use it, and how. */
  readonly flags: number;
}

/** A family of generic netlink. */
export interface GenericFamily {
  /** Its name. */
  readonly name: string;
  /** The type of its messages. */
  readonly id: number;
  /** Its version. */
  readonly version: number;
  /** The size of the head that its messages have of their own, in bytes; mostly 0. */
  readonly headerSize: number;
  /** The largest number of an attribute; 0 where each command has its own. */
  readonly maxAttribute: number;
  /** Its commands. */
  readonly operations: readonly GenericOperation[];
  /** Its multicast groups, by name: numbers to join with `NETLINK_ADD_MEMBERSHIP`. */
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

/** Reads the payload of CTRL_CMD_NEWFAMILY; `undefined` where it names no family. */
export function parseGenericFamily(payload: Buffer): GenericFamily | undefined {
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

function question(name: string): Buffer {
  const text = checkText(name, 'name');
  const most = c.GENL_NAMSIZ - 1;
  if (Buffer.byteLength(text) > most)
    throw invalidValue('name', `must not be longer than ${most} bytes`, name);
  return packGenericMessage({
    command: c.CTRL_CMD_GETFAMILY,
    attributes: [[c.CTRL_ATTR_FAMILY_NAME, `${text}\0`]],
  });
}

/**
 * A family by its name; the kernel loads its module where it is not there yet.
 *
 * ```ts
 * using generic = new NetlinkConnection(NETLINK_GENERIC);
 * const { id, groups } = await resolveGenericFamily(generic, 'nl80211');
 * ```
 *
 * @param connection of `NETLINK_GENERIC`
 * @param name at most 15 bytes
 * @throws SocketError `ENOENT` if the kernel knows no such family
 * @see Documentation/networking/generic_netlink.rst
 */
export async function resolveGenericFamily(
  connection: NetlinkConnection,
  name: string,
  wait?: WaitOptions,
): Promise<GenericFamily> {
  const [answer] = await connection.request(c.GENL_ID_CTRL, question(name), 0, wait);
  return parseGenericFamily(answer!.payload)!;
}

/** {@link resolveGenericFamily}, in this thread. */
export function resolveGenericFamilySync(connection: NetlinkConnection, name: string): GenericFamily {
  const [answer] = connection.requestSync(c.GENL_ID_CTRL, question(name));
  return parseGenericFamily(answer!.payload)!;
}

/** All families that the kernel has loaded, as `genl ctrl list` lists them. */
export async function listGenericFamilies(wait?: WaitOptions): Promise<GenericFamily[]> {
  using connection = new NetlinkConnection(NETLINK_GENERIC);
  const all = packGenericMessage({ command: c.CTRL_CMD_GETFAMILY });
  const messages = await connection.dump(c.GENL_ID_CTRL, all, wait);
  return messages.map(({ payload }) => parseGenericFamily(payload)).filter(family => family !== undefined);
}
