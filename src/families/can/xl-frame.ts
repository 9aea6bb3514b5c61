/** CAN XL frames of a CAN_RAW socket with `CAN_RAW_XL_FRAMES`: struct canxl_frame, linux/can.h. */

import { checkBoolean, checkInteger, checkObject, invalidValue } from '../../errors/argument.js';
import { type Bytes, inputBytes, toBytes } from '../../layout/memory.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import {
  CANXL_MAX_DLEN,
  CANXL_MIN_DLEN,
  CANXL_PRIO_MASK,
  CANXL_RRS,
  CANXL_SEC,
  CANXL_VCID_OFFSET,
  CANXL_VCID_VAL_MASK,
  CANXL_XLF,
} from './constants.js';
import { canxl_frame } from './layout.js';

/** A CAN XL frame. It has a priority instead of an identifier. */
export interface CanXlFrame {
  /** The arbitration priority, 11 bits. Lower values are sent first. */
  readonly priority: number;
  /**
   * The virtual CAN network identifier (VCID), 0 to 255. Linux 6.9 and later set and filter it: `canRaw.xlVcidOpts`.
   */
  readonly vcid: number;
  /** Simple extended content: whether the data begins with the header of a security or segmentation protocol. */
  readonly sec: boolean;
  /** The remote request substitution bit. Applications define its meaning. */
  readonly rrs: boolean;
  /** The service data unit type, 0 to 255: the kind of the data (CiA 611-1). */
  readonly sdt: number;
  /** The acceptance field, 32 bits, for filters of receivers. `sdt` defines its meaning. */
  readonly af: number;
  /** The data, 1 to 2048 bytes. */
  readonly data: Buffer;
}

/** A CAN XL frame to be packed. Numbers are 0 and flags are false by default. */
export interface CanXlFrameInput extends Partial<Omit<CanXlFrame, 'priority' | 'data'>> {
  /** The arbitration priority, 11 bits. Lower values are sent first. */
  readonly priority: number;
  /** The data, 1 to 2048 bytes. */
  readonly data: Bytes;
}

/**
 * Packs a CAN XL frame into the 13 to 2060 bytes that a CAN_RAW socket with `CAN_RAW_XL_FRAMES` sends.
 *
 * @throws TypeError or RangeError that names the invalid field
 */
export function packCanXlFrame(frame: CanXlFrameInput): Buffer {
  const input = checkObject(frame, 'frame') as CanXlFrameInput;
  const { priority, vcid = 0, sec = false, rrs = false, sdt = 0, af = 0 } = input;
  checkInteger(priority, 'frame.priority', 0, CANXL_PRIO_MASK);
  checkInteger(vcid, 'frame.vcid', 0, CANXL_VCID_VAL_MASK);
  const data = toBytes(input.data, 'frame.data');
  if (data.length < CANXL_MIN_DLEN || data.length > CANXL_MAX_DLEN) {
    const limits = `must have ${CANXL_MIN_DLEN} to ${CANXL_MAX_DLEN} bytes`;
    throw invalidValue('frame.data', limits, data.length);
  }
  const bytes = Buffer.alloc(canxl_frame.data + data.length);
  const view = viewOf(bytes);
  view.setUint32(canxl_frame.prio, priority | (vcid << CANXL_VCID_OFFSET), littleEndian);
  bytes[canxl_frame.flags] =
    CANXL_XLF |
    (checkBoolean(sec, 'frame.sec') ? CANXL_SEC : 0) |
    (checkBoolean(rrs, 'frame.rrs') ? CANXL_RRS : 0);
  bytes[canxl_frame.sdt] = checkInteger(sdt, 'frame.sdt', 0, 0xff);
  view.setUint16(canxl_frame.len, data.length, littleEndian);
  view.setUint32(canxl_frame.af, checkInteger(af, 'frame.af', 0, 0xffffffff), littleEndian);
  bytes.set(data, canxl_frame.data);
  return bytes;
}

/**
 * Returns whether received bytes are a CAN XL frame. The length does not distinguish the kinds. The flag `CANXL_XLF`
 * does: other frames have their length in this byte, which is always smaller.
 */
export function isCanXlFrame(bytes: Uint8Array): boolean {
  const input = inputBytes(bytes, 'bytes');
  return input.length > canxl_frame.data && (input[canxl_frame.flags]! & CANXL_XLF) !== 0;
}

/**
 * Parses the bytes of a CAN XL frame.
 *
 * @throws TypeError if `bytes` is not a complete CAN XL frame
 */
export function parseCanXlFrame(input: Uint8Array): CanXlFrame {
  const bytes = inputBytes(input, 'bytes');
  const view = viewOf(bytes);
  const length = isCanXlFrame(bytes) ? view.getUint16(canxl_frame.len, littleEndian) : 0;
  if (length === 0 || bytes.length !== canxl_frame.data + length)
    throw invalidValue('bytes', 'must be a whole CAN XL frame', bytes);
  const prio = view.getUint32(canxl_frame.prio, littleEndian);
  const flags = bytes[canxl_frame.flags]!;
  return {
    priority: prio & CANXL_PRIO_MASK,
    vcid: (prio >>> CANXL_VCID_OFFSET) & CANXL_VCID_VAL_MASK,
    sec: (flags & CANXL_SEC) !== 0,
    rrs: (flags & CANXL_RRS) !== 0,
    sdt: bytes[canxl_frame.sdt]!,
    af: view.getUint32(canxl_frame.af, littleEndian),
    data: Buffer.from(bytes.subarray(canxl_frame.data)),
  };
}
