/** The Markdown pages of the repository, and their parts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root: string = fileURLToPath(new URL('../../..', import.meta.url));

const notOurs = new Set(['node_modules', 'build', 'dist', 'prebuilds', '.git']);

function find(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : find(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** The paths of all pages, relative to the root. */
export function pages(): string[] {
  return find('.').sort();
}

export function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** The content of fences in a language. */
export function codeIn(page: string, language: string): string[] {
  return [...read(page).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code]) => code!,
  );
}

/** The page without code, so that only real links remain. */
export function proseOf(page: string): string {
  return read(page)
    .replace(/^```.*?^```/gms, '')
    .replace(/`[^`\n]*`/g, '');
}

/** The anchors of a page's headings, in GitHub's format. */
export function anchorsOf(page: string): string[] {
  const headings = read(page)
    .replace(/^```.*?^```/gms, '')
    .matchAll(/^#+ +(.+)$/gm);
  return [...headings].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

/** The rows of all tables of a page, cell by cell, without their headers. */
export function rowsOf(page: string): string[][] {
  const lines = read(page).split('\n');
  const isRow = (line: string | undefined) => line?.startsWith('|') ?? false;
  return lines
    .filter((line, i) => isRow(line) && isRow(lines[i - 1]) && !/^\|[-|]+$/.test(line))
    .map(line =>
      line
        .slice(1, -1)
        .split('|')
        .map(cell => cell.trim()),
    );
}

/** The code spans in a cell. */
export function codeSpans(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
}
