/**
 * Bluetooth addresses as text. A device is `AA:BB:…`. A socket is `bluetooth:l2cap:AA-BB-…:4097:0:0`,
 * `bluetooth:rfcomm:AA-BB-…:3`, `bluetooth:hci:0:0` or `bluetooth:sco:AA-BB-…`.
 */

import { checkText, invalidValue } from '../../errors/argument.js';
import { joinFields, numberFields, splitFields } from '../../layout/text-fields.js';
import type { BluetoothAddress, BluetoothAddressInput } from './address.js';

/** Writes `'AA:BB:CC:DD:EE:FF'`, in either case, as a bdaddr_t: six bytes in reverse order. */
export function writeBdaddr(text: unknown, argument: string, into: Uint8Array, offset: number): void {
  const parsed = parseBdaddr(checkText(text, argument));
  if (parsed === undefined)
    throw invalidValue(argument, "must be six pairs of hexadecimal digits, 'AA:BB:…'", text);
  into.set(parsed, offset);
}

/** Parses a Bluetooth address to the six bytes of a bdaddr_t. Returns `undefined` if the text is invalid. */
function parseBdaddr(text: string): Uint8Array | undefined {
  if (!/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(text)) return undefined;
  return Buffer.from(text.replaceAll(':', ''), 'hex').reverse();
}

/** Formats the six bytes of a bdaddr_t in upper case, as BlueZ and Python do. */
export function readBdaddr(bytes: Uint8Array, offset: number): string {
  const ordered = Uint8Array.from(bytes.subarray(offset, offset + 6)).reverse();
  return Array.from(ordered, byte => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
}

/** Replaces colons by hyphens, because colons separate the fields. */
const toText = (address: string): string => address.toUpperCase().replaceAll(':', '-');

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
