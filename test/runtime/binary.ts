/** The targets of a release, and the check of their binaries (scripts/check-binaries.mjs). */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../tables/root.js';

export interface Target {
  readonly name: string;
  readonly platform: string;
  readonly versions?: string;
}

export interface Binary {
  readonly machine: string;
  readonly imports: readonly { readonly name: string }[];
  readonly exports: readonly string[];
}

const load = (file: string) => import(pathToFileURL(join(root, 'scripts', file)).href);
export const { readBinary, problemsIn } = (await load('check-binaries.mjs')) as {
  readBinary(bytes: Buffer): Binary;
  problemsIn(binary: Binary, target: Target): string[];
};
export const { targets } = (await load('targets.mjs')) as { targets: readonly Target[] };
export const { missing } = (await load('native-sources.mjs')) as {
  missing(platform: string): string | undefined;
};

/** The same bytes, with one text replaced by another of the same length. */
export function replaced(bytes: Buffer, from: string, to: string): Buffer {
  assert.equal(from.length, to.length);
  const at = bytes.indexOf(`\0${from}\0`, 0, 'latin1');
  assert.ok(at >= 0, `${from} is in the binary`);
  const copy = Buffer.from(bytes);
  copy.write(to, at + 1, 'latin1');
  return copy;
}
