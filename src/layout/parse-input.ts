import { isAnyArrayBuffer } from 'node:util/types';
import { invalidValue } from '../errors/argument.js';
import { type Bytes, toWritable } from './memory.js';

/** Whether the memory was transferred away. `ArrayBuffer.prototype.detached` is missing in Node 20. */
function isDetached(value: unknown): boolean {
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  if (!isAnyArrayBuffer(buffer) || buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/** Returns the bytes of an argument that is parsed, without copying them. */
export function inputBytes(value: unknown, argument: string): Buffer {
  if (isDetached(value)) throw invalidValue(argument, 'must not be detached', value);
  const bytes = toWritable(value as Uint8Array, argument);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Returns the bytes of an argument that is packed. A string counts as UTF-8. */
export function outputBytes(value: Bytes, argument: string): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  return inputBytes(value, argument);
}
