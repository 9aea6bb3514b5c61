/**
 * Gives ten million random inputs to every reader of bytes, pair of functions and public call.
 *
 * usage: node build/test/attack/fuzz/main.js [--seed N] [--long] [--inputs N] [--only text] [--json file] [--sanitize kind]
 *
 * Without --long a tenth of the inputs. --only: the targets whose name contains the text. --sanitize: with an addon that
 * was compiled with sanitizers, `memory` (address and undefined behaviour) or `threads` (data races), only the calls. Each fault is printed with the seed
 * and the smallest input, which can be committed as a case in test/attack/fuzz/cases.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countDescriptors, warmUp } from '../../support/descriptors.js';
import { attack, type Fault } from './run.js';
import { runSanitized } from './sanitized.js';
import type { Target } from './target.js';
import { fast, slow } from './targets.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    long: { type: 'boolean', default: false },
    inputs: { type: 'string' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    sanitize: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
const inputs = Number(values.inputs ?? (values.long ? 10_000_000 : 1_000_000));

/** One input in this many is a call that makes system calls, which takes a hundred times as long. */
const SLOW = 100;
/** The inputs of a target per piece. A piece has a seed of its own, so that it can be repeated alone. */
const PIECE = 2000;

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
}

/** Gives a target its inputs, until it fails. */
async function attackTarget(target: Target, count: number): Promise<Fault | undefined> {
  for (let done = 0; done < count; done += PIECE) {
    const fault = await attack(target, Math.min(PIECE, count - done), seed + done);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function report({ target, seed, input, error }: Fault): void {
  console.log(`FAULT ${target}, --seed ${seed}: ${input}\n${error}\n`);
}

/** Divides a number of inputs among targets by their weight. Returns the faults, and how many inputs there were. */
async function attackAll(
  targets: readonly Target[],
  total: number,
): Promise<{ faults: Fault[]; given: number }> {
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  const faults: Fault[] = [];
  let given = 0;
  for (const target of targets) {
    const count = Math.ceil((total * target.weight) / weights);
    const fault = await attackTarget(target, count);
    given += count;
    if (fault === undefined) continue;
    faults.push(fault);
    report(fault);
  }
  return { faults, given };
}

async function run(): Promise<void> {
  const chosen = (targets: readonly Target[]) => targets.filter(({ name }) => name.includes(values.only));
  const [readers, calls] = [chosen(fast), chosen(slow)];
  await warmUp();
  const start = performance.now();
  const descriptors = countDescriptors();
  const used = process.cpuUsage();
  const first = await attackAll(calls, Math.ceil(inputs / SLOW));
  const middle = performance.now();
  const second = await attackAll(readers, inputs - Math.ceil(inputs / SLOW));
  const end = performance.now();
  const faults = [...first.faults, ...second.faults];
  const perMillion = (milliseconds: number, count: number) =>
    Math.round((milliseconds * 1000) / Math.max(1, count));
  const { user, system } = process.cpuUsage(used);
  const figures: Figure[] = [
    { name: 'targets', value: readers.length + calls.length },
    { name: 'inputs', value: first.given + second.given },
    {
      name: 'seconds per million inputs of readers',
      value: perMillion(end - middle, second.given),
      unit: 's',
    },
    { name: 'seconds per million calls', value: perMillion(middle - start, first.given), unit: 's' },
    { name: 'processor time', value: Math.round((user + system) / 1e6), unit: 's' },
    { name: 'descriptors that stayed open', value: countDescriptors() - descriptors },
    {
      name: 'resident memory at the end',
      value: Math.round(process.memoryUsage.rss() / 2 ** 20),
      unit: 'MiB',
    },
    { name: 'faults', value: faults.length },
  ];
  finish(figures, faults, (end - start) / 1000);
}

function finish(figures: readonly Figure[], failures: readonly Fault[], seconds: number): void {
  for (const { name, value, unit = '' } of figures) console.log(`${name}: ${value} ${unit}`.trimEnd());
  const result = { part: 'fuzz', seed, seconds: Math.round(seconds), figures, failures };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

const json = values.json === undefined ? undefined : resolve(values.json);
if (values.sanitize !== undefined) process.exitCode = runSanitized(values.sanitize, process.argv.slice(2));
else {
  // A call with a path can make a file.
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-fuzz-'));
  process.chdir(folder);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  console.log(`--seed ${seed}`);
  await run();
}
