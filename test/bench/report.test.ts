/** The report is made from the results of runs alone, and says which targets they met. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { scenarios } from '../../bench/design.js';
import { type Results, readResults, toJson } from '../../bench/json.js';
import type { Outcome } from '../../bench/outcome.js';
import { questions } from '../../bench/questions/index.js';
import { reportOf } from '../../bench/report.js';
import { judge } from '../../bench/target.js';
import { anchorsOf } from '../docs/pages.js';

const lines = scenarios.flatMap(scenario => scenario.lines);

/** Results of one question, in which `accept` has these overheads in its rounds. */
function resultsWith(...overheads: number[]): Results {
  const outcome: Outcome = {
    note: '1 is C',
    reference: { name: 'C blocking' },
    columns: ['overhead'],
    contestants: [
      {
        name: 'berkeley accept',
        lost: 0,
        targets: [{ figure: 'overhead', atMost: 0.4 }],
        figures: { overhead: overheads[1]!, cpu: 1.5 },
        rounds: overheads.map(overhead => ({ overhead, cpu: 1.5 })),
      },
      { name: 'unix-dgram', lost: 0, absent: 'not installed', figures: {}, rounds: [] },
    ],
  };
  return {
    machine: { processor: 'a processor', processors: 2, gibibytes: 1, kernel: '6.1', load: 0 },
    versions: { node: '20' },
    questions: [{ name: 'accept', title: 'Accept', ...outcome, contestants: judge(outcome) }],
  };
}

/** The cells of the target table's row that begins with `name`. */
function rowOf(report: string, name: string): string[] {
  const row = report.split('\n').find(line => line.split('|')[2]?.trim() === name);
  assert.ok(row, report);
  return row.split('|').map(cell => cell.trim());
}

test('every line of the design is a target of a question, and every target is in the design', () => {
  const targets = questions.flatMap(({ name, contestants }) =>
    contestants.flatMap(each => (each.targets ?? []).map(({ figure }) => `${name}, ${each.name}, ${figure}`)),
  );
  const inDesign = lines.flatMap(({ question, contestants, figure }) =>
    contestants.map(name => `${question}, ${name}, ${figure}`),
  );
  assert.deepEqual(inDesign.toSorted(), targets.toSorted());
});

test('every missed target can be explained: its section exists', () => {
  const anchors = anchorsOf('docs/performance-notes.md');
  for (const { why } of lines) assert.ok(why !== undefined && anchors.includes(why), why);
});

test('the report says what was measured, in which range, and whether that meets the target', () => {
  const met = rowOf(
    reportOf(resultsWith(0.2, 0.3, 0.35), {}, () => {}),
    'accept',
  );
  assert.deepEqual(met.slice(3, 8), ['overhead ≤ 0.4', '0.30', '0.20 to 0.35', 'met', '']);
  const missed = rowOf(
    reportOf(resultsWith(0.4, 0.5, 0.6), {}, () => {}),
    'accept',
  );
  assert.deepEqual(missed.slice(4, 8), [
    '0.50',
    '0.40 to 0.60',
    '**missed**',
    '[why](performance-notes.md#accept)',
  ]);
});

test('the report says whether a second run agrees within the spread', () => {
  const first = resultsWith(0.2, 0.3, 0.4);
  const agrees = reportOf(first, { second: resultsWith(0.3, 0.38, 0.5) }, () => {});
  assert.equal(rowOf(agrees, 'accept')[7], '0.38');
  assert.match(agrees, /A second run agrees in 1 of 1 lines/);
  const differs = reportOf(first, { second: resultsWith(0.5, 0.55, 0.6) }, () => {});
  assert.equal(rowOf(differs, 'accept')[7], '0.55 (differs)');
  assert.match(differs, /A second run agrees in 0 of 1 lines/);
});

test('results that were written as JSON make the same report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-test-'));
  try {
    const results = resultsWith(0.2, 0.3, 0.4);
    const file = join(folder, 'results.json');
    writeFileSync(file, toJson(results));
    assert.equal(
      reportOf(readResults(file), {}, () => {}),
      reportOf(results, {}, () => {}),
    );
    writeFileSync(file, '{}');
    assert.throws(() => readResults(file), /does not have the results of a run/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
