/**
 * The fault injection of `npm run test:attack`: plays every case, with both wake-ups, in the main thread and in workers.
 *
 *   usage: node build/test/attack/faults/main.js [--seed <n>] [--long] [--json <file>] [--share <0…1>] [--name <text>]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Findings, runFirsts, runJob } from './process.js';
import { buildShim, skip } from './shim-build.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    long: { type: 'boolean', default: false },
    json: { type: 'string' },
    share: { type: 'string', default: '1' },
    name: { type: 'string', default: '' },
  },
});
if (skip !== false) throw new Error(skip);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const started = performance.now();
console.log(`seed ${seed}`);

const places = (['uv', 'thread'] as const).flatMap(wakeup =>
  (['main', 'worker', 'fresh', 'process'] as const).map(where => ({ wakeup, where })),
);

async function runAll(folder: string): Promise<Findings[]> {
  const shim = buildShim(folder);
  const all: Findings[] = [];
  for (const { wakeup, where } of places) {
    const job = { wakeup, seed, share: Number(values.share), name: values.name };
    const findings = await (where === 'process'
      ? runFirsts(job, shim, folder)
      : runJob({ ...job, where }, shim, folder));
    for (const failure of findings.failures) console.log(`FAILED ${failure}\n`);
    console.log(`${wakeup}, ${where}: ${findings.cases} cases, ${findings.failures.length} failures`);
    all.push(findings);
  }
  return all;
}

const folder = mkdtempSync(join(tmpdir(), 'berkeley-faults-'));
const all = await runAll(folder).finally(() => rmSync(folder, { recursive: true }));
const failures = all.flatMap(findings => findings.failures);
const union = (key: 'programs' | 'faults'): number =>
  new Set(all.flatMap(findings => [...findings[key]])).size;
const figures = [
  { name: 'cases', value: all.reduce((sum, findings) => sum + findings.cases, 0) },
  { name: 'programs', value: union('programs') },
  { name: 'faults: a function and how it fails', value: union('faults') },
];
const seconds = (performance.now() - started) / 1000;
for (const { name, value } of figures) console.log(`${name}: ${value}`);
console.log(`${failures.length} failures in ${Math.round(seconds)} s`);
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ part: 'faults', seed, seconds, figures, failures }));
if (failures.length > 0) process.exitCode = 1;
