/** The names of the bits and numbers in CAN error frames: linux/can/error.h. */
import {
  CAN_ERR_CRTL_ACTIVE,
  CAN_ERR_CRTL_RX_OVERFLOW,
  CAN_ERR_CRTL_RX_PASSIVE,
  CAN_ERR_CRTL_RX_WARNING,
  CAN_ERR_CRTL_TX_OVERFLOW,
  CAN_ERR_CRTL_TX_PASSIVE,
  CAN_ERR_CRTL_TX_WARNING,
  CAN_ERR_PROT_ACTIVE,
  CAN_ERR_PROT_BIT,
  CAN_ERR_PROT_BIT0,
  CAN_ERR_PROT_BIT1,
  CAN_ERR_PROT_FORM,
  CAN_ERR_PROT_LOC_ACK,
  CAN_ERR_PROT_LOC_ACK_DEL,
  CAN_ERR_PROT_LOC_CRC_DEL,
  CAN_ERR_PROT_LOC_CRC_SEQ,
  CAN_ERR_PROT_LOC_DATA,
  CAN_ERR_PROT_LOC_DLC,
  CAN_ERR_PROT_LOC_EOF,
  CAN_ERR_PROT_LOC_ID04_00,
  CAN_ERR_PROT_LOC_ID12_05,
  CAN_ERR_PROT_LOC_ID17_13,
  CAN_ERR_PROT_LOC_ID20_18,
  CAN_ERR_PROT_LOC_ID28_21,
  CAN_ERR_PROT_LOC_IDE,
  CAN_ERR_PROT_LOC_INTERM,
  CAN_ERR_PROT_LOC_RES0,
  CAN_ERR_PROT_LOC_RES1,
  CAN_ERR_PROT_LOC_RTR,
  CAN_ERR_PROT_LOC_SOF,
  CAN_ERR_PROT_LOC_SRTR,
  CAN_ERR_PROT_OVERLOAD,
  CAN_ERR_PROT_STUFF,
  CAN_ERR_PROT_TX,
  CAN_ERR_TRX_CANH_NO_WIRE,
  CAN_ERR_TRX_CANH_SHORT_TO_BAT,
  CAN_ERR_TRX_CANH_SHORT_TO_GND,
  CAN_ERR_TRX_CANH_SHORT_TO_VCC,
  CAN_ERR_TRX_CANL_NO_WIRE,
  CAN_ERR_TRX_CANL_SHORT_TO_BAT,
  CAN_ERR_TRX_CANL_SHORT_TO_CANH,
  CAN_ERR_TRX_CANL_SHORT_TO_GND,
  CAN_ERR_TRX_CANL_SHORT_TO_VCC,
} from './constants.js';

/** Pairs of a kernel number and its name. */
type Words<T> = readonly (readonly [number, T])[];

/** A problem of the controller: a full buffer, or an error state. */
export type CanControllerProblem =
  | 'rxOverflow'
  | 'txOverflow'
  | 'rxWarning'
  | 'txWarning'
  | 'rxPassive'
  | 'txPassive'
  | 'active';

/** A violation of the protocol. `'tx'` means that it occurred during transmission. */
export type CanViolation = 'bit' | 'form' | 'stuff' | 'bit0' | 'bit1' | 'overload' | 'active' | 'tx';

/** The part of a frame in which a violation occurred. */
export type CanErrorLocation =
  | 'startOfFrame'
  | 'id28to21'
  | 'id20to18'
  | 'srtr'
  | 'ide'
  | 'id17to13'
  | 'id12to5'
  | 'id4to0'
  | 'rtr'
  | 'reserved1'
  | 'reserved0'
  | 'lengthCode'
  | 'data'
  | 'crc'
  | 'crcDelimiter'
  | 'ack'
  | 'ackDelimiter'
  | 'endOfFrame'
  | 'intermission';

/** A fault of a bus wire, as a fault-tolerant transceiver reports it. */
export type CanWireFault =
  | 'canhNoWire'
  | 'canhShortToBattery'
  | 'canhShortToVcc'
  | 'canhShortToGround'
  | 'canlNoWire'
  | 'canlShortToBattery'
  | 'canlShortToVcc'
  | 'canlShortToGround'
  | 'canlShortToCanh';

