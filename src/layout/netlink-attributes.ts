/** Netlink attributes: type, length, value and padding. netlink(7); include/uapi/linux/netlink.h. */
import { checkArray, checkInteger, invalidType, invalidValue, isInstance } from '../errors/argument.js';
import { nlattr } from '../families/netlink/layout.js';
import type { Bytes } from './memory.js';
import { inputBytes, toBytes } from './memory.js';
import { readText } from './text.js';
import { alignUp, type ItemLayout, visitWholeItems, writeLength } from './tlv.js';
import { littleEndian, viewOf } from './view.js';

/** Attributes by type. If a type occurs twice, the last one counts, as in the kernel's nla_parse. */
export type NetlinkAttributes = ReadonlyMap<number, Buffer>;

/** An attribute to pack: its type, and bytes or nested attributes. */
export type NetlinkAttributeInput = readonly [type: number, value: Bytes | readonly NetlinkAttributeInput[]];

const EMPTY = Buffer.alloc(0);

/**
 * The alignment of messages and attributes, and the parts of an attribute's type: `NLMSG_ALIGNTO`, `NLA_ALIGNTO`,
 * `NLA_TYPE_MASK` and `NLA_F_NESTED`. The constants are absent on other systems, where captured messages are read as well.
 */
export const NETLINK_ALIGN = 4;
const TYPE_MASK = 0x3fff;
const NESTED = 0x8000;

const layout: ItemLayout = {
  header: nlattr.size,
  length: nlattr.nla_len,
  lengthSize: 2,
  align: NETLINK_ALIGN,
};

/** The maximum depth of nested attributes. It also stops at a list that contains itself. */
const DEEPEST = 64;

function packAttribute(attribute: NetlinkAttributeInput, argument: string, depth: number): Buffer {
  if (!isInstance(attribute, Array)) throw invalidType(argument, 'an Array of a type and a value', attribute);
  const [type, value] = attribute as NetlinkAttributeInput;
  const isNested = isInstance(value, Array);
  const data = isNested
    ? packAttributes(value as readonly NetlinkAttributeInput[], `${argument}[1]`, depth + 1)
    : toBytes(value as Bytes, `${argument}[1]`);
  const length = nlattr.size + data.length;
  if (length > 0xffff) throw invalidValue(`${argument}[1]`, 'must fit in 64 KiB', data.length);
  const bytes = Buffer.alloc(alignUp(length, NETLINK_ALIGN));
  const view = viewOf(bytes);
  const number = checkInteger(type, `${argument}[0]`, 0, TYPE_MASK);
  writeLength(view, 0, layout, data.length);
  view.setUint16(nlattr.nla_type, number | (isNested ? NESTED : 0), littleEndian);
  bytes.set(data, nlattr.size);
  return bytes;
}

function packAttributes(
  attributes: readonly NetlinkAttributeInput[],
  argument: string,
  depth: number,
): Buffer {
  checkArray(attributes, argument);
  if (depth > DEEPEST) throw invalidValue(argument, `must not be nested deeper than ${DEEPEST}`, depth);
  return Buffer.concat(
    Array.from(attributes as readonly NetlinkAttributeInput[], (attribute, i) =>
      packAttribute(attribute, `${argument}[${i}]`, depth),
    ),
  );
}

/** Packs attributes that are an argument of this name. */
export function packAttributesOf(attributes: readonly NetlinkAttributeInput[], argument: string): Buffer {
  return packAttributes(attributes, argument, 1);
}

/**
 * Packs attributes into bytes, which follow the body of a message.
 *
 * ```ts
 * packNetlinkAttributes([[IFLA_IFNAME, 'veth0\0'], [IFLA_LINKINFO, [[IFLA_INFO_KIND, 'veth']]]]);
 * ```
 *
 * @throws TypeError or RangeError naming the attribute, by its position: `attributes[0][1]` is the value of the first
 */
export function packNetlinkAttributes(attributes: readonly NetlinkAttributeInput[]): Buffer {
  return packAttributesOf(attributes, 'attributes');
}

/**
 * Parses attributes, in order. Parsing stops at an attribute that is longer than the rest of the bytes.
 *
 * @throws TypeError naming the argument
 */
export function listNetlinkAttributes(bytes: Uint8Array): [type: number, value: Buffer][] {
  const input = inputBytes(bytes, 'bytes');
  const attributes: [number, Buffer][] = [];
  const view = viewOf(input);
  visitWholeItems(view, layout, (at, length) => {
    const type = view.getUint16(at + nlattr.nla_type, littleEndian) & TYPE_MASK;
    attributes.push([type, Buffer.from(input.subarray(at + nlattr.size, at + length))]);
  });
  return attributes;
}

/**
 * Parses attributes into a map by type. Parsing stops at an attribute that is longer than the rest of the bytes.
 *
 * @throws TypeError naming the argument
 */
export function parseNetlinkAttributes(bytes: Uint8Array): NetlinkAttributes {
  return new Map(listNetlinkAttributes(bytes));
}

/** Parses the attributes inside an attribute. Returns none if it is absent. */
export function nestedAttributes(value: Buffer | undefined): NetlinkAttributes {
  return parseNetlinkAttributes(value ?? EMPTY);
}

/**
 * Returns the text of an attribute, without the NUL at its end.
 *
 * @returns `undefined` if the attribute is absent
 * @throws TypeError naming the argument
 */
export function attributeText(value: Uint8Array | undefined): string | undefined {
  if (value === undefined) return undefined;
  return readText(inputBytes(value, 'value'));
}

/**
 * Returns the unsigned number in an attribute of one, two or four bytes.
 *
 * @returns `undefined` if the attribute is absent or has another size
 * @throws TypeError naming the argument
 */
export function attributeNumber(value: Uint8Array | undefined): number | undefined {
  if (value === undefined) return undefined;
  const bytes = inputBytes(value, 'value');
  if (![1, 2, 4].includes(bytes.length)) return undefined;
  return littleEndian ? bytes.readUIntLE(0, bytes.length) : bytes.readUIntBE(0, bytes.length);
}
