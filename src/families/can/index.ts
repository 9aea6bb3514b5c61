import { defineFamily } from '../../address/registry.js';
import { can } from './can.js';
import { AF_CAN } from './constants.js';

defineFamily('can', AF_CAN, () => can);

export type {
  AnyCanAddress,
  CanAddress,
  CanAddressInput,
  CanIsotpAddress,
  CanJ1939Address,
} from './address.js';
export { type AnyCanFrame, type AnyCanFrameInput, packAnyCanFrame, parseAnyCanFrame } from './any-frame.js';
export { type BcmMessage, type BcmMessageInput, packBcmMessage, parseBcmMessage } from './bcm.js';
export {
  type CanError,
  type CanErrorCounters,
  type CanProtocolError,
  parseCanError,
} from './error-frame.js';
export type {
  CanControllerProblem,
  CanErrorLocation,
  CanViolation,
  CanWireFault,
} from './error-words.js';
export {
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
export {
  type J1939Name,
  packJ1939Claim,
  packJ1939Name,
  parseJ1939Name,
} from './j1939-name.js';
export {
  type CanXlFrame,
  type CanXlFrameInput,
  isCanXlFrame,
  packCanXlFrame,
  parseCanXlFrame,
} from './xl-frame.js';
