/** The addon itself, without the package. */
import { createRequire } from 'node:module';
import { endianness } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { cmsghdr } from '#src/constants/layout.js';
import type { Binding } from '../../src/binding.js';

const { load } = createRequire(import.meta.url)('#binding') as { load(): unknown };
const addon = load() as { open(closesAtEnd: number, needsLastTask: number): Binding };

/** A new instance, created as the package creates its own. */
export function open(): Binding {
  const isDenoWorker = !isMainThread && 'deno' in process.versions;
  return addon.open(isMainThread ? 0 : 1, isDenoWorker ? 1 : 0);
}

const little = endianness() === 'LE';
const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;

/** The position of the descriptors in control data that starts with them. */
export const RIGHTS: number = cmsghdr.data;

/** Control data with descriptors. */
export function rights(fds: readonly number[]): Uint8Array {
  const length = cmsghdr.data + 4 * fds.length;
  const view = new DataView(new ArrayBuffer(Math.ceil(length / cmsghdr.align) * cmsghdr.align));
  if (cmsghdr.cmsg_len_size === 8) view.setBigUint64(cmsghdr.cmsg_len, BigInt(length), little);
  else view.setUint32(cmsghdr.cmsg_len, length, little);
  view.setInt32(cmsghdr.cmsg_level, SOL_SOCKET, little);
  view.setInt32(cmsghdr.cmsg_type, SCM_RIGHTS, little);
  for (const [i, fd] of fds.entries()) view.setInt32(cmsghdr.data + 4 * i, fd, little);
  return new Uint8Array(view.buffer);
}
