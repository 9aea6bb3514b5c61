/** The bytes with which unused memory is filled: on the stack by watch.c, on the heap by malloc(3). */

/** malloc(3) fills new memory with the complement of `MALLOC_PERTURB_`, and freed memory with its value. */
export const PERTURB = 0x5a;
export const POISON: readonly number[] = [PERTURB, 0xff ^ PERTURB];

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** Whether a view has several poison bytes in a row. Times and counters of the kernel can have one by chance. */
export function holdsPoisonRun(view: ArrayBufferView): boolean {
  const bytes = Buffer.from(bytesOf(view));
  return POISON.some(byte => bytes.includes(Buffer.alloc(3, byte)));
}

/** Whether any bytes in a value, however deep, are poison. The data of the tests has none. */
export function holdsPoison(value: unknown): boolean {
  if (ArrayBuffer.isView(value)) return bytesOf(value).some(byte => POISON.includes(byte));
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsPoison);
}
