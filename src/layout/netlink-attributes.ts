/** Netlink attributes: type, length, value, and padding. netlink(7); include/uapi/linux/netlink.h. */

import { checkInteger, invalidValue } from '../errors/argument.js';
import { NLA_ALIGNTO, NLA_F_NESTED, NLA_TYPE_MASK } from '../families/netlink/constants.js';
import { nlattr } from '../families/netlink/layout.js';
import { type Bytes, toBytes } from './memory.js';
import { readText } from './text.js';
import { alignUp, type ItemLayout, visitWholeItems, writeLength } from './tlv.js';
import { littleEndian, viewOf } from './view.js';

/** Attributes by type; where a type comes twice, the last one counts, as in the kernel's nla_parse. */
export type NetlinkAttributes = ReadonlyMap<number, Buffer>;

/** An attribute to be packed: a type, and bytes or attributes inside it. */
export type NetlinkAttributeInput = readonly [type: number, value: Bytes | readonly NetlinkAttributeInput[]];

const NOTHING = Buffer.alloc(0);

const layout: ItemLayout = {
  header: nlattr.size,
  length: nlattr.nla_len,
  lengthSize: 2,
  align: NLA_ALIGNTO,
};

function packAttribute([type, value]: NetlinkAttributeInput): Buffer {
  const nested = Array.isArray(value);
  const data = nested
    ? packNetlinkAttributes(value as readonly NetlinkAttributeInput[])
    : toBytes(value as Bytes, 'attribute value');
  if (nlattr.size + data.length > 0xffff)
    throw invalidValue('attribute value', 'must fit in 64 KiB', data.length);
  const bytes = Buffer.alloc(alignUp(nlattr.size + data.length, NLA_ALIGNTO));
  const view = viewOf(bytes);
  const kind = checkInteger(type, 'attribute type', 0, NLA_TYPE_MASK & 0xffff) | (nested ? NLA_F_NESTED : 0);
  writeLength(view, 0, layout, data.length);
  view.setUint16(nlattr.nla_type, kind, littleEndian);
  bytes.set(data, nlattr.size);
  return bytes;
}

/** Attributes as bytes, to follow the body of a message. */
export function packNetlinkAttributes(attributes: readonly NetlinkAttributeInput[]): Buffer {
  return Buffer.concat(attributes.map(packAttribute));
}

/** The attributes in `bytes`, in their order: `[type, value]`. One that claims more than there is ends them. */
export function listNetlinkAttributes(bytes: Uint8Array): [type: number, value: Buffer][] {
  const attributes: [number, Buffer][] = [];
  const view = viewOf(bytes);
  visitWholeItems(view, layout, (at, length) => {
    const type = view.getUint16(at + nlattr.nla_type, littleEndian) & NLA_TYPE_MASK;
    attributes.push([type, Buffer.from(bytes.subarray(at + nlattr.size, at + length))]);
  });
  return attributes;
}

/** The attributes in `bytes`, by type. One that claims more than there is ends them. */
export function parseNetlinkAttributes(bytes: Uint8Array): NetlinkAttributes {
  return new Map(listNetlinkAttributes(bytes));
}

/** The attributes inside an attribute; none where it is absent. */
export function nestedAttributes(value: Buffer | undefined): NetlinkAttributes {
  return parseNetlinkAttributes(value ?? NOTHING);
}

/** The text of an attribute, without the NUL at its end. */
export function attributeText(value: Buffer | undefined): string | undefined {
  return value && readText(value);
}

/** The number in an attribute of one, two or four bytes. */
export function attributeNumber(value: Buffer | undefined): number | undefined {
  if (value === undefined || ![1, 2, 4].includes(value.length)) return undefined;
  return littleEndian ? value.readUIntLE(0, value.length) : value.readUIntBE(0, value.length);
}
