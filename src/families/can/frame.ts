/** CAN frames of the RAW and BCM protocols: struct can_frame and canfd_frame, linux/can.h. */

import { checkBoolean, checkInteger, checkObject, invalidValue, outOfRange } from '../../errors/argument.js';
import { type Bytes, inputBytes, toBytes } from '../../layout/memory.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import {
  CAN_EFF_FLAG,
  CAN_EFF_MASK,
  CAN_ERR_FLAG,
  CAN_MAX_RAW_DLC,
  CAN_RTR_FLAG,
  CAN_SFF_MASK,
  CANFD_BRS,
  CANFD_ESI,
  CANFD_FDF,
} from './constants.js';
import { can_frame, canfd_frame } from './layout.js';
import { isCanXlFrame } from './xl-frame.js';

/** A classic CAN frame. */
export interface CanFrame {
  /** The identifier without its flags: 11 bits, or 29 bits if `extended` is set. */
  readonly id: number;
  /** Whether the identifier has 29 bits (`CAN_EFF_FLAG`). */
  readonly extended: boolean;
  /** Whether the frame requests a frame (`CAN_RTR_FLAG`). */
  readonly remote: boolean;
  /**
   * Whether the frame reports an error on the bus (`CAN_ERR_FLAG`). `id` is then the error class, a mask of `CAN_ERR_`
   * bits.
   */
  readonly error: boolean;
  /** Up to 8 bytes. The length code of a remote frame is the length of its data. */
  readonly data: Buffer;
  /** The length code on the bus, 9 to 15, of a frame with 8 bytes. Absent if it is 8. */
  readonly lengthCode?: number | undefined;
}

/** A CAN FD frame. */
export interface CanFdFrame extends Omit<CanFrame, 'remote' | 'lengthCode'> {
  /** Whether the data was sent at the higher bit rate (`CANFD_BRS`). */
  readonly bitRateSwitch: boolean;
  /** Whether the sender is error-passive (`CANFD_ESI`). */
  readonly errorState: boolean;
}

/** A classic frame to be packed. Flags are false and the data is empty by default. */
export interface CanFrameInput extends Partial<Omit<CanFrame, 'id' | 'data'>> {
  /** The identifier without its flags. An identifier of more than 11 bits is extended. */
  readonly id: number;
  /** Up to 8 bytes; none by default. */
  readonly data?: Bytes | undefined;
}

/** A CAN FD frame to be packed. CAN FD allows 0 to 8, 12, 16, 20, 24, 32, 48 or 64 bytes of data. */
export interface CanFdFrameInput extends Partial<Omit<CanFdFrame, 'id' | 'data'>> {
  /** The identifier without its flags. An identifier of more than 11 bits is extended. */
  readonly id: number;
  /** Up to 64 bytes; none by default. */
  readonly data?: Bytes | undefined;
}

const FD_LENGTHS = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64]);

function checkFrameId(frame: CanFrameInput | (CanFdFrameInput & { remote?: boolean })): number {
  const {
    id,
    extended = false,
    remote = false,
    error = false,
  } = checkObject(frame, 'frame') as CanFrameInput;
  for (const [name, flag] of Object.entries({ extended, remote, error })) checkBoolean(flag, `frame.${name}`);
  const isLong = extended || error;
  if (!isLong && Number.isInteger(id) && id > CAN_SFF_MASK)
    throw outOfRange('frame.id', `>= 0 && <= ${CAN_SFF_MASK}; with extended, <= ${CAN_EFF_MASK}`, id);
  checkInteger(id, 'frame.id', 0, isLong ? CAN_EFF_MASK : CAN_SFF_MASK);
  return (
    (id | (extended ? CAN_EFF_FLAG : 0) | (remote ? CAN_RTR_FLAG : 0) | (error ? CAN_ERR_FLAG : 0)) >>> 0
  );
}

function layOut(size: number, id: number, data: Uint8Array, at: number): Buffer {
  const bytes = Buffer.alloc(size);
  viewOf(bytes).setUint32(can_frame.can_id, id, littleEndian);
  bytes[can_frame.len] = data.length;
  bytes.set(data, at);
  return bytes;
}

/**
 * Packs a classic frame into the 16 bytes that a CAN_RAW socket sends.
 *
 * @throws RangeError if the identifier exceeds its 11 or 29 bits, TypeError if there are more than 8 bytes of data
 */
