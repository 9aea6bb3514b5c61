/** The comments of the sources: of a symbol, and of a file. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { DeclarationReflection } from 'typedoc';
import { root } from '../tables/root.js';
import { oneLine } from './markdown.js';

/** The text of a symbol's comment on one line, without its examples. */
export function saidOf(symbol: DeclarationReflection): string {
  const comment = symbol.comment ?? symbol.signatures?.[0]?.comment;
  const parts = comment?.summary ?? [];
  const words = parts.map(part => (part.kind === 'inline-tag' ? `\`${part.text}\`` : part.text)).join('');
  return oneLine(words.replace(/```.*?```/gs, ''));
}

/** The file of a symbol, relative to the root. */
export function fileOf(symbol: DeclarationReflection): string {
  const source = symbol.sources?.[0];
  if (source === undefined) throw new Error(`TypeDoc does not know where ${symbol.getFullName()} stands`);
  return relative(root, source.fullFileName);
}

/** The header comment of a file: its first paragraph on one line. */
export function openingOf(file: string): string {
  const text = readFileSync(join(root, file), 'utf8');
  const comment = /^\/\*\*(.*?)\*\//s.exec(text)?.[1];
  if (comment === undefined) throw new Error(`${file} does not say in a comment at its top what it has`);
  const [paragraph] = comment
    .replace(/\n \* ?/g, '\n')
    .trim()
    .split('\n\n');
  return oneLine(paragraph!);
}
