/** Messages of the Broadcast Manager, which sends frames at intervals and reports changes: linux/can/bcm.h. */

import { timeval } from '../../constants/layout.js';
import { checkArray, checkInteger, checkObject, checkTimeout, invalidValue } from '../../errors/argument.js';
import { readLong, writeLong } from '../../layout/long.js';
import { checkUint8Array, inputBytes } from '../../layout/memory.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { CAN_BCM_CAN_FD_FRAME } from './constants.js';
import { bcm_msg_head, can_frame, canfd_frame } from './layout.js';

/** A message to or from a CAN_BCM socket. */
export interface BcmMessage {
  /** `CAN_BCM_TX_SETUP`, `CAN_BCM_RX_CHANGED`, … */
  readonly opcode: number;
  /** `CAN_BCM_SETTIMER`, `CAN_BCM_STARTTIMER`, `CAN_BCM_CAN_FD_FRAME`, …, or-ed. */
  readonly flags: number;
  /** The number of frames sent at the first interval before the second interval applies. */
  readonly count: number;
  /** The first interval, in milliseconds. */
  readonly interval1: number;
  /** The second interval, in milliseconds. */
  readonly interval2: number;
  /** The identifier of the task, with its flags. With `CAN_BCM_RX_RTR_FRAME` it includes `CAN_RTR_FLAG`. */
  readonly canId: number;
  /** The packed frames: from `packCanFrame`, or from `packCanFdFrame` with `CAN_BCM_CAN_FD_FRAME`. */
  readonly frames: readonly Buffer[];
}

/** A message to be packed. Numbers are 0 and `frames` is empty by default. */
export interface BcmMessageInput extends Partial<Omit<BcmMessage, 'opcode' | 'frames'>> {
  /** The operation: `CAN_BCM_TX_SETUP`, `CAN_BCM_RX_SETUP`, … */
  readonly opcode: number;
  /** The packed frames; none by default. */
  readonly frames?: readonly Uint8Array[] | undefined;
}

/** The maximum number of frames in a message: MAX_NFRAMES in net/can/bcm.c. */
const MOST_FRAMES = 256;

const frameSize = (flags: number): number =>
  flags & CAN_BCM_CAN_FD_FRAME ? canfd_frame.size : can_frame.size;

function setInterval(view: DataView, seconds: number, microseconds: number, value: number): void {
  // Rounded as a whole: 999.9999 ms are a second, and the kernel refuses a million microseconds (bcm_is_invalid_tv).
  const whole = BigInt(Math.round(value * 1000));
  writeLong(view, seconds, timeval.tv_sec_size, whole / 1_000_000n);
  writeLong(view, microseconds, timeval.tv_usec_size, whole % 1_000_000n);
}

function getInterval(view: DataView, seconds: number, microseconds: number): number {
  const whole = readLong(view, seconds, timeval.tv_sec_size) * 1_000_000n;
  return Number(whole + readLong(view, microseconds, timeval.tv_usec_size)) / 1000;
}

function checkFrame(frame: unknown, argument: string, size: number): Uint8Array {
  const bytes = checkUint8Array(frame, argument, `a packed frame of ${size} bytes`);
  if (bytes.length !== size) throw invalidValue(argument, `must be a packed frame of ${size} bytes`, frame);
  return bytes;
}

function checkFrames(value: unknown, size: number): readonly Uint8Array[] {
  const frames = checkArray(value, 'message.frames');
  if (frames.length > MOST_FRAMES) {
    throw invalidValue('message.frames', `must not be more than ${MOST_FRAMES}`, frames.length);
  }
  return Array.from(frames, (frame: unknown, i) => checkFrame(frame, `message.frames[${i}]`, size));
}

/**
 * Packs a message into the bytes that a CAN_BCM socket sends.
 *
 * @throws TypeError or RangeError if a field is invalid
 */
export function packBcmMessage(message: BcmMessageInput): Buffer {
  const input = checkObject(message, 'message') as BcmMessageInput;
  const { opcode, flags = 0, count = 0, interval1 = 0, interval2 = 0, canId = 0 } = input;
  const size = frameSize(checkInteger(flags, 'message.flags', -0x80000000, 0xffffffff));
  const frames = checkFrames(input.frames ?? [], size);
  const bytes = Buffer.alloc(bcm_msg_head.frames + frames.length * size);
  const view = viewOf(bytes);
  const put = (offset: number, value: number, name: string): void => {
    view.setUint32(
      offset,
      checkInteger(value, `message.${name}`, -0x80000000, 0xffffffff) >>> 0,
      littleEndian,
    );
  };
  put(bcm_msg_head.opcode, opcode, 'opcode');
  put(bcm_msg_head.flags, flags, 'flags');
  put(bcm_msg_head.count, count, 'count');
  put(bcm_msg_head.can_id, canId, 'canId');
  put(bcm_msg_head.nframes, frames.length, 'frames');
  const [first, second] = [
    checkTimeout(interval1, 'message.interval1'),
    checkTimeout(interval2, 'message.interval2'),
  ];
  setInterval(view, bcm_msg_head.ival1_tv_sec, bcm_msg_head.ival1_tv_usec, first ?? 0);
  setInterval(view, bcm_msg_head.ival2_tv_sec, bcm_msg_head.ival2_tv_usec, second ?? 0);
  for (const [i, frame] of frames.entries()) bytes.set(frame, bcm_msg_head.frames + i * size);
  return bytes;
}

/**
 * Parses a message that a CAN_BCM socket received.
 *
 * @throws TypeError if `bytes` is too short
 */
export function parseBcmMessage(input: Uint8Array): BcmMessage {
  const bytes = inputBytes(input, 'bytes');
  if (bytes.length < bcm_msg_head.frames) {
    throw invalidValue(
      'bytes',
      `must have at least the ${bcm_msg_head.frames} bytes of a message header`,
      bytes,
    );
  }
  const view = viewOf(bytes);
  const get = (offset: number): number => view.getUint32(offset, littleEndian);
  const flags = get(bcm_msg_head.flags);
  const size = frameSize(flags);
  const whole = Math.floor((bytes.length - bcm_msg_head.frames) / size);
  const at = (i: number): number => bcm_msg_head.frames + i * size;
  return {
    opcode: get(bcm_msg_head.opcode),
    flags,
    count: get(bcm_msg_head.count),
    interval1: getInterval(view, bcm_msg_head.ival1_tv_sec, bcm_msg_head.ival1_tv_usec),
    interval2: getInterval(view, bcm_msg_head.ival2_tv_sec, bcm_msg_head.ival2_tv_usec),
    canId: get(bcm_msg_head.can_id),
    frames: Array.from({ length: Math.min(whole, get(bcm_msg_head.nframes)) }, (_, i) =>
      Buffer.from(bytes.subarray(at(i), at(i + 1))),
    ),
  };
}
