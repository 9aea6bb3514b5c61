/** Converts hardware addresses between bytes and text in the format of `ip link`: `'0a:1b:2c:3d:4e:5f'`. */
import { checkText, invalidType, invalidValue } from '../errors/argument.js';
import { checkUint8Array, toWritable, type WritableBytes } from './memory.js';

const FORM = /^(?:[\da-f]{2}(?::[\da-f]{2})*)?$/i;

/** Returns a hardware address as text in lower case; `''` for no bytes. */
export function hardwareText(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(':');
}

/**
 * Returns the bytes of a hardware address that is given as text or bytes.
 *
 * @param most the maximum number of bytes
 * @throws TypeError naming `argument`
 */
export function hardwareBytes(value: unknown, argument: string, most: number): Uint8Array {
  const bytes = typeof value === 'string' ? parse(value, argument) : asBytes(value, argument);
  if (bytes.length > most) throw invalidValue(argument, `must not be longer than ${most} bytes`, value);
  return bytes;
}

function parse(text: string, argument: string): Uint8Array {
  if (!FORM.test(text)) throw invalidValue(argument, "must be pairs of hexadecimal digits, '0a:1b:…'", text);
  return Buffer.from(text.replaceAll(':', ''), 'hex');
}

function asBytes(value: unknown, argument: string): Uint8Array {
  const expected = "a string such as '0a:1b:2c:3d:4e:5f' or an instance of Uint8Array";
  if (typeof value !== 'object') throw invalidType(argument, expected, value);
  return checkUint8Array(value, argument, expected);
}

/**
 * Formats a hardware address, such as that of an Ethernet device.
 *
 * @param bytes the bytes of the address: six for Ethernet, any other number for other devices
 * @returns the text in the form of `ip link`: `'0a:1b:2c:3d:4e:5f'`; empty for no bytes
 * @throws TypeError naming the argument
 */
export function formatHardwareAddress(bytes: WritableBytes): string {
  return hardwareText(toWritable(bytes, 'bytes'));
}

/**
 * Parses a hardware address. Addresses of packet sockets, the options of `berkeley/options` and Bluetooth addresses accept
 * both text and bytes.
 *
 * @param text pairs of hexadecimal digits in either case: `'0a:1b:2c:3d:4e:5f'`
 * @returns the bytes; none for an empty text
 * @throws TypeError if the text has another form
 */
export function parseHardwareAddress(text: string): Buffer {
  return Buffer.from(parse(checkText(text, 'text'), 'text'));
}
