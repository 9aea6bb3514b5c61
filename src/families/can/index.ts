import './can.js';

export type {
  AnyCanAddress,
  CanAddress,
  CanAddressInput,
  CanIsotpAddress,
  CanJ1939Address,
} from './address.js';
export { type BcmMessage, type BcmMessageInput, packBcmMessage, parseBcmMessage } from './bcm.js';
export * from './constants.js';
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
