/** Checks texts for the words and forms of words.ts, for repeated words, and for the wrong article. */

import { ParseEnglish } from 'parse-english';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRetext from 'remark-retext';
import retextIndefiniteArticle from 'retext-indefinite-article';
import retextRepeatedWords from 'retext-repeated-words';
import { unified } from 'unified';
import type { Text } from './texts.js';
import { rules } from './words.js';

/** A finding. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

type Root = ReturnType<typeof processor.parse>;

/** The fields of a Markdown node that the linter reads. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}

/** Replaces code, which has no words. */
const CODE = '\u{fffc}';

/** The kinds of blocks that hold sentences. */
const blocks = new Set(['paragraph', 'heading', 'tableCell']);

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRetext, ParseEnglish)
  .use(retextIndefiniteArticle)
  .use(retextRepeatedWords);

function sentenceOf({ type, value = '', children }: Node): string {
  if (type === 'text') return value;
  if (type === 'break') return '\n';
  if (children === undefined) return CODE + value.replace(/[^\n]/g, '');
  return children.map(sentenceOf).join('');
}

/**
 * The blocks of a page with the line of each, except between `<!-- prose: off -->` and `<!-- prose: on -->`.
 */
function blocksOf(tree: Node): { line: number; text: string }[] {
  let isOff = false;
  const visit = (node: Node): { line: number; text: string }[] => {
    if (node.type === 'html')
      isOff = /^<!-- prose: off/.test(node.value!) || (isOff && !/^<!-- prose: on/.test(node.value!));
    if (isOff) return [];
    if (blocks.has(node.type)) return [{ line: node.position!.start.line, text: sentenceOf(node) }];
    return (node.children ?? []).flatMap(visit);
  };
  return visit(tree);
}

const linesIn = (text: string): number => text.split('\n').length - 1;

function breaches(text: string): { line: number; message: string }[] {
  // A line end becomes a space, so that a rule matches across two lines. The length and positions stay the
  // same.
  const sentence = text.replaceAll('\n', ' ');
  return rules.flatMap(({ pattern, instead }) =>
    [...sentence.matchAll(pattern)].map(({ 0: found, index }) => ({
      line: linesIn(text.slice(0, index + found.length - found.trimStart().length)),
      message: `“${found.trim()}”: write ${instead}`,
    })),
  );
}

/** The findings of the retext plugins: repeated words, and `a` for `an`. */
function slips(tree: Root, markdown: string): { line: number; message: string }[] {
  const found: { line: number; message: string }[] = [];
  processor.run(tree, markdown, (error, _, file) => {
    if (error) throw error;
    for (const { line, reason } of file!.messages) found.push({ line: (line ?? 1) - 1, message: reason });
  });
  return found;
}

/** All findings in a text, in line order. */
export function lint({ file, line, markdown }: Text): Finding[] {
  const tree = processor.parse(markdown);
  const own = blocksOf(tree).flatMap(block =>
    breaches(block.text).map(found => ({ ...found, line: block.line - 1 + found.line })),
  );
  return [...own, ...slips(tree, markdown)]
    .map(found => ({ file, line: line + found.line, message: found.message }))
    .sort((a, b) => a.line - b.line);
}
