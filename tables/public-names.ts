/**
 * The names that programs may already import. The writer adds what is new; a name leaves this list by hand alone, so
 * that none can vanish unseen.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';
import { namesIn } from './root-names.js';
import { subjects } from './subjects/index.js';

export const publicNamesFile = 'tables/public-names.txt';

export function publicNames(): string[] {
  try {
    return readFileSync(join(root, publicNamesFile), 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

/** Every name that the generated files of constants export. */
export function wantedNames(): string[] {
  return subjects.flatMap(namesIn);
}

export function writePublicNames(): string {
  const names = new Set([...publicNames(), ...wantedNames()]);
  return `${[...names].sort().join('\n')}\n`;
}
