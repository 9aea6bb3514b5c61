/** Frames of any kind, for sockets that receive classic, CAN FD and CAN XL frames. */
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

/** A frame of any kind. `kind` determines the other fields. */
export type AnyCanFrame =
  | ({ readonly kind: 'classic' } & CanFrame)
  | ({ readonly kind: 'fd' } & CanFdFrame)
  | ({ readonly kind: 'xl' } & CanXlFrame);

/** A frame of any kind, as an argument. */
export type AnyCanFrameInput =
  | ({ readonly kind: 'classic' } & CanFrameInput)
  | ({ readonly kind: 'fd' } & CanFdFrameInput)
  | ({ readonly kind: 'xl' } & CanXlFrameInput);

/**
 * Parses a frame of any kind, as received from a CAN_RAW socket. A buffer of `CANXL_MTU` bytes fits each kind.
 *
 * ```ts
 * const frame = parseAnyCanFrame(await socket.recv(CANXL_MTU));
 * if (frame.kind === 'xl') console.log(frame.priority, frame.data);
 * else console.log(frame.id, frame.data);
 * ```
 *
 * @throws TypeError if `bytes` is not a complete frame
 */
export function parseAnyCanFrame(bytes: Uint8Array): AnyCanFrame {
  if (isCanXlFrame(bytes)) return { kind: 'xl', ...parseCanXlFrame(bytes) };
  if (isCanFdFrame(bytes)) return { kind: 'fd', ...parseCanFdFrame(bytes) };
  return { kind: 'classic', ...parseCanFrame(bytes) };
}

/**
 * Packs a frame of any kind into the bytes that a CAN_RAW socket sends. It is the inverse of {@link parseAnyCanFrame}.
 *
 * @throws TypeError or RangeError if a field is invalid or the kind does not exist
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
