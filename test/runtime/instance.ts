/** The addon itself, without the package. */
import { createRequire } from 'node:module';
import { endianness } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import type { Binding } from '../../src/binding.js';

const file = `../../../prebuilds/${process.platform}-${process.arch}.node`;
const addon = createRequire(import.meta.url)(file) as {
  open(closesAtEnd: number, needsLastTask: number): Binding;
};

/** A new instance, made as the package makes its own. */
export function open(): Binding {
  const isDenoWorker = !isMainThread && 'deno' in process.versions;
  return addon.open(isMainThread ? 0 : 1, isDenoWorker ? 1 : 0);
}

const little = endianness() === 'LE';
const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
const HEADER = 16;

/** Control data with descriptors, on a 64-bit Linux. */
export function rights(fds: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER + Math.ceil((4 * fds.length) / 8) * 8));
  view.setBigUint64(0, BigInt(HEADER + 4 * fds.length), little);
  view.setInt32(8, SOL_SOCKET, little);
  view.setInt32(12, SCM_RIGHTS, little);
  for (const [i, fd] of fds.entries()) view.setInt32(HEADER + 4 * i, fd, little);
  return new Uint8Array(view.buffer);
}
