import type { WaitOptions } from '../reactor/wait-options.js';
import type { Endpoint } from './endpoint.js';

/** Pieces that are smaller together are joined by copying, which is faster than gathering them. */
export const COPIED = 16384;
/** The maximum number of pieces per call: IOV_MAX of limits.h. */
export const IOV_MAX = 1024;

/**
 * Sends all pieces in order.
 *
 * @param sent is called with the number of bytes that each system call has sent
 */
export async function sendPieces(
  endpoint: Pick<Endpoint, 'send' | 'sendmsg'>,
  pieces: readonly Uint8Array[],
  wait: WaitOptions,
  sent: (bytes: number) => void,
): Promise<void> {
  const joined = joinSmall(pieces);
  let rest = joined === undefined ? pieces : [joined];
  rest = rest.filter(piece => piece.length > 0);
  while (rest.length > 0) {
    const first = rest.slice(0, IOV_MAX);
    const count =
      first.length === 1
        ? await endpoint.send(first[0]!, wait)
        : await endpoint.sendmsg({ data: first }, wait);
    sent(count);
    rest = after(rest, count);
  }
}

/** Returns small pieces as one; `undefined` if they are too large to be copied, or it is only one. */
export function joinSmall(pieces: readonly Uint8Array[]): Buffer | undefined {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return pieces.length > 1 && length <= COPIED ? Buffer.concat(pieces, length) : undefined;
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
