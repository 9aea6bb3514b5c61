/** Converts control messages ("ancillary data") between the kernel's layout and plain objects. cmsg(3). */

import { assertPresent } from '../constants/absent.js';
import { cmsghdr } from '../constants/layout.js';
import { checkArray, checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { copy, copyOf, writeInt, zeroed } from '../layout/small.js';
import { alignUp, type ItemLayout, visitItems } from '../layout/tlv.js';
import { littleEndian, viewOf } from '../layout/view.js';

/**
 * One control message: `{ level, type, data }`, raw. The rows of `berkeley/control` create and decode the supported
 * ones.
 */
export interface ControlMessage {
  /** The level: `SOL_SOCKET`, `IPPROTO_IP`, … */
  readonly level: number;
  /** The type: `SCM_RIGHTS`, `IP_PKTINFO`, … */
  readonly type: number;
  /** The data, in the kernel's layout. */
  readonly data: Buffer;
}

/** A control message to send. */
export interface ControlInput {
  /** The level: `SOL_SOCKET`, `IPPROTO_IP`, … */
  readonly level: number;
  /** The type: `SCM_RIGHTS`, `IP_PKTINFO`, … */
  readonly type: number;
  /** The data, in the kernel's layout. */
  readonly data: Bytes;
}

/** A C `int` contains the length of all control data. Python has the same limit. */
const MOST = 0x7fffffff;

const layout: ItemLayout = {
  header: cmsghdr.data,
  length: cmsghdr.cmsg_len,
  lengthSize: cmsghdr.cmsg_len_size === 8 ? 8 : 4,
  align: cmsghdr.align,
};

/** The position of the low 32 bits of a length, which are enough. */
export const LENGTH_WORD: number = cmsghdr.cmsg_len + (littleEndian ? 0 : cmsghdr.cmsg_len_size - 4);

/**
 * Returns the length of a control message with `length` bytes of data, without the padding at its end.
 *
 * Use {@link CMSG_SPACE} for the size of a buffer. RFC 3542 section 20.2 requires it for portable programs, and FreeBSD
 * loses descriptors otherwise.
 *
 * @param length bytes
 * @throws RangeError if the result does not fit in a C `int`
 * @see cmsg(3)
 */
export function CMSG_LEN(length: number): number {
  return cmsghdr.data + checkInteger(length, 'length', 0, MOST - cmsghdr.data);
}

/**
 * Returns the space for a control message with `length` bytes of data, including padding. For several messages, add the
 * results.
 *
 * @param length bytes
 * @throws RangeError if the result does not fit in a C `int`
 * @see cmsg(3)
 */
export function CMSG_SPACE(length: number): number {
  const most = MOST - cmsghdr.data - cmsghdr.align; // the limit of CPython: INT_MAX - CMSG_SPACE(1)
  return cmsghdr.data + alignUp(checkInteger(length, 'length', 0, most), cmsghdr.align);
}

/** A control message that was checked. */
interface Item {
  readonly level: number;
  readonly type: number;
  readonly data: Uint8Array;
}

/** Checks and encodes control messages in the kernel's layout; `null` for none. */
export function encodeControl(
  items: readonly ControlInput[] | undefined,
  argument = 'message.control',
): Uint8Array | null {
  if (items === undefined) return null;
  const { length } = checkArray(items, argument);
  if (length === 0) return null;
  const checked: Item[] = [];
  for (let i = 0; i < length; i++) checked.push(checkItem(items[i]!, `${argument}[${i}]`));
  return encodeItems(checked);
}

/** Encodes control messages that were checked. */
export function encodeItems(items: readonly Item[]): Uint8Array {
  let size = 0;
  for (const { data } of items) size += CMSG_SPACE(data.length);
  const space = zeroed(size);
  let at = 0;
  for (const { level, type, data } of items) {
    writeInt(space, at + LENGTH_WORD, cmsghdr.data + data.length);
    writeInt(space, at + cmsghdr.cmsg_level, level);
    writeInt(space, at + cmsghdr.cmsg_type, type);
    copy(data, space, at + cmsghdr.data);
    at += CMSG_SPACE(data.length);
  }
  return space;
}

/** Checks control messages that are read. */
export function checkItems(items: unknown, argument: string): void {
  for (const [i, item] of checkArray(items, argument).entries()) checkObject(item, `${argument}[${i}]`);
}

function checkItem(item: ControlInput, name: string): Item {
  const { level, type, data } = checkObject(item, name) as ControlInput;
  checkNumber(level, name, 'level');
  checkNumber(type, name, 'type');
  const bytes = toBytes(data, `${name}.data`);
  // net.core.optmem_max is 20 KiB or 128 KiB. This limit only prevents a mistake from allocating gigabytes.
  if (bytes.length > 1 << 20)
    throw invalidValue(`${name}.data`, 'must not be longer than 1 MiB', bytes.length);
  return { level, type, data: bytes };
}

function checkNumber(value: number, name: string, key: string): void {
  assertPresent(checkInteger(value, `${name}.${key}`, -0x80000000, MOST), `${name}.${key}`);
}

/**
 * Decodes the control messages in the first `length` bytes of `space`, whatever they are. If the kernel truncated an
 * item (MSG_CTRUNC), its header contains a greater length; the result contains the data that is there.
 */
export function decodeControl(
  space: Uint8Array,
  length: number,
  view: DataView = viewOf(space),
): ControlMessage[] {
  const items: ControlMessage[] = [];
  const whole = Math.min(length, space.length);
  const add = (at: number, size: number): void => {
    items.push({
      level: view.getInt32(at + cmsghdr.cmsg_level, littleEndian),
      type: view.getInt32(at + cmsghdr.cmsg_type, littleEndian),
      data: copyOf(space, at + cmsghdr.data, Math.min(at + size, whole)),
    });
  };
  visitItems(view, layout, add, whole);
  return items;
}

/**
 * Decodes control messages from memory in the kernel's layout: the result of getsockopt(2) for IP_PKTOPTIONS, or data
 * that a program in another language recorded. It never throws because of the bytes.
 *
 * @param data the memory; its last item can be truncated
 */
export function parseControl(data: Bytes): ControlMessage[] {
  const space = toBytes(data, 'data');
  return decodeControl(space, space.length);
}
