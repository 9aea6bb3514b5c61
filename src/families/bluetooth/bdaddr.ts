import { checkText, invalidValue } from '../../errors/argument.js';

/** `'AA:BB:CC:DD:EE:FF'`, in either case, to the six bytes of a bdaddr_t, which stand in the other order. */
export function writeBdaddr(text: unknown, argument: string, into: Uint8Array, offset: number): void {
  const parsed = parseBdaddr(checkText(text, argument));
  if (parsed === undefined)
    throw invalidValue(argument, "must be six pairs of hexadecimal digits, 'AA:BB:…'", text);
  into.set(parsed, offset);
}

/** The six bytes of a Bluetooth address in text, in the order of bdaddr_t; `undefined` when it is none. */
export function parseBdaddr(text: string): Uint8Array | undefined {
  if (!/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(text)) return undefined;
  return Buffer.from(text.replaceAll(':', ''), 'hex').reverse();
}

/** Six bytes of a bdaddr_t as text, in capitals, as BlueZ and Python write it. */
export function readBdaddr(bytes: Uint8Array, offset: number): string {
  const ordered = Uint8Array.from(bytes.subarray(offset, offset + 6)).reverse();
  return Array.from(ordered, byte => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
}
