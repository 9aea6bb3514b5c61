/** What the error frames of a CAN controller say: linux/can/error.h. */
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

/** How and where the protocol was violated. */
export interface CanProtocolError {
  /** How; `[]` where that is not known. */
  readonly violations: readonly CanViolation[];
  /** In which part of the frame; `null` where that is not known. */
  readonly location: CanErrorLocation | null;
}

/** A controller's error counters: from 96 on it warns, from 128 on it is passive, beyond 255 it is off the bus. */
export interface CanErrorCounters {
  /** Of errors in sending. */
  readonly tx: number;
  /** Of errors in receiving. */
  readonly rx: number;
}

/** What an error frame tells. Classes that it does not have are false, or `null`. */
export interface CanError {
  /** The driver gave up sending a frame (`CAN_ERR_TX_TIMEOUT`). */
  readonly txTimeout: boolean;
  /** Arbitration was lost, in this bit of the frame; 0: which one is not known (`CAN_ERR_LOSTARB`). */
  readonly lostArbitration: number | null;
  /** The controller has these problems; `[]`: which ones is not known (`CAN_ERR_CRTL`). */
  readonly controller: readonly CanControllerProblem[] | null;
  /** The protocol was violated (`CAN_ERR_PROT`). */
  readonly protocol: CanProtocolError | null;
  /** The transceiver sees these faults; `[]`: which ones is not known (`CAN_ERR_TRX`). */
  readonly transceiver: readonly CanWireFault[] | null;
  /** Nobody acknowledged a frame: no other node is on the bus, or none at this bit rate (`CAN_ERR_ACK`). */
  readonly noAck: boolean;
  /** The controller has left the bus, and neither sends nor receives until it is restarted (`CAN_ERR_BUSOFF`). */
  readonly busOff: boolean;
  /** There was an error on the bus (`CAN_ERR_BUSERROR`). */
  readonly busError: boolean;
  /** The controller was restarted (`CAN_ERR_RESTARTED`). */
  readonly restarted: boolean;
  /** The controller's error counters (`CAN_ERR_CNT`). */
  readonly counters: CanErrorCounters | null;
}

/** Which byte of the data says what. */
const [LOSTARB, CONTROLLER, VIOLATION, LOCATION, TRANSCEIVER, TX, RX] = [0, 1, 2, 3, 4, 6, 7] as const;

function wordsOf<T>(rows: readonly (readonly [number, T])[], bits: number): T[] {
  return rows.filter(([bit]) => (bits & bit) !== 0).map(([, word]) => word);
}

function wordOf<T>(rows: readonly (readonly [number, T])[], value: number): T | null {
  return rows.find(([number]) => number === value)?.[1] ?? null;
}

/** The two halves of the byte are of the two wires, and one thing each. */
function faultsOf(status: number): CanWireFault[] {
  return [status & 0xf, status & 0xf0].map(half => wordOf(wireFaults, half)).filter(fault => fault !== null);
}

/**
 * What an error frame tells. Sockets receive those whose class their option `canRaw.errFilter` has.
 *
 * ```ts
 * socket.setOption(canRaw.errFilter, CAN_ERR_MASK);
 * const frame = parseCanFrame(await socket.recv(CAN_MTU));
 * if (frame.error && parseCanError(frame).busOff) console.error('off the bus');
 * ```
 *
 * @param frame what {@link parseCanFrame} gave, with `error`
 * @throws TypeError if it is no error frame
 * @see linux/can/error.h
 */
export function parseCanError(frame: Pick<CanFrame, 'id' | 'error' | 'data'>): CanError {
  const { id, error, data } = checkObject(frame, 'frame') as CanFrame;
  if (error !== true || !isUint8Array(data)) throw invalidValue('frame', 'must be an error frame', frame);
  checkInteger(id, 'frame.id', 0, 0xffffffff);
  const byte = (at: number): number => data[at] ?? 0;
  const has = (bit: number): boolean => (id & bit) !== 0;
  // Before Linux 6.0 drivers filled in the counters without saying so.
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
