/** The entry points, as package.json names them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the compiled modules. */
export const dist = join(root, 'dist');

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The compiled module of each entry point, by the name that its files have in the package: `index`, `options`. */
export const entries = Object.fromEntries(
  Object.entries(manifest.exports)
    .filter(([, target]) => target.default !== undefined)
    .map(([subpath, target]) => [subpath === '.' ? 'index' : subpath.slice(2), join(root, target.default)]),
);
