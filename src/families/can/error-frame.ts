/** Decodes the error frames of a CAN controller: linux/can/error.h. */
import { isUint8Array } from 'node:util/types';
import { checkInteger, checkObject, invalidValue } from '../../errors/argument.js';
import {
  CAN_ERR_ACK,
  CAN_ERR_BUSERROR,
  CAN_ERR_BUSOFF,
  CAN_ERR_CNT,
  CAN_ERR_CRTL,
  CAN_ERR_LOSTARB,
  CAN_ERR_PROT,
  CAN_ERR_RESTARTED,
  CAN_ERR_TRX,
  CAN_ERR_TX_TIMEOUT,
} from './constants.js';
import {
  type CanControllerProblem,
  type CanErrorLocation,
  type CanViolation,
  type CanWireFault,
  locations,
  problems,
  violations,
  wireFaults,
} from './error-words.js';
import type { CanFrame } from './frame.js';

/** A violation of the CAN protocol. */
export interface CanProtocolError {
  /** The kinds of the violation; `[]` if unknown. */
  readonly violations: readonly CanViolation[];
  /** The part of the frame; `null` if unknown. */
  readonly location: CanErrorLocation | null;
}

/** The error counters of a controller. It warns from 96, is error-passive from 128, and is off the bus above 255. */
export interface CanErrorCounters {
  /** The count of transmit errors. */
  readonly tx: number;
  /** The count of receive errors. */
  readonly rx: number;
}

/** The contents of an error frame. Error classes that the frame does not have are `false` or `null`. */
export interface CanError {
  /** Whether the driver stopped sending a frame after a timeout (`CAN_ERR_TX_TIMEOUT`). */
  readonly txTimeout: boolean;
  /** The bit of the frame at which arbitration was lost; 0 if unknown (`CAN_ERR_LOSTARB`). */
  readonly lostArbitration: number | null;
  /** The problems of the controller; `[]` if unknown (`CAN_ERR_CRTL`). */
  readonly controller: readonly CanControllerProblem[] | null;
  /** The violation of the protocol (`CAN_ERR_PROT`). */
  readonly protocol: CanProtocolError | null;
  /** The faults that the transceiver reports; `[]` if unknown (`CAN_ERR_TRX`). */
  readonly transceiver: readonly CanWireFault[] | null;
  /** Whether no node acknowledged a frame: no other node is on the bus, or none with this bit rate (`CAN_ERR_ACK`). */
  readonly noAck: boolean;
  /** Whether the controller is off the bus. It neither sends nor receives until it is restarted (`CAN_ERR_BUSOFF`). */
  readonly busOff: boolean;
  /** Whether there was an error on the bus (`CAN_ERR_BUSERROR`). */
  readonly busError: boolean;
  /** Whether the controller was restarted (`CAN_ERR_RESTARTED`). */
  readonly restarted: boolean;
  /** The controller's error counters (`CAN_ERR_CNT`). */
  readonly counters: CanErrorCounters | null;
}

/** The indexes of the bytes in the data. */
const [LOSTARB, CONTROLLER, VIOLATION, LOCATION, TRANSCEIVER, TX, RX] = [0, 1, 2, 3, 4, 6, 7] as const;

function wordsOf<T>(rows: readonly (readonly [number, T])[], bits: number): T[] {
  return rows.filter(([bit]) => (bits & bit) !== 0).map(([, word]) => word);
}

function wordOf<T>(rows: readonly (readonly [number, T])[], value: number): T | null {
  return rows.find(([number]) => number === value)?.[1] ?? null;
}

/** Decodes a status byte: each half describes one of the two wires. */
function faultsOf(status: number): CanWireFault[] {
  return [status & 0xf, status & 0xf0].map(half => wordOf(wireFaults, half)).filter(fault => fault !== null);
}

/**
 * Decodes an error frame. A socket receives the classes of error frames that its option `canRaw.errFilter` selects.
 *
 * ```ts
 * socket.setOption(canRaw.errFilter, CAN_ERR_MASK);
 * const frame = parseCanFrame(await socket.recv(CAN_MTU));
 * if (frame.error && parseCanError(frame).busOff) console.error('off the bus');
 * ```
 *
 * @param frame a frame with `error` set, from {@link parseCanFrame}
 * @throws TypeError if the frame is not an error frame
 * @see linux/can/error.h
 */
export function parseCanError(frame: Pick<CanFrame, 'id' | 'error' | 'data'>): CanError {
  const { id, error, data } = checkObject(frame, 'frame') as CanFrame;
  if (error !== true || !isUint8Array(data)) throw invalidValue('frame', 'must be an error frame', frame);
  checkInteger(id, 'frame.id', 0, 0xffffffff);
  const byte = (at: number): number => data[at] ?? 0;
  const has = (bit: number): boolean => (id & bit) !== 0;
  // Before Linux 6.0, drivers filled in the counters without setting CAN_ERR_CNT.
  const counts = has(CAN_ERR_CNT) || byte(TX) !== 0 || byte(RX) !== 0;
  return Object.freeze({
    txTimeout: has(CAN_ERR_TX_TIMEOUT),
    lostArbitration: has(CAN_ERR_LOSTARB) ? byte(LOSTARB) : null,
    controller: has(CAN_ERR_CRTL) ? wordsOf(problems, byte(CONTROLLER)) : null,
    protocol: has(CAN_ERR_PROT)
      ? { violations: wordsOf(violations, byte(VIOLATION)), location: wordOf(locations, byte(LOCATION)) }
      : null,
    transceiver: has(CAN_ERR_TRX) ? faultsOf(byte(TRANSCEIVER)) : null,
    noAck: has(CAN_ERR_ACK),
    busOff: has(CAN_ERR_BUSOFF),
    busError: has(CAN_ERR_BUSERROR),
    restarted: has(CAN_ERR_RESTARTED),
    counters: counts ? { tx: byte(TX), rx: byte(RX) } : null,
  });
}
