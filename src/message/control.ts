/**
 * Control messages ("ancillary data"), between the kernel's layout and plain objects. cmsg(3).
 */

import { assertPresent } from '../constants/absent.js';
import { cmsghdr } from '../constants/layout.js';
import { checkArray, checkInteger, checkObject, invalidValue } from '../errors/argument.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { alignUp, type ItemLayout, visitItems, writeLength } from '../layout/tlv.js';
import { littleEndian, viewOf } from '../layout/view.js';

/** One control message: `{ level, type, data }`, raw. The codecs of `berkeley/control` make and read the known ones. */
export interface ControlMessage {
  /** `SOL_SOCKET`, `IPPROTO_IP`, …: who the message is for, or from. */
  readonly level: number;
  /** `SCM_RIGHTS`, `IP_PKTINFO`, …: what it is. */
  readonly type: number;
  /** What it says, as the kernel lays it out. */
  readonly data: Buffer;
}

/** A control message to be sent. */
export interface ControlInput {
  /** Who the message is for: `SOL_SOCKET`, `IPPROTO_IP`, … */
  readonly level: number;
  /** What it is: `SCM_RIGHTS`, `IP_PKTINFO`, … */
  readonly type: number;
  /** What it says, as the kernel lays it out. */
  readonly data: Bytes;
}

/** A C `int` holds the length of all control data (Python's limit too). */
const MOST = 0x7fffffff;

const layout: ItemLayout = {
  header: cmsghdr.data,
  length: cmsghdr.cmsg_len,
  lengthSize: cmsghdr.cmsg_len_size,
  align: cmsghdr.align,
};

/**
 * The length of a control message with `length` bytes of data, without the padding at its end.
 *
 * Use {@link CMSG_SPACE} to size a buffer: RFC 3542 section 20.2 asks portable programs to, and FreeBSD loses
 * descriptors otherwise.
 *
 * @param length bytes
 * @throws RangeError if the result would not fit in a C `int`
 * @see cmsg(3)
 */
export function CMSG_LEN(length: number): number {
  return cmsghdr.data + checkInteger(length, 'length', 0, MOST - cmsghdr.data);
}

/**
 * The space that a control message with `length` bytes of data takes, padding included. For several, add them up.
 *
 * @param length bytes
 * @throws RangeError if the result would not fit in a C `int`
 * @see cmsg(3)
 */
export function CMSG_SPACE(length: number): number {
  const most = MOST - cmsghdr.data - cmsghdr.align; // the limit of CPython: INT_MAX - CMSG_SPACE(1)
  return cmsghdr.data + alignUp(checkInteger(length, 'length', 0, most), cmsghdr.align);
}

/** Checks control messages and lays them out as the kernel reads them; `null` for none. */
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
  // net.core.optmem_max is 20 KiB or 128 KiB; the bound only keeps a slip from asking for gigabytes.
  if (bytes.length > 1 << 20)
    throw invalidValue(`${name}.data`, 'must not be longer than 1 MiB', bytes.length);
  return { level, type, data: bytes };
}

/**
 * Reads the control messages in the first `length` bytes of `space`, whatever they are: an item whose header claims more
 * than there is (the kernel cut it: MSG_CTRUNC) gets the data that is there, and nothing past it is read.
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
 * Reads control messages that came as one piece of memory, laid out as the kernel does it: what getsockopt(2) of
 * IP_PKTOPTIONS gives, or what a program in another language recorded. Bytes never make it throw.
 *
 * @param data the memory; its last item may be cut short
 */
export function parseControl(data: Bytes): ControlMessage[] {
  const space = toBytes(data, 'data');
  return decodeControl(space, space.length);
}
