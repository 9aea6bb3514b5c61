/** The texts that the prose linter reads: pages, and the documentation comments of the sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../tables/root.js';

/** A piece of Markdown, and its position. */
export interface Text {
  readonly file: string;
  /** The line of the file on which the text starts, from 1. */
  readonly line: number;
  readonly markdown: string;
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith(ending))
    .map(file => join(folder, file))
    .sort();
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The pages that people write; docs/reference is generated from comments. */
function pages(): string[] {
  const folders = ['src', 'docs', 'bench', 'examples', 'tables'].flatMap(folder => filesIn(folder, '.md'));
  const own = folders.filter(file => !file.startsWith(join('docs', 'reference')));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...own];
}

/** The text of a comment without its stars, with links as code. Each tag starts a text of its own. */
function partsOf(file: string, line: number, comment: string): Text[] {
  const lines = comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map(text => text.replace(/^\s*\* ?/, '').replace(/\{@\w+ ([^}]*)\}/g, '`$1`'));
  const starts = lines.flatMap((text, i) => (i === 0 || /^\s*@/.test(text) ? [i] : []));
  return starts.map((start, i) => {
    const part = lines.slice(start, starts[i + 1]).join('\n');
    return { file, line: line + start, markdown: part.replace(/^\s*@\w+( \w+ -)?/, '').replace(/^ +/, '') };
  });
}

/** The documentation comments of a source file. */
export function commentsOf(file: string, text: string): Text[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const comments = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.pos) ?? []) {
      if (text.startsWith('/**', pos)) comments.set(pos, text.slice(pos, end));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...comments].flatMap(([pos, comment]) =>
    partsOf(file, source.getLineAndCharacterOfPosition(pos).line + 1, comment),
  );
}

/** All texts that are checked. */
export function allTexts(): Text[] {
  const sources = filesIn('src', '.ts').flatMap(file => commentsOf(file, read(file)));
  return [...pages().map(file => ({ file, line: 1, markdown: read(file) })), ...sources];
}
