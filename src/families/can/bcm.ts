/** Messages of the Broadcast Manager, which sends frames by the clock and watches for changes: linux/can/bcm.h. */

import { checkArray, checkInteger, checkObject, checkTimeout, invalidValue } from '../../errors/argument.js';
import { checkUint8Array } from '../../layout/memory.js';
import { inputBytes } from '../../layout/parse-input.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import { CAN_BCM_CAN_FD_FRAME } from './constants.js';
import { bcm_msg_head, can_frame, canfd_frame } from './layout.js';

/** A message to or from a CAN_BCM socket. */
export interface BcmMessage {
  /** `CAN_BCM_TX_SETUP`, `CAN_BCM_RX_CHANGED`, … */
  readonly opcode: number;
  /** `CAN_BCM_SETTIMER`, `CAN_BCM_STARTTIMER`, `CAN_BCM_CAN_FD_FRAME`, …, or-ed. */
  readonly flags: number;
  /** How many frames go at the first interval before the second holds. */
  readonly count: number;
  /** The first interval, in milliseconds. */
  readonly interval1: number;
  /** The second interval, in milliseconds. */
  readonly interval2: number;
  /** The identifier that the task is known by, with its flags; with `CAN_BCM_RX_RTR_FRAME` it has `CAN_RTR_FLAG`. */
  readonly canId: number;
  /** The frames, packed: `packCanFrame`, or `packCanFdFrame` with `CAN_BCM_CAN_FD_FRAME`. */
  readonly frames: readonly Buffer[];
}

/** A message to be packed: numbers that are not given are 0, and there are no frames. */
export interface BcmMessageInput extends Partial<Omit<BcmMessage, 'opcode' | 'frames'>> {
  /** What is asked for: `CAN_BCM_TX_SETUP`, `CAN_BCM_RX_SETUP`, … */
  readonly opcode: number;
  /** The frames, packed; none by default. */
  readonly frames?: readonly Uint8Array[] | undefined;
}

/** The most frames of one message: MAX_NFRAMES of net/can/bcm.c. */
const MOST_FRAMES = 256;

const frameSize = (flags: number): number =>
  flags & CAN_BCM_CAN_FD_FRAME ? canfd_frame.size : can_frame.size;

function setInterval(view: DataView, seconds: number, microseconds: number, value: number): void {
  view.setBigInt64(seconds, BigInt(Math.floor(value / 1000)), littleEndian);
  view.setBigInt64(microseconds, BigInt(Math.round((value % 1000) * 1000)), littleEndian);
}

function getInterval(view: DataView, seconds: number, microseconds: number): number {
  const whole = Number(view.getBigInt64(seconds, littleEndian)) * 1000;
  return whole + Number(view.getBigInt64(microseconds, littleEndian)) / 1000;
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
 * A message as the bytes that a CAN_BCM socket sends.
 *
 * @throws TypeError or RangeError if a field is not what it has to be
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
 * Reads what a CAN_BCM socket received.
 *
 * @throws TypeError if `bytes` are too few
 */
export function parseBcmMessage(input: Uint8Array): BcmMessage {
  const bytes = inputBytes(input, 'bytes');
  if (bytes.length < bcm_msg_head.frames) {
    throw invalidValue(
      'bytes',
      `must be at least the ${bcm_msg_head.frames} bytes of a message's head`,
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
