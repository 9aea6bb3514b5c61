import './bluetooth.js';

export type {
  BluetoothAddress,
  BluetoothAddressInput,
  HciAddress,
  L2capAddress,
  RfcommAddress,
  ScoAddress,
} from './address.js';
export * from './constants.js';
export { type HciPacketInfo, hciPacketInfo } from './control.js';
