/** The data that a program writes to a stream: strings and buffers. */

/** Pieces that are smaller together are joined by copying, which is faster than gathering them. */
const COPIED = 16384;

/** The memory in which the pieces of one send call are joined. It is shared by all streams of a thread. */
let memory: Buffer | undefined;
let view: Buffer | undefined;

/** A piece of data that a program has written to a stream. */
export interface Piece {
  readonly chunk: Buffer | string;
  readonly encoding: BufferEncoding;
}

/** Returns the bytes of a piece, without copying a buffer. */
export function bytesOf({ chunk, encoding }: Piece): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
}

/** Returns the number of bytes of a piece. */
export function lengthOf({ chunk, encoding }: Piece): number {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
}

/** Returns the largest number of bytes that a piece can have. A UTF-16 unit has at most three bytes in UTF-8. */
function atMost({ chunk }: Piece): number {
  return typeof chunk === 'string' ? 3 * chunk.length : chunk.length;
}

/** Joins pieces in memory that is valid until the next call; `undefined` if they are too long. */
export function join(pieces: readonly Piece[]): Buffer | undefined {
  let most = 0;
  for (const piece of pieces) most += atMost(piece);
  if (most > COPIED) return undefined;
  memory ??= Buffer.allocUnsafeSlow(COPIED);
  let end = 0;
  for (const { chunk, encoding } of pieces)
    end += typeof chunk === 'string' ? memory.write(chunk, end, encoding) : chunk.copy(memory, end);
  if (view?.length !== end) view = memory.subarray(0, end);
  return view;
}

/** Returns the rest of the pieces after `sent` bytes. */
export function after(pieces: readonly Uint8Array[], sent: number): readonly Uint8Array[] {
  let left = sent;
  let used = 0;
  for (; used < pieces.length && pieces[used]!.length <= left; used++) left -= pieces[used]!.length;
  const rest = pieces.slice(used);
  if (left > 0) rest[0] = rest[0]!.subarray(left);
  return rest;
}
