/** AF_BLUETOOTH: L2CAP, RFCOMM, HCI and SCO. include/net/bluetooth in the kernel, and the BlueZ manual. */
import type { FamilyDriver } from '../../address/driver.js';
import { adviceFrom, moduleRow, needsModules } from '../../errors/advice-table.js';
import type { Failure } from '../../errors/adviser.js';
import { decodeBluetooth, encodeBluetooth } from './address.js';
import { formatBluetooth, parseBluetooth } from './address-text.js';
import { AF_BLUETOOTH, BTPROTO_RFCOMM } from './constants.js';

const isRfcomm = ({ protocol }: Failure): boolean => protocol === BTPROTO_RFCOMM;

export const bluetooth: FamilyDriver<'bluetooth'> = {
  name: 'bluetooth',
  number: AF_BLUETOOTH,
  advise: adviceFrom([
    moduleRow('AF_BLUETOOTH', 'bluetooth', 'rfcomm'),
    { calls: ['socket'], codes: ['EPROTONOSUPPORT'], when: isRfcomm, text: needsModules('RFCOMM', 'rfcomm') },
    { calls: ['socket'], codes: ['EPERM'], text: 'raw sockets need CAP_NET_RAW' },
    { calls: ['bind'], codes: ['EPERM'], text: 'this HCI channel needs CAP_NET_ADMIN or CAP_NET_RAW' },
    { calls: ['bind'], codes: ['EACCES'], text: 'a PSM below 0x1001 needs CAP_NET_BIND_SERVICE' },
  ]),
  encode: encodeBluetooth,
  decode: decodeBluetooth,
  format: formatBluetooth,
  parse: parseBluetooth,
  describe: address => ({ address: formatBluetooth(address) }),
};
