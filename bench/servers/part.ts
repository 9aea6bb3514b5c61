/**
 * Returns the first bytes of a buffer. A new view costs 100 ns, which is the program's and no call's, and is none in C. A
 * program whose messages have the same length keeps the view.
 */
export function partsOf(buffer: Uint8Array): (length: number) => Uint8Array {
  let part = buffer;
  return length => {
    if (part.length !== length) part = buffer.subarray(0, length);
    return part;
  };
}
