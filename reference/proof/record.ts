/**
 * What the last runs of the tests said, committed: `docs/families.json`. `npm run proof` merges into it what the tests'
 * reporter (scripts/record.mjs) left in build/results; of each test file it keeps the last run on each kernel.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tables/root.js';
import { groupBy } from '../markdown.js';

export const recordFile = 'docs/families.json';

/** The kernels that tests ran on. */
export interface Machine {
  /** `here` is the machine that the tests were started on, `guest` the one that vm/run.mjs emulates. */
  readonly where: 'here' | 'guest';
  readonly kernel: string;
  /** Whether it is a kernel of Debian's. */
  readonly debian: boolean;
  /** The version of Node.js. */
  readonly node: string;
}

/** What became of the tests of one file on one machine. */
export interface Outcome {
  /** When they ran. */
  readonly time: string;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** With the reasons. */
  readonly skipped: Readonly<Record<string, string>>;
}

export interface Proof {
  readonly machines: Readonly<Record<string, Machine>>;
  /** By file, and by machine. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
}

interface Run extends Machine {
  readonly time: string;
}

interface Line {
  readonly file: string;
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly reason?: string;
}

export function readProof(): Proof {
  if (!existsSync(join(root, recordFile))) return { machines: {}, outcomes: {} };
  return JSON.parse(readFileSync(join(root, recordFile), 'utf8'));
}

export function formatProof(proof: Proof): string {
  return `${JSON.stringify(proof, null, 1)}\n`;
}

/** What the reporter left, oldest first. */
export function readResults(folder: string = join(root, 'build/results')): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter(file => file.endsWith('.jsonl'));
  return files.sort().map(file => readFileSync(join(folder, file), 'utf8'));
}

const FAMILIES = 'test/families/';

/** The suite that every kind of socket goes through. There the suites are counted: their tests are a thousand and more. */
export const CONFORMANCE = 'test/conformance/main-thread.test.ts';

/** Adds runs to what is known. A file that is no more is forgotten, and so is a machine without one. */
export function merge(known: Proof, runs: readonly string[]): Proof {
  const machines: Record<string, Machine> = { ...known.machines };
  const outcomes: Record<string, Record<string, Outcome>> = {};
  for (const [file, byMachine] of Object.entries(known.outcomes)) outcomes[file] = { ...byMachine };
  for (const text of runs) {
    const [run, ...lines] = linesOf(text) as [Run | undefined, ...Line[]];
    if (run === undefined) continue;
    const { time, ...machine } = run;
    const name = nameOf(machine);
    for (const [file, outcome] of outcomesOf(lines, time)) {
      const former = outcomes[file]?.[name];
      if (former !== undefined && former.time >= time) continue; // what is known may be newer than what lies here
      outcomes[file] = { ...outcomes[file], [name]: outcome };
      machines[name] = machine;
    }
  }
  return withoutOld({ machines, outcomes });
}

/** The lines of a run. Of one that was cut short, those of the file that it was at are missing, so they do not count. */
function linesOf(text: string): readonly object[] {
  const lines = text.split('\n').slice(0, -1); // what is behind the last end of line is nothing, or no whole line
  const records = lines.map(line => JSON.parse(line));
  if (records.at(-1)?.end === true) return records.slice(0, -1);
  return records.filter(({ file }) => file === undefined || file !== records.at(-1).file);
}

/** One a kernel's release: a later fix of it takes the place of the former. */
function nameOf({ where, kernel }: Machine): string {
  return `${where} ${kernel.split('.').slice(0, 2).join('.')}`;
}

function outcomesOf(lines: readonly Line[], time: string): ReadonlyMap<string, Outcome> {
  const wanted = lines.filter(({ file }) => file.startsWith(FAMILIES));
  const files = groupBy([...wanted, ...suitesOf(lines)], ({ file }) => file);
  const named = (some: readonly Line[], status: Line['status']) =>
    some.filter(line => line.status === status).map(({ name }) => name);
  return new Map(
    [...files].map(([file, some]) => [
      file,
      {
        time,
        passed: named(some, 'passed'),
        failed: named(some, 'failed'),
        skipped: Object.fromEntries(
          some.filter(({ status }) => status === 'skipped').map(({ name, reason = '' }) => [name, reason]),
        ),
      },
    ]),
  );
}

/** A suite has passed if all of its tests have, and failed if one has. */
function suitesOf(lines: readonly Line[]): Line[] {
  const suites = groupBy(
    lines.filter(({ file }) => file === CONFORMANCE),
    ({ name }) => name.split(' › ')[0]!,
  );
  return [...suites].map(([name, [first, ...others]]) => {
    const worst = [first!, ...others].find(({ status }) => status === 'failed') ?? first!;
    return { ...worst, name };
  });
}

function withoutOld({ machines, outcomes }: Proof): Proof {
  const there = Object.entries(outcomes)
    .filter(([file]) => existsSync(join(root, file)))
    .map(([file, byMachine]) => [file, sorted(byMachine)] as const);
  const used = new Set(there.flatMap(([, byMachine]) => Object.keys(byMachine)));
  const machinesUsed = Object.entries(machines).filter(([name]) => used.has(name));
  return { machines: sorted(Object.fromEntries(machinesUsed)), outcomes: sorted(Object.fromEntries(there)) };
}

/** By key, so that the file changes only where what it says does. */
function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
