/** Frames of any kind, for sockets that get classic ones, those of CAN FD and those of CAN XL in turn. */
import { checkObject, invalidValue } from '../../errors/argument.js';
import {
  type CanFdFrame,
  type CanFdFrameInput,
  type CanFrame,
  type CanFrameInput,
  isCanFdFrame,
  packCanFdFrame,
  packCanFrame,
  parseCanFdFrame,
  parseCanFrame,
} from './frame.js';
import {
  type CanXlFrame,
  type CanXlFrameInput,
  isCanXlFrame,
  packCanXlFrame,
  parseCanXlFrame,
} from './xl-frame.js';

/** A frame of any kind; `kind` says which, and so what else it has. */
export type AnyCanFrame =
  | ({ readonly kind: 'classic' } & CanFrame)
  | ({ readonly kind: 'fd' } & CanFdFrame)
  | ({ readonly kind: 'xl' } & CanXlFrame);

/** A frame of any kind to be packed. */
export type AnyCanFrameInput =
  | ({ readonly kind: 'classic' } & CanFrameInput)
  | ({ readonly kind: 'fd' } & CanFdFrameInput)
  | ({ readonly kind: 'xl' } & CanXlFrameInput);

/**
 * Reads a frame of any kind, as a CAN_RAW socket receives them; `CANXL_MTU` bytes have space for each.
 *
 * ```ts
 * const frame = parseAnyCanFrame(await socket.recv(CANXL_MTU));
 * if (frame.kind === 'xl') console.log(frame.priority, frame.data);
 * else console.log(frame.id, frame.data);
 * ```
 *
 * @throws TypeError if `bytes` are no whole frame
 */
export function parseAnyCanFrame(bytes: Uint8Array): AnyCanFrame {
  if (isCanXlFrame(bytes)) return { kind: 'xl', ...parseCanXlFrame(bytes) };
  if (isCanFdFrame(bytes)) return { kind: 'fd', ...parseCanFdFrame(bytes) };
  return { kind: 'classic', ...parseCanFrame(bytes) };
}

/**
 * A frame of any kind as the bytes that a CAN_RAW socket sends: what {@link parseAnyCanFrame} gave comes out as it was.
 *
 * @throws TypeError or RangeError as the function of its kind, or if there is no such kind
 */
export function packAnyCanFrame(frame: AnyCanFrameInput): Buffer {
  const { kind } = checkObject(frame, 'frame') as AnyCanFrameInput;
  switch (kind) {
    case 'classic':
      return packCanFrame(frame as CanFrameInput);
    case 'fd':
      return packCanFdFrame(frame as CanFdFrameInput);
    case 'xl':
      return packCanXlFrame(frame as CanXlFrameInput);
    default:
      throw invalidValue('frame.kind', "must be 'classic', 'fd' or 'xl'", kind);
  }
}
