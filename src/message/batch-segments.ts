/**
 * Segments: several datagrams in one message. UDP_SEGMENT sends one message as several datagrams, and UDP_GRO delivers
 * several datagrams as one message. udp(7).
 */

import { cmsghdr } from '../constants/layout.js';
import { checkInteger, outOfRange } from '../errors/argument.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { littleEndian } from '../layout/view.js';
import { type ControlInput, encodeControl, LENGTH_WORD } from './control.js';
import { gro, segment } from './udp-control.js';

/** Every kernel with UDP_SEGMENT accepts this number of datagrams per message: UDP_MAX_SEGMENTS before Linux 6.9. */
export const SEGMENTS = 64;
/** UDP_MAX_SEGMENTS of include/linux/udp.h since Linux 6.9. */
const MOST_SEGMENTS = 128;

/** The space for the control message with the segment size, for sending and receiving. */
export const segmentSpace = (): number => Math.max(segment.space, gro.space);

/**
 * Returns the maximum size of a message: 65,535 bytes of IP payload without the headers. IPv6 does not count its own
 * header.
 */
export function mostBytes(family: number): number {
  return family === AF_INET6 ? 65535 - 8 : 65535 - 8 - 20;
}

/** Checks a segment size, independent of the data. */
export function checkSegmentSize(segmentSize: unknown, family: number, argument = 'segmentSize'): number {
  return checkInteger(segmentSize, argument, 1, mostBytes(family));
}

/** Checks that one message can contain `length` bytes in segments of `segmentSize`. */
export function checkSegments(length: number, segmentSize: number, family: number): void {
  checkSegmentSize(segmentSize, family, 'extras.segmentSize');
  const most = Math.min(mostBytes(family), segmentSize * MOST_SEGMENTS);
  if (length > most) {
    const range = `<= ${most} (one message takes ${MOST_SEGMENTS} segments, ${mostBytes(family)} bytes)`;
    throw outOfRange('data.length', range, length);
  }
}

let encodedSize = 0;
let encoded: Uint8Array = new Uint8Array(0);

/** Encodes the control message with the segment size, and caches the last one. */
export function encodeSegment(segmentSize: number): Uint8Array {
  if (segmentSize !== encodedSize) {
    encoded = encodeControl([segment(segmentSize)])!;
    encodedSize = segmentSize;
  }
  return encoded;
}

/** Returns the segment size in control messages; 0 if there is none. */
export function segmentSizeIn(control: readonly ControlInput[]): number {
  return segment.find(control) ?? gro.find(control) ?? 0;
}

/**
 * Reads the segment size from control messages in the kernel's layout, from `at` to `end`; 0 if there is none. It runs
 * for every received message, and creates no objects.
 */
export function readSegmentSize(view: DataView, at: number, end: number): number {
  for (let item = at; item + cmsghdr.data <= end; ) {
    const length = view.getUint32(item + LENGTH_WORD, littleEndian);
    if (length < cmsghdr.data || item + length > end) return 0;
    if (view.getInt32(item + cmsghdr.cmsg_level, littleEndian) === segment.level) {
      const type = view.getInt32(item + cmsghdr.cmsg_type, littleEndian);
      const data = item + cmsghdr.data;
      if (type === segment.type && length >= cmsghdr.data + 2) return view.getUint16(data, littleEndian);
      if (type === gro.type && length >= cmsghdr.data + 4) return view.getInt32(data, littleEndian);
    }
    item += Math.ceil(length / cmsghdr.align) * cmsghdr.align;
  }
  return 0;
}

/** Encodes control messages, without the one with the segment size. */
export function withoutSegment(control: readonly ControlInput[]): Uint8Array | null {
  return encodeControl(control.filter(item => !segment.matches(item)));
}

/** Divides `data` into datagrams: views of `segmentSize` bytes, except the last. With 0 it is one datagram. */
export function cut(data: Buffer, segmentSize: number): Buffer[] {
  if (segmentSize <= 0 || segmentSize >= data.length) return [data];
  const segments = new Array<Buffer>(Math.ceil(data.length / segmentSize));
  for (let i = 0; i < segments.length; i++) {
    segments[i] = data.subarray(i * segmentSize, (i + 1) * segmentSize);
  }
  return segments;
}
