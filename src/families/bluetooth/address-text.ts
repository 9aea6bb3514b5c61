/**
 * Formats and parses the addresses of Bluetooth sockets: `bluetooth:l2cap:AA-BB-…:4097:0:0`,
 * `bluetooth:rfcomm:AA-BB-…:3`, `bluetooth:hci:0:0` or `bluetooth:sco:AA-BB-…`.
 */

import { hardwareText } from '../../layout/hardware-address.js';
import { joinFields, numberFields, splitFields } from '../../layout/text-fields.js';
import type { BluetoothAddress, BluetoothAddressInput } from './address.js';
import { parseBdaddr } from './bdaddr.js';

/** Returns a device address with hyphens, because colons separate the fields. */
function toText(address: string | Uint8Array): string {
  const text = typeof address === 'string' ? address : hardwareText(address);
  return text.toUpperCase().replaceAll(':', '-');
}

export function formatBluetooth(address: BluetoothAddressInput): string {
  if ('psm' in address) {
    const { psm, cid = 0, addressType = 0 } = address;
    return joinFields('bluetooth', 'l2cap', toText(address.address), psm, cid, addressType);
  }
  if ('device' in address) return joinFields('bluetooth', 'hci', address.device, address.channel ?? 0);
  if ('channel' in address)
    return joinFields('bluetooth', 'rfcomm', toText(address.address), address.channel);
  return joinFields('bluetooth', 'sco', toText(address.address));
}

export function parseBluetooth(text: string): BluetoothAddress | undefined {
  const [protocol, first, ...rest] = splitFields(text, 'bluetooth', 2, 3, 5) ?? [];
  if (first === undefined) return undefined;
  const family = 'bluetooth';
  const address = first.replaceAll('-', ':');
  const numbers = numberFields(rest, 0xffff);
  if (numbers === undefined) return undefined;
  if (protocol === 'hci') {
    const device = numberFields([first], 0xffff)?.[0];
    if (device === undefined || numbers.length !== 1) return undefined;
    return Object.freeze({ family, device, channel: numbers[0]! });
  }
  if (parseBdaddr(address) === undefined) return undefined;
  const [a, b, c] = numbers;
  if (protocol === 'l2cap' && numbers.length === 3) {
    return Object.freeze({ family, address, psm: a!, cid: b!, addressType: c! });
  }
  if (protocol === 'rfcomm' && numbers.length === 1) return Object.freeze({ family, address, channel: a! });
  return protocol === 'sco' && numbers.length === 0 ? Object.freeze({ family, address }) : undefined;
}
