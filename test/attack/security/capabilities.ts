/** What needs which capability: each row of the table in docs/security.md fails as it says, as nobody. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../tables/root.js';
import type { Trial } from '../part.js';
import { asNobody, needsRootToBecomeNobody } from './nobody.js';
import { privileged } from './privileged.js';

/** The rows of the table as they are in the page. */
function documented(): string[] {
  const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
  const table = /^\| operation \| needs \| without \|\n\|[-|]+\|\n((?:\|.*\n)+)/m.exec(page);
  if (table === null) throw new Error('docs/security.md has no table of capabilities');
  return table[1]!.trim().split('\n');
}

export async function capabilities(trial: Trial): Promise<void> {
  const expected = privileged.map(
    ({ operation, needs, without }) => `| ${operation} | ${needs} | \`${without}\` |`,
  );
  const found = documented();
  for (const row of expected) trial.expect(found.includes(row), `docs/security.md lacks the row ${row}`);
  for (const row of found) trial.expect(expected.includes(row), `no test walks the row ${row}`);
  if (needsRootToBecomeNobody) {
    trial.figure('skipped, needs root', 1);
    return;
  }
  const { stdout } = await asNobody('unprivileged-program');
  const codes = JSON.parse(stdout) as (string | null)[];
  let walked = 0;
  for (const [i, { operation, without }] of privileged.entries()) {
    if (codes[i] === 'unneeded') continue;
    walked++;
    trial.expect(codes[i] === without, `${operation}: ${codes[i] ?? 'success'}, not ${without}`);
  }
  trial.figure('operations refused as nobody', walked);
}
