/** Shows reads beyond the input: the input lies in memory with other content, and the result may not depend on that. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { SocketError } from 'berkeley';
import fc, { type Arbitrary } from 'fast-check';

/** More than the distance that a wrong count of 16 bits of small numbers reaches. */
const MARGIN = 512;

/** The content of the memory around the input, in pairs that differ in every byte. */
const fillers = [
  [0x00, 0xff],
  [0x02, 0x41],
] as const;

/** An input, and where it begins in its memory, which is aligned to 16 bytes. */
export interface Placed {
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** Bytes at any offset. */
export function placed(bytes: Arbitrary<Uint8Array>): Arbitrary<Placed> {
  return fc.record({ bytes, at: fc.nat(15) });
}

/** Whether an error says what is wrong with an argument, or what a system call has returned. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof SocketError) return true;
  const { code } = error as { code?: unknown };
  if (!(error instanceof TypeError || error instanceof RangeError) || typeof code !== 'string') return false;
  return code.startsWith('ERR_') && !/^ERR_(BUFFER|INVALID_THIS)/.test(code);
}

/** The result of a reader, or the error with which it refuses the bytes. */
function outcome<T>(read: (bytes: Buffer) => T, bytes: Buffer): { value?: T; refusal?: string } {
  try {
    const value = read(bytes);
    // A row of raw bytes returns the memory that it was given, which is the caller's.
    return { value: Buffer.isBuffer(value) ? (Buffer.from(value) as T) : value };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { refusal: `${(error as { code: string }).code}: ${(error as Error).message}` };
  }
}

/** The number of values in a result, at all levels. */
function count(value: unknown): number {
  if (typeof value === 'string' || ArrayBuffer.isView(value)) return (value as { length: number }).length;
  if (typeof value !== 'object' || value === null) return 1;
  const members = value instanceof Map ? [...value.values()] : Object.values(value);
  return members.reduce((sum: number, member) => sum + count(member), 1);
}

/**
 * Reads bytes in two memories that differ around them. The results must be equal, also after the memory has changed; the
 * bytes must be left alone; and there may not be many more values than bytes.
 *
 * @param behind how much of the memory behind the bytes the reader gets: the kernel writes into memory that is larger, and
 *   returns the length
 * @returns the result; `undefined` if the bytes are refused
 */
export function read<T>(
  reader: (bytes: Buffer, length: number) => T,
  { bytes, at }: Placed,
  behind = 0,
): T | undefined {
  const [first, second] = fillers[at & 1]!.map(filler => {
    const memory = Buffer.alloc(2 * MARGIN + at + bytes.length, filler);
    const place = memory.subarray(MARGIN + at, MARGIN + at + bytes.length + behind);
    place.set(bytes);
    const result = outcome(given => reader(given, bytes.length), place);
    assert.ok(place.subarray(0, bytes.length).equals(bytes), 'the input is left alone');
    memory.fill(~filler & 0xff);
    return result;
  }) as [{ value?: T }, { value?: T }];
  if (!isDeepStrictEqual(first, second))
    assert.deepEqual(first, second, 'the result depends on other memory');
  // Lists of groups and types can have one number per bit. Text can be longer than its bytes.
  const most = 9 * bytes.length + 600;
  assert.ok(count(first.value) <= most, `more than ${most} values`);
  return first.value;
}
