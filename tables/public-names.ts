/**
 * The names that programs may already import. The writer adds what is new; a name leaves this list by hand alone, so
 * that none can vanish unseen.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constantsOf, guidsOf } from './room.js';
import { rooms } from './rooms/index.js';
import { root } from './root.js';

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
  return rooms.flatMap(room => [
    ...room.groups.flatMap(constantsOf).map(constant => constant.name),
    ...(room.strings ?? []).map(text => text.name),
    ...guidsOf(room).map(guid => guid.name),
  ]);
}

export function writePublicNames(): string {
  const names = new Set([...publicNames(), ...wantedNames()]);
  return `${[...names].sort().join('\n')}\n`;
}
