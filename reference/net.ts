/** Generates the page of the statements of Node's documentation of `net`, from the rows that the test runs. */
import { statements } from '../test/net/statements/index.js';
import { code, groupBy, page, table } from './markdown.js';

export const netFile = 'docs/reference/net.md';

const verdict = ({ more, different }: (typeof statements)[number]): string => {
  if (different !== undefined) return `different: ${different}`;
  if (more === undefined) return 'same';
  return more === true ? 'additional' : `additional: \`node:net\` has it since ${more}`;
};

export function netPage(): string {
  const groups = [...groupBy(statements, ({ of }) => of)];
  const rows = groups.flatMap(([of, list]) => list.map(row => [code(of), row.text, verdict(row)]));
  return page('Statements about `node:net`', [
    'What the documentation of `node:net` states, and what `berkeley/net` adds. `test/net` runs each row with both modules and compares the results. See [Coming from `node:net`](../net.md).',
    table(['of', 'statement', 'here'], rows),
  ]);
}
