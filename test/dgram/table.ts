/** The table of all statements about `node:dgram`, for docs/dgram.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tables/root.js';
import type { Statement } from './lab.js';
import { subjects } from './rows/index.js';

export const page: string = join(root, 'docs/dgram.md');
const [START, END] = ['<!-- statements: written by build/test/dgram/write-table.js -->\n', '<!-- end -->\n'];

const escaped = (text: string): string => text.replaceAll('|', '\\|');

function row({ says, ours, why, since, only }: Statement): string {
  const notes = [
    why ?? '',
    since === undefined ? '' : `Node.js ${since.join('.')}, here on all versions`,
    only === undefined ? '' : `tested on ${only[0]!.toUpperCase()}${only.slice(1)}`,
  ];
  return `| ${escaped(says)} | ${ours} | ${escaped(notes.filter(note => note !== '').join('; '))} |\n`;
}

/** Returns the tables, one per subject. */
export function table(): string {
  const parts = subjects.map(
    ({ title, statements }) =>
      `\n### ${title}\n\n| node:dgram | berkeley/dgram | |\n|---|---|---|\n${statements.map(row).join('')}`,
  );
  return `${parts.join('')}\n`;
}

/** Splits the page into the text before the tables, the tables, and the text after them. */
export function readPage(): [string, string, string] {
  const text = readFileSync(page, 'utf8');
  const [start, end] = [text.indexOf(START) + START.length, text.indexOf(END)];
  if (start < START.length || end < 0) throw new Error(`${page} has no place for the table`);
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
}

/** Writes the tables to the page. */
export function writePage(): void {
  const [before, , after] = readPage();
  writeFileSync(page, before + table() + after);
}
