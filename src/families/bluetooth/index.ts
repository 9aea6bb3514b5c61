import { defineFamily } from '../../address/registry.js';
import { bluetooth } from './bluetooth.js';
import { AF_BLUETOOTH } from './constants.js';

defineFamily('bluetooth', AF_BLUETOOTH, () => bluetooth);

export type {
  BluetoothAddress,
  BluetoothAddressInput,
  HciAddress,
  L2capAddress,
  RfcommAddress,
  ScoAddress,
} from './address.js';
export { type HciPacketInfo, hciPacketInfo } from './control.js';
