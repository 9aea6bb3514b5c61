/** Compares the committed pages with the generated ones. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tables/root.js';
import { folder } from './generate.js';

function committed(): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.md'))
    .map(file => `${folder}/${file}`);
}

/** The files that are missing, differ, or are no longer generated. */
export function differing(pages: ReadonlyMap<string, string>): string[] {
  const there = new Set(committed());
  const unlike = [...pages].filter(([file, text]) => !there.has(file) || read(file) !== text);
  return [...unlike.map(([file]) => file), ...[...there].filter(file => !pages.has(file))];
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
