/** The options that can be read, with answers of every length that the row accepts: among them `tcp_info` of each kernel. */
import type { OptionCodec } from 'berkeley/options';
import fc, { type Arbitrary } from 'fast-check';
import { groups } from '../../../options/rows.js';
import { bytes } from '../bytes.js';
import { type Placed, placed, read } from '../poison.js';
import { assertRereads } from '../round-trip.js';
import { type Target, target } from '../target.js';

/** Structures that grow with the kernel are read beyond the size that this version knows. */
const BEYOND = 64;
const LONGEST = 8192;

type AnyCodec = OptionCodec<unknown, never>;

/** Whether the kernel can return an answer of this length. Some options are set in another structure. */
function isAnswer(codec: AnyCodec, length: number): boolean {
  return codec.fits?.(length) ?? length === codec.size;
}

function lengthsOf(codec: AnyCodec): number[] {
  const all = Array.from({ length: Math.min(codec.size + BEYOND, LONGEST) }, (_, length) => length);
  return all.filter(length => isAnswer(codec, length));
}

function answers(lengths: readonly number[]): Arbitrary<Placed> {
  const most = lengths.at(-1)!;
  return placed(
    fc.tuple(bytes(Math.min(most, 400)), fc.constantFrom(...lengths)).map(([some, length]) => {
      const answer = new Uint8Array(length);
      answer.set(some.subarray(0, length));
      return answer;
    }),
  );
}

/** Reads an answer. What can be set as well is read as the same value. */
function checkAnswer(codec: AnyCodec, write: OptionCodec<unknown, unknown> | undefined, input: Placed): void {
  const value = read(bytes => codec.decode(bytes), input);
  if (write === undefined || value === undefined) return;
  assertRereads(
    value,
    given => Buffer.from(write.encode(given, 'value')),
    written => (isAnswer(codec, written.length) ? codec.decode(written) : value),
  );
}

/** The rows whose value to set differs from the value that is read. */
const isSymmetric = ({ type }: AnyCodec, write: OptionCodec<unknown, unknown>) => type === write.type;

/** The targets. */
export const options: readonly Target[] = groups.flatMap(([group, rows]) =>
  rows.flatMap(([name, row]) => {
    if (!('read' in row)) return [];
    const codec = row.read as AnyCodec;
    const lengths = lengthsOf(codec);
    if (lengths.length === 0) return [];
    const write = 'write' in row ? (row.write as OptionCodec<unknown, unknown>) : undefined;
    const back = write !== undefined && isSymmetric(codec, write) ? write : undefined;
    return [target(`option ${group}.${name}`, answers(lengths), input => checkAnswer(codec, back, input))];
  }),
);
