/** Every generated file of constants, as a program imports it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../tables/root.js';
import { subjects } from '../../tables/subjects/index.js';

export type Constants = ReadonlyMap<string, number | string>;

/** The URL of a built module, from its source: `src/constants/socket.ts`. */
export function built(source: string): string {
  const file = source.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js');
  return pathToFileURL(join(root, file)).href;
}

export async function allConstants(): Promise<Constants> {
  const all = new Map<string, number | string>();
  for (const { constants } of subjects) {
    if (constants === undefined) continue;
    const names = (await import(built(constants))) as Record<string, number | string>;
    for (const [name, value] of Object.entries(names)) all.set(name, value);
  }
  return all;
}
