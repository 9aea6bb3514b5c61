/** AF_BLUETOOTH: L2CAP, RFCOMM, HCI and SCO. include/net/bluetooth of the kernel, and BlueZ. */
import { defineFamily, type Room } from '../../address/registry.js';
import { decodeBluetooth, encodeBluetooth } from './address.js';
import { formatBluetooth, parseBluetooth } from './address-text.js';
import { AF_BLUETOOTH } from './constants.js';

export const bluetooth: Room<'bluetooth'> = defineFamily({
  name: 'bluetooth',
  number: AF_BLUETOOTH,
  hint: 'modprobe bluetooth rfcomm',
  encode: encodeBluetooth,
  decode: decodeBluetooth,
  format: formatBluetooth,
  parse: parseBluetooth,
  describe: address => ({ address: formatBluetooth(address) }),
});
