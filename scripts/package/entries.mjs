/** The entry points that package.json names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The directory of the compiled modules. */
export const dist = join(root, 'dist');

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The compiled module of each entry point, by its file name in the package: `index`, `options`. */
export const entries = Object.fromEntries(
  Object.entries(manifest.exports)
    .filter(([, target]) => target.default !== undefined)
    .map(([subpath, target]) => [subpath === '.' ? 'index' : subpath.slice(2), join(root, target.default)]),
);