export function packCanFrame(frame: CanFrameInput): Buffer {
  const id = checkFrameId(frame);
  const data = toBytes(frame.data ?? '', 'frame.data');
  if (data.length > can_frame.data_size) {
    throw invalidValue('frame.data', `must not be longer than ${can_frame.data_size} bytes`, data.length);
  }
  const bytes = layOut(can_frame.size, id, data, can_frame.data);
  if (frame.lengthCode !== undefined) bytes[can_frame.len8_dlc] = checkLengthCode(frame.lengthCode, data);
  return bytes;
}

/**
 * Checks a length code. CAN has four bits for lengths of 0 to 8; some controllers send and report 9 to 15 too (can.rst,
 * len8_dlc).
 */
function checkLengthCode(code: number, data: Uint8Array): number {
  checkInteger(code, 'frame.lengthCode', can_frame.data_size + 1, CAN_MAX_RAW_DLC);
  if (data.length !== can_frame.data_size)
    throw invalidValue('frame.lengthCode', `requires ${can_frame.data_size} bytes of data`, code);
  return code;
}

/**
 * Packs a CAN FD frame into the 72 bytes that a CAN_RAW socket with `CAN_RAW_FD_FRAMES` sends.
 *
 * @throws RangeError if the identifier exceeds its 11 or 29 bits, TypeError if CAN FD does not allow the length of the
 * data
 */
export function packCanFdFrame(frame: CanFdFrameInput): Buffer {
  const id = checkFrameId(frame);
  const data = toBytes(frame.data ?? '', 'frame.data');
  if (!FD_LENGTHS.has(data.length)) {
    throw invalidValue(
      'frame.data',
      `must have one of the lengths ${[...FD_LENGTHS].join(', ')}`,
      data.length,
    );
  }
  const { bitRateSwitch = false, errorState = false } = frame;
  const bytes = layOut(canfd_frame.size, id, data, canfd_frame.data);
  bytes[canfd_frame.flags] =
    CANFD_FDF |
    (checkBoolean(bitRateSwitch, 'frame.bitRateSwitch') ? CANFD_BRS : 0) |
    (checkBoolean(errorState, 'frame.errorState') ? CANFD_ESI : 0);
  return bytes;
}

function readHead(bytes: Uint8Array): { id: number; extended: boolean; remote: boolean; error: boolean } {
  const id = viewOf(bytes).getUint32(can_frame.can_id, littleEndian);
  const extended = (id & CAN_EFF_FLAG) !== 0;
  const error = (id & CAN_ERR_FLAG) !== 0;
  const mask = extended || error ? CAN_EFF_MASK : CAN_SFF_MASK;
  return { id: id & mask, extended, remote: (id & CAN_RTR_FLAG) !== 0, error };
}

/** Returns whether received bytes are a CAN FD frame: 72 bytes, and not a CAN XL frame. */
export function isCanFdFrame(bytes: Uint8Array): boolean {
  const input = inputBytes(bytes, 'bytes');
  return input.length === canfd_frame.size && !isCanXlFrame(input);
}

/**
 * Parses the 16 bytes of a classic frame.
 *
 * @throws TypeError if `bytes` does not have 16 bytes, or is a CAN XL frame
 */
export function parseCanFrame(input: Uint8Array): CanFrame {
  const bytes = inputBytes(input, 'bytes');
  if (bytes.length !== can_frame.size || isCanXlFrame(bytes)) {
    throw invalidValue('bytes', `must be the ${can_frame.size} bytes of a classic CAN frame`, bytes);
  }
  const length = Math.min(bytes[can_frame.len]!, can_frame.data_size);
  const data = Buffer.from(bytes.subarray(can_frame.data, can_frame.data + length));
  const code = bytes[can_frame.len8_dlc]!;
  const isLonger = length === can_frame.data_size && code > length && code <= CAN_MAX_RAW_DLC;
  return { ...readHead(bytes), data, ...(isLonger && { lengthCode: code }) };
}

/**
 * Parses the 72 bytes of a CAN FD frame.
 *
 * @throws TypeError if `bytes` does not have 72 bytes, or is a CAN XL frame
 */
export function parseCanFdFrame(input: Uint8Array): CanFdFrame {
  const bytes = inputBytes(input, 'bytes');
  if (!isCanFdFrame(bytes))
    throw invalidValue('bytes', `must be the ${canfd_frame.size} bytes of a CAN FD frame`, bytes);
  const { id, extended, error } = readHead(bytes);
  const length = Math.min(bytes[canfd_frame.len]!, canfd_frame.data_size);
  const flags = bytes[canfd_frame.flags]!;
  return {
    ...{ id, extended, error },
    bitRateSwitch: (flags & CANFD_BRS) !== 0,
    errorState: (flags & CANFD_ESI) !== 0,
    data: Buffer.from(bytes.subarray(canfd_frame.data, canfd_frame.data + length)),
  };
}