/** Bits of data[1]. */
export const problems: Words<CanControllerProblem> = [
  [CAN_ERR_CRTL_RX_OVERFLOW, 'rxOverflow'],
  [CAN_ERR_CRTL_TX_OVERFLOW, 'txOverflow'],
  [CAN_ERR_CRTL_RX_WARNING, 'rxWarning'],
  [CAN_ERR_CRTL_TX_WARNING, 'txWarning'],
  [CAN_ERR_CRTL_RX_PASSIVE, 'rxPassive'],
  [CAN_ERR_CRTL_TX_PASSIVE, 'txPassive'],
  [CAN_ERR_CRTL_ACTIVE, 'active'],
];

/** Bits of data[2]. */
export const violations: Words<CanViolation> = [
  [CAN_ERR_PROT_BIT, 'bit'],
  [CAN_ERR_PROT_FORM, 'form'],
  [CAN_ERR_PROT_STUFF, 'stuff'],
  [CAN_ERR_PROT_BIT0, 'bit0'],
  [CAN_ERR_PROT_BIT1, 'bit1'],
  [CAN_ERR_PROT_OVERLOAD, 'overload'],
  [CAN_ERR_PROT_ACTIVE, 'active'],
  [CAN_ERR_PROT_TX, 'tx'],
];

/** The number in data[3]. */
export const locations: Words<CanErrorLocation> = [
  [CAN_ERR_PROT_LOC_SOF, 'startOfFrame'],
  [CAN_ERR_PROT_LOC_ID28_21, 'id28to21'],
  [CAN_ERR_PROT_LOC_ID20_18, 'id20to18'],
  [CAN_ERR_PROT_LOC_SRTR, 'srtr'],
  [CAN_ERR_PROT_LOC_IDE, 'ide'],
  [CAN_ERR_PROT_LOC_ID17_13, 'id17to13'],
  [CAN_ERR_PROT_LOC_ID12_05, 'id12to5'],
  [CAN_ERR_PROT_LOC_ID04_00, 'id4to0'],
  [CAN_ERR_PROT_LOC_RTR, 'rtr'],
  [CAN_ERR_PROT_LOC_RES1, 'reserved1'],
  [CAN_ERR_PROT_LOC_RES0, 'reserved0'],
  [CAN_ERR_PROT_LOC_DLC, 'lengthCode'],
  [CAN_ERR_PROT_LOC_DATA, 'data'],
  [CAN_ERR_PROT_LOC_CRC_SEQ, 'crc'],
  [CAN_ERR_PROT_LOC_CRC_DEL, 'crcDelimiter'],
  [CAN_ERR_PROT_LOC_ACK, 'ack'],
  [CAN_ERR_PROT_LOC_ACK_DEL, 'ackDelimiter'],
  [CAN_ERR_PROT_LOC_EOF, 'endOfFrame'],
  [CAN_ERR_PROT_LOC_INTERM, 'intermission'],
];

/** The numbers in the two halves of data[4]. */
export const wireFaults: Words<CanWireFault> = [
  [CAN_ERR_TRX_CANH_NO_WIRE, 'canhNoWire'],
  [CAN_ERR_TRX_CANH_SHORT_TO_BAT, 'canhShortToBattery'],
  [CAN_ERR_TRX_CANH_SHORT_TO_VCC, 'canhShortToVcc'],
  [CAN_ERR_TRX_CANH_SHORT_TO_GND, 'canhShortToGround'],
  [CAN_ERR_TRX_CANL_NO_WIRE, 'canlNoWire'],
  [CAN_ERR_TRX_CANL_SHORT_TO_BAT, 'canlShortToBattery'],
  [CAN_ERR_TRX_CANL_SHORT_TO_VCC, 'canlShortToVcc'],
  [CAN_ERR_TRX_CANL_SHORT_TO_GND, 'canlShortToGround'],
  [CAN_ERR_TRX_CANL_SHORT_TO_CANH, 'canlShortToCanh'],
];
