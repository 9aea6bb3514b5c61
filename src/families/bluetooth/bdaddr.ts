/** Device addresses: six bytes, bdaddr_t of BlueZ's lib/bluetooth.h. */
import { invalidValue } from '../../errors/argument.js';
import { hardwareBytes } from '../../layout/hardware-address.js';

/** The number of bytes. */
const SIZE = 6;

/**
 * Writes a device address as a bdaddr_t: six bytes in reverse order.
 *
 * @param value `'AA:BB:CC:DD:EE:FF'`, in either case, or its six bytes in that order
 */
export function writeBdaddr(value: unknown, argument: string, into: Uint8Array, offset: number): void {
  const parsed =
    typeof value === 'string' ? parseBdaddr(value) : reversed(hardwareBytes(value, argument, SIZE));
  if (parsed?.length !== SIZE)
    throw invalidValue(argument, "must be six bytes, or six pairs of hexadecimal digits, 'AA:BB:…'", value);
  into.set(parsed, offset);
}

function reversed(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).reverse();
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
