/** What runs the attacks ends them: a scene and a part that do not end are failures, and what they found before is kept. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from '../../tables/root.js';
import { onWindows } from '../support/local.js';
import { temporaryFolder } from '../support/names.js';
import { until } from '../support/until.js';
import type { Figure } from './outcome.js';

interface Outcome {
  readonly figures: readonly Figure[];
  readonly failures: readonly string[];
}

interface RunOptions {
  readonly seed: number;
  readonly args: readonly string[];
  readonly limit: number;
  readonly json: string;
  readonly stdio: string;
}

interface RunPart {
  runPart(root: string, name: string, options: RunOptions): Promise<Outcome>;
}

interface Report {
  writeFigures(root: string, run: object): void;
  writePlanted(root: string, run: object): void;
}

async function script<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(join(root, `scripts/attack/${name}.mjs`)).href)) as T;
}

/** Whether a process runs; one that nobody has waited for does not. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

describe('an attack', { skip: onWindows && 'process groups are those of POSIX' }, () => {
  test('ends a scene that does not end, with its processes, and plays the others', async () => {
    const json = join(temporaryFolder(), 'stuck.json');
    const program = fileURLToPath(new URL('./stuck-program.js', import.meta.url));
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [program, '--json', json], {
      env,
      encoding: 'utf8',
    });
    assert.equal(status, 1, stderr);
    const { figures, failures } = JSON.parse(readFileSync(json, 'utf8')) as Outcome;
    assert.deepEqual(
      failures.map(text => text.split('\n')[0]),
      [
        'blocks: a failure before',
        'blocks: not ended after 2 s',
        'throws: Error: on purpose',
        'crashes: its process ended with SIGKILL',
      ],
    );
    const [pid, ...rest] = figures;
    assert.deepEqual(rest, [{ scene: 'works', of: 'berkeley', name: 'amount', value: 7, unit: 'MiB' }]);
    // A process ends when it runs the next time, which can be later than the kill.
    if (process.platform === 'linux')
      assert.ok(await until(() => !isRunning(pid!.value)), 'its process is killed');
  });

  const ends = [
    ['does not end', 'setInterval(() => {}, 1000)', /^part: not ended after 2 s$/],
    ['crashes', 'process.abort()', /^part: ended with SIGABRT$/],
    ['writes nothing', '', /^part: it has written no figures$/],
  ] as const;
  for (const [what, code, failure] of ends) {
    test(`has a failure if a part ${what}`, async () => {
      const { runPart } = await script<RunPart>('run-part');
      const folder = join(temporaryFolder(), what.replaceAll(' ', '-'));
      mkdirSync(join(folder, 'build/test/attack/part'), { recursive: true });
      writeFileSync(join(folder, 'build/test/attack/part/main.js'), code);
      const options = { seed: 1, args: [], limit: code.includes('setInterval') ? 2 : 120, stdio: 'ignore' };
      const { failures } = await runPart(folder, 'part', { ...options, json: 'part.json' });
      assert.equal(failures.length, 1);
      assert.match(failures[0]!, failure);
    });
  }
});

test('a report has the figures of each part, and those of Node.js beside ours', async () => {
  const { writeFigures, writePlanted } = await script<Report>('report');
  const folder = join(temporaryFolder(), 'report');
  mkdirSync(join(folder, 'docs'), { recursive: true });
  const page = join(folder, 'docs/reliability.md');
  const marks = readFileSync(join(root, 'docs/reliability.md'), 'utf8').match(/^<!-- .* -->$/gm)!;
  writeFileSync(page, `before\n${marks.join('\n')}\nafter\n`);
  const scene = 'crowd';
  const outcome = {
    part: 'load',
    seconds: 70,
    scenes: [{ name: scene, about: 'Many connections.', seconds: 61.5 }],
    figures: [
      { scene, of: 'berkeley', name: 'rate', unit: 'per second', value: 12345 },
      { scene, of: 'node:net', name: 'rate', unit: 'per second', value: 678 },
      { scene, name: 'left', value: 0 },
    ],
    failures: ['crowd: one | two\nat a place'],
  };
  const run = { commit: 'abc', seed: 5, isLong: false, outcomes: [outcome] };
  const fault = { name: 'a fault', file: 'a.c', effect: 'it is wrong' };
  const found = [
    { part: 'faults', isFound: false, what: '', seconds: 3 },
    { part: 'fuzz', isFound: true, what: 'it differs', amount: '12 inputs', seconds: 4.4 },
  ];
  writeFigures(folder, run);
  writePlanted(folder, { commit: 'abc', seed: 5, rows: [{ fault, found }] });
  const before = readFileSync(page, 'utf8');
  for (const line of [
    'Normal form, commit `abc`, seed 5 for every part, 1.2 minutes',
    '| Load | 3 figures | 1 | 70 |',
    '- failed: crowd: one \\| two',
    '**Crowd** (62 s). Many connections.',
    '|  | rate (per second) |\n|---|---:|\n| berkeley | 12,345 |\n| node:net | 678 |',
    '| left | 0 |',
    '| a fault | `a.c` | it is wrong | fuzz (12 inputs, 4 s) | it differs |',
  ])
    assert.ok(before.includes(line), `${line} is not in\n${before}`);
  writeFigures(folder, run);
  assert.equal(readFileSync(page, 'utf8'), before, 'a report replaces the one before');
});
