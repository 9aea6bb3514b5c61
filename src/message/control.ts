/** Converts control messages ("ancillary data") between the kernel's layout and plain objects. cmsg(3). */

import { assertPresent } from '../constants/absent.js';
import { cmsghdr } from '../constants/layout.js';
import { checkArray, checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { alignUp, type ItemLayout, visitItems, writeLength } from '../layout/tlv.js';
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

/** Checks and encodes control messages in the kernel's layout; `null` for none. */
export function encodeControl(
  items: readonly ControlInput[] | undefined,
  argument = 'message.control',
): Uint8Array | null {
  if (items === undefined) return null;
  checkArray(items, argument);
  if (items.length === 0) return null;
  const parts = Array.from(items, (item, index) => checkItem(item, `${argument}[${index}]`));
  const space = new Uint8Array(parts.reduce((sum, { data }) => sum + CMSG_SPACE(data.length), 0));
  const view = viewOf(space);
  let at = 0;
  for (const { level, type, data } of parts) {
    writeLength(view, at, layout, data.length);
    view.setInt32(at + cmsghdr.cmsg_level, level, littleEndian);
    view.setInt32(at + cmsghdr.cmsg_type, type, littleEndian);
    space.set(data, at + cmsghdr.data);
    at += CMSG_SPACE(data.length);
  }
  return space;
}

/** Checks control messages that are read. */
export function checkItems(items: unknown, argument: string): void {
  for (const [i, item] of checkArray(items, argument).entries()) checkObject(item, `${argument}[${i}]`);
}

function checkItem(item: ControlInput, name: string): { level: number; type: number; data: Uint8Array } {
  const { level, type, data } = checkObject(item, name) as ControlInput;
  assertPresent(checkInteger(level, `${name}.level`, -0x80000000, MOST), `${name}.level`);
  assertPresent(checkInteger(type, `${name}.type`, -0x80000000, MOST), `${name}.type`);
  const bytes = toBytes(data, `${name}.data`);
  // net.core.optmem_max is 20 KiB or 128 KiB. This limit only prevents a mistake from allocating gigabytes.
  if (bytes.length > 1 << 20)
    throw invalidValue(`${name}.data`, 'must not be longer than 1 MiB', bytes.length);
  return { level, type, data: bytes };
}

/**
 * Decodes the control messages in the first `length` bytes of `space`, whatever they are. If the kernel truncated an
 * item (MSG_CTRUNC), its header contains a greater length; the result contains the data that is there.
 */
export function decodeControl(space: Uint8Array, length: number): ControlMessage[] {
  const items: ControlMessage[] = [];
  const view = viewOf(space, Math.min(length, space.length));
  visitItems(view, layout, (at, length) => {
    const end = Math.min(at + length, view.byteLength);
    items.push({
      level: view.getInt32(at + cmsghdr.cmsg_level, littleEndian),
      type: view.getInt32(at + cmsghdr.cmsg_type, littleEndian),
      data: Buffer.from(space.subarray(at + cmsghdr.data, end)),
    });
  });
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
