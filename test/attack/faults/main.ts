/**
 * The fault injection of `npm run test:attack`: plays every case, with both wake-ups, in the main thread and in workers.
 *
 *   usage: node build/test/attack/faults/main.js [--seed <n>] [--short | --long] [--json <file>] [--share <0…1>]
 *     [--name <text>] [--place <text>] [--first]
 *
 * --name: the programs whose name contains the text. --place: the places. Each place plays its share of all cases, which the seed chooses. With --first, it ends after the first failure.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure } from '../outcome.js';
import { type Findings, runFirsts, runJob } from './process.js';
import { buildShim, skip } from './shim-build.js';
import { rows, slotOf } from './table.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    long: { type: 'boolean', default: false },
    json: { type: 'string' },
    short: { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
    share: { type: 'string' },
    name: { type: 'string', default: '' },
    place: { type: 'string', default: '' },
  },
});
if (skip !== false) throw new Error(skip);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const started = performance.now();
console.log(`seed ${seed}`);

interface Place {
  readonly wakeup: 'uv' | 'thread';
  readonly where: 'main' | 'worker' | 'fresh' | 'process';
  /** What the report calls it. */
  readonly name: string;
  /** The share of its cases that a run plays, and a short one. A long one plays all. */
  readonly share: number;
  readonly short: number;
}

/**
 * A worker plays the cases of the main thread once more, and new workers and processes take a hundred times as long per
 * case. So a run plays a part of those, which the seed chooses: a few runs play all.
 */
const places: readonly Place[] = [
  { wakeup: 'uv', where: 'main', name: 'libuv, main thread', share: 1, short: 0.1 },
  { wakeup: 'uv', where: 'worker', name: 'libuv, worker', share: 0.2, short: 0.02 },
  { wakeup: 'uv', where: 'fresh', name: 'libuv, new worker for each case', share: 0.4, short: 0.1 },
  { wakeup: 'uv', where: 'process', name: 'libuv, new process for each case', share: 0.5, short: 0.2 },
  { wakeup: 'thread', where: 'main', name: 'thread, main thread', share: 0.5, short: 0.05 },
  { wakeup: 'thread', where: 'worker', name: 'thread, worker', share: 0.2, short: 0.02 },
  { wakeup: 'thread', where: 'fresh', name: 'thread, new worker for each case', share: 0.4, short: 0.1 },
  { wakeup: 'thread', where: 'process', name: 'thread, new process for each case', share: 0.5, short: 0.2 },
];

function shareOf({ share, short }: Place): number {
  if (values.share !== undefined) return Number(values.share);
  return values.long ? 1 : values.short ? short : share;
}

/** What one place has found, and how long it took. */
interface Found {
  readonly place: Place;
  readonly findings: Findings;
  readonly seconds: number;
}

async function runPlace(place: Place, shim: string, folder: string): Promise<Found> {
  const start = performance.now();
  const { wakeup, where, name } = place;
  const job = { wakeup, seed, share: shareOf(place), name: values.name, isFirst: values.first };
  const findings = await (where === 'process'
    ? runFirsts(job, shim, folder)
    : runJob({ ...job, where }, shim, folder));
  for (const failure of findings.failures) console.log(`FAILED ${failure}\n`);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${name}: ${findings.cases} cases, ${findings.failures.length} failures in ${seconds.toFixed(1)} s`,
  );
  return { place, findings, seconds };
}

async function runAll(folder: string): Promise<Found[]> {
  const shim = buildShim(folder);
  const all: Found[] = [];
  for (const place of places) {
    if (!place.name.includes(values.place)) continue;
    const found = await runPlace(place, shim, folder);
    all.push(found);
    if (values.first && found.findings.failures.length > 0) break;
  }
  return all;
}

function figuresOf(all: readonly Found[]): Figure[] {
  const scene = 'faults';
  const byPlace = all.flatMap(({ place, findings, seconds }) => {
    const figures = {
      'share of the cases': shareOf(place),
      'cases played': findings.cases,
      programs: findings.programs.size,
      'kinds of faults': findings.faults.size,
      failures: findings.failures.length,
      seconds: Math.round(seconds),
    };
    return Object.entries(figures).map(([name, value]) => ({ scene, of: place.name, name, value }));
  });
  const union = (key: 'programs' | 'faults'): number =>
    new Set(all.flatMap(({ findings }) => [...findings[key]])).size;
  return [
    ...byPlace,
    { scene, name: 'cases', value: all.reduce((sum, { findings }) => sum + findings.cases, 0) },
    { scene, name: 'programs', value: union('programs') },
    { scene, name: 'faults: a function and how it fails', value: union('faults') },
  ];
}

/** The rows of the table that no case has met, although every case of a place was played: they have no program. */
function rowsWithoutProgram(all: readonly Found[]): string[] {
  const isComplete = values.name === '' && all.some(({ place }) => shareOf(place) === 1);
  if (!isComplete || values.place !== '') return [];
  const met = new Set(all.flatMap(({ findings }) => [...findings.faults].map(fault => fault.split(':')[0]!)));
  return rows.map(slotOf).filter(slot => !met.has(slot));
}

const folder = mkdtempSync(join(tmpdir(), 'berkeley-faults-'));
const all = await runAll(folder).finally(() => rmSync(folder, { recursive: true }));
const failures = all.flatMap(({ findings }) => findings.failures);
for (const slot of rowsWithoutProgram(all)) failures.push(`no program meets the row ${slot} of table.ts`);
const figures = figuresOf(all);
const seconds = (performance.now() - started) / 1000;
for (const { of, name, value } of figures) if (of === undefined) console.log(`${name}: ${value}`);
console.log(`${failures.length} failures in ${Math.round(seconds)} s`);
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ part: 'faults', seed, seconds, figures, failures }));
if (failures.length > 0) process.exitCode = 1;
