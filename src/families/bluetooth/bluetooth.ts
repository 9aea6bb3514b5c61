/** AF_BLUETOOTH: L2CAP, RFCOMM, HCI and SCO. include/net/bluetooth of the kernel, and BlueZ. */
import type { FamilyDriver } from '../../address/driver.js';
import { defineFamily } from '../../address/registry.js';
import { decodeBluetooth, encodeBluetooth } from './address.js';
import { formatBluetooth, parseBluetooth } from './address-text.js';
import { AF_BLUETOOTH } from './constants.js';

export const bluetooth: FamilyDriver<'bluetooth'> = defineFamily({
  name: 'bluetooth',
  number: AF_BLUETOOTH,
  hint: 'modprobe bluetooth rfcomm',
  encode: encodeBluetooth,
  decode: decodeBluetooth,
  format: formatBluetooth,
  parse: parseBluetooth,
  describe: address => ({ address: formatBluetooth(address) }),
});
