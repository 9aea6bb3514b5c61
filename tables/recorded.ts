/**
 * What the compilers answered, committed: one line a name, `key value [header [comment]]`, tab separated. The writer
 * reads only these, so it needs no compiler and writes the same on every machine; the probe keeps them true.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';
import type { Platform } from './subject.js';

export interface Entry {
  readonly value: number;
  readonly header?: string | undefined;
  readonly comment?: string | undefined;
}

export type Table = ReadonlyMap<string, Entry>;

export function recordedFile(platform: Platform): string {
  return `tables/recorded/${platform}.tsv`;
}

export function readTable(platform: Platform): Table {
  const file = join(root, recordedFile(platform));
  if (!existsSync(file)) return new Map();
  return parseTable(readFileSync(file, 'utf8'));
}

/** Reads what {@link formatTable} wrote. */
export function parseTable(text: string): Table {
  const lines = text.split('\n').filter(Boolean);
  return new Map(
    lines.map(line => {
      const [key, value, header, comment] = line.split('\t');
      return [key!, { value: Number(value), header: header || undefined, comment: comment || undefined }];
    }),
  );
}

export function formatTable(table: Table): string {
  const lines = [...table].map(([key, { value, header = '', comment = '' }]) =>
    [key, value, header, comment].join('\t').replace(/\t+$/, ''),
  );
  return `${lines.join('\n')}\n`;
}
