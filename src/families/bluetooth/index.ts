import './bluetooth.js';

export type {
  BluetoothAddress,
  BluetoothAddressInput,
  HciAddress,
  L2capAddress,
  RfcommAddress,
  ScoAddress,
} from './address.js';
export { type HciPacketInfo, hciPacketInfo } from './control.js';
