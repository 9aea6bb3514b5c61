/**
 * Datagrams that cross the kernel in one piece: UDP_SEGMENT, which has one message sent as many datagrams, and UDP_GRO,
 * which delivers many as one message. udp(7).
 */

import { cmsghdr } from '../constants/layout.js';
import { checkInteger, outOfRange } from '../errors/argument.js';
import { gro, segment } from '../families/inet/transport-control.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { littleEndian } from '../layout/view.js';
import { type ControlInput, encodeControl } from './control.js';

/** Every kernel that has UDP_SEGMENT takes this many datagrams in one message: UDP_MAX_SEGMENTS before Linux 6.9. */
export const SEGMENTS = 64;
/** UDP_MAX_SEGMENTS of include/linux/udp.h since. */
export const MOST_SEGMENTS = 128;

/** Space for the control message that says the size of the segments, either way. */
export const SEGMENT_SPACE: number = Math.max(segment.space, gro.space);

/** The most data of one message: 65,535 bytes of IP payload but for the headers, of which IPv6 does not count its own. */
export function mostBytes(family: number): number {
  return family === AF_INET6 ? 65535 - 8 : 65535 - 8 - 20;
}

/** Checks the size of segments, whatever the data. */
export function checkSegmentSize(segmentSize: unknown, family: number, argument = 'segmentSize'): number {
  return checkInteger(segmentSize, argument, 1, mostBytes(family));
}

/** Checks that one message can carry `length` bytes in segments of `segmentSize`. */
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

/** The control message that asks for segments, laid out as the kernel reads it. The last one is remembered. */
export function encodeSegment(segmentSize: number): Uint8Array {
  if (segmentSize !== encodedSize) {
    encoded = encodeControl([segment(segmentSize)])!;
    encodedSize = segmentSize;
  }
  return encoded;
}

/** The size of the segments that control messages speak of; 0 where they do not. */
export function segmentSizeIn(control: readonly ControlInput[]): number {
  return segment.find(control) ?? gro.find(control) ?? 0;
}

/** Where the 32 bits of a length are that say all of it. */
const LENGTH = cmsghdr.cmsg_len + (littleEndian ? 0 : cmsghdr.cmsg_len_size - 4);

/**
 * {@link segmentSizeIn} for control messages as the kernel lays them out, from `at` to `end`: it is asked of every
 * message that is received, and makes no objects.
 */
export function readSegmentSize(view: DataView, at: number, end: number): number {
  for (let item = at; item + cmsghdr.data <= end; ) {
    const length = view.getUint32(item + LENGTH, littleEndian);
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

/** Control messages without the one that asks for segments. */
export function withoutSegment(control: readonly ControlInput[]): Uint8Array | null {
  return encodeControl(control.filter(item => !segment.matches(item)));
}

/** The datagrams in `data`: views, each of `segmentSize` bytes but the last; 0 is one datagram. */
export function cut(data: Buffer, segmentSize: number): Buffer[] {
  if (segmentSize <= 0 || segmentSize >= data.length) return [data];
  const segments = new Array<Buffer>(Math.ceil(data.length / segmentSize));
  for (let i = 0; i < segments.length; i++) {
    segments[i] = data.subarray(i * segmentSize, (i + 1) * segmentSize);
  }
  return segments;
}
