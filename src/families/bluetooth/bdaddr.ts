/** Device addresses: six bytes, bdaddr_t of BlueZ's lib/bluetooth.h. */
import { checkText, invalidValue } from '../../errors/argument.js';

/** Writes `'AA:BB:CC:DD:EE:FF'`, in either case, as a bdaddr_t: six bytes in reverse order. */
export function writeBdaddr(text: unknown, argument: string, into: Uint8Array, offset: number): void {
  const parsed = parseBdaddr(checkText(text, argument));
  if (parsed === undefined)
    throw invalidValue(argument, "must be six pairs of hexadecimal digits, 'AA:BB:…'", text);
  into.set(parsed, offset);
}

/** Parses a Bluetooth address to the six bytes of a bdaddr_t. Returns `undefined` if the text is invalid. */
export function parseBdaddr(text: string): Uint8Array | undefined {
  if (!/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(text)) return undefined;
  return Buffer.from(text.replaceAll(':', ''), 'hex').reverse();
}

/** Formats the six bytes of a bdaddr_t in upper case, as BlueZ and Python do. */
export function readBdaddr(bytes: Uint8Array, offset: number): string {
  const ordered = Uint8Array.from(bytes.subarray(offset, offset + 6)).reverse();
  return Array.from(ordered, byte => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
}
