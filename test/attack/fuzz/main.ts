/**
 * Gives ten million random inputs to every reader of bytes, pair of functions and public call.
 *
 * usage: node build/test/attack/fuzz/main.js [--seed N] [--short | --long] [--inputs N] [--only text] [--first]
 *   [--json file] [--sanitize kind]
 *
 * Without --long a tenth of the inputs, with --short a hundredth. --only: the targets whose name contains the text. --first:
 * ends with the first fault. --sanitize: with an addon that
 * was compiled with sanitizers, `memory` (address and undefined behaviour) or `threads` (data races), only the calls. Each fault is printed with the seed
 * and the smallest input, which can be committed as a case in test/attack/fuzz/cases.
 */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { collectGarbage, warmUp } from '../../support/descriptors.js';
import { type Figure, printFigure } from '../outcome.js';
import { attackNative, skip as skipNative } from './native.js';
import { attack, type Fault } from './run.js';
import { runSanitized } from './sanitized.js';
import type { Target } from './target.js';
import { fast, slow } from './targets.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    long: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    first: { type: 'boolean', default: false },
    inputs: { type: 'string' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    sanitize: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
const inputs = Number(values.inputs ?? (values.long ? 10_000_000 : values.short ? 100_000 : 1_000_000));

/** One input in this many is a call that makes system calls, which takes a hundred times as long. */
const SLOW = 100;
/** The inputs of a target per piece. A piece has a seed of its own, so that it can be repeated alone. */
const PIECE = 2000;

/** Gives a target its inputs, until it fails. Returns how many they were, and the fault. */
async function attackTarget(target: Target, count: number): Promise<{ given: number; fault?: Fault }> {
  for (let done = 0; done < count; done += PIECE) {
    const most = Math.min(PIECE, count - done);
    const { fault, given } = await attack(target, most, seed + done);
    if (fault !== undefined) return { given: done + given, fault };
  }
  return { given: count };
}

function told({ target, seed, input, error }: Fault): string {
  return `${target}, --seed ${seed}: ${input}\n${error}`;
}

function report(fault: Fault): void {
  console.log(`FAULT ${told(fault)}\n`);
}

/** What the inputs of one kind of target have found. */
interface Found {
  readonly faults: readonly Fault[];
  /** How many inputs there were, for how many targets. */
  readonly given: number;
  readonly targets: number;
  readonly milliseconds: number;
}

const NONE: Found = { faults: [], given: 0, targets: 0, milliseconds: 0 };

/** Divides a number of inputs among targets by their weight. */
async function attackAll(targets: readonly Target[], total: number): Promise<Found> {
  const start = performance.now();
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  const faults: Fault[] = [];
  let given = 0;
  for (const target of targets) {
    const count = Math.ceil((total * target.weight) / weights);
    const { given: own, fault } = await attackTarget(target, count);
    given += own;
    if (fault === undefined) continue;
    faults.push(fault);
    report(fault);
    if (values.first) break;
  }
  return { faults, given, targets: targets.length, milliseconds: performance.now() - start };
}

/** The figures of one kind of target. */
function figuresOf(of: string, { faults, given, targets, milliseconds }: Found): Figure[] {
  const scene = 'fuzz';
  return [
    { scene, of, name: 'targets', value: targets },
    { scene, of, name: 'inputs', value: given },
    { scene, of, name: 'faults', value: faults.length },
    { scene, of, name: 'duration', value: Math.round(milliseconds / 1000), unit: 's' },
    { scene, of, name: 'rate', value: Math.round((given / milliseconds) * 1000), unit: 'per second' },
  ];
}

/** How long a query of the C library's resolver, whose caller has given up, can keep its socket. In milliseconds. */
const RESOLVING = 60_000;

/** libuv opens /dev/null with the first stream of a loop, and keeps it: uv__stream_init() of src/unix/stream.c. */
async function openStream(): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  await new Promise(resolve => server.close(resolve));
}

/** The files of the descriptors that are open, one line for each. */
function listDescriptors(): string[] {
  return readdirSync('/proc/self/fd').flatMap(fd => {
    try {
      return [`${fd} ${readlinkSync(`/proc/self/fd/${fd}`)}`];
    } catch {
      return []; // that of the list itself
    }
  });
}

/** Returns the descriptors that were not open before, when the sockets that were lost to the collector are closed. */
async function descriptorsLeft(before: readonly string[]): Promise<string[]> {
  const added = () => listDescriptors().filter(line => !before.includes(line));
  for (const end = performance.now() + RESOLVING; added().length > 0 && performance.now() < end; ) {
    collectGarbage();
    await delay(10);
  }
  return added();
}

/** Gives the reader in C its inputs, which are not shrunk. */
async function attackReaderInC(total: number): Promise<{ inputs: number; failure?: string }> {
  if (skipNative !== false) console.log(`skipped, control data in C: ${skipNative}`);
  if (skipNative !== false || values.only !== '') return { inputs: 0 };
  const failure = await attackNative(total, seed);
  return failure === undefined ? { inputs: total } : { inputs: total, failure };
}

async function run(): Promise<void> {
  const chosen = (targets: readonly Target[]) => targets.filter(({ name }) => name.includes(values.only));
  await warmUp();
  await openStream();
  const start = performance.now();
  const descriptors = listDescriptors();
  const used = process.cpuUsage();
  const ofCalls = await attackAll(chosen(slow), Math.ceil(inputs / SLOW));
  const isOver = values.first && ofCalls.faults.length > 0;
  const ofReaders = isOver ? NONE : await attackAll(chosen(fast), inputs - Math.ceil(inputs / SLOW));
  const inC = await attackReaderInC(inputs);
  const { user, system } = process.cpuUsage(used);
  const scene = 'fuzz';
  const left = await descriptorsLeft(descriptors);
  const resident = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const figures: Figure[] = [
    ...figuresOf('readers, pairs and computations', ofReaders),
    ...figuresOf('calls that make system calls', ofCalls),
    { scene, of: 'the reader of control data in C, with sanitizers', name: 'inputs', value: inC.inputs },
    { scene, name: 'inputs', value: ofReaders.given + ofCalls.given + inC.inputs },
    { scene, name: 'processor time', value: Math.round((user + system) / 1e6), unit: 's' },
    { scene, name: 'descriptors that stayed open', value: left.length },
    { scene, name: 'resident memory at the end', value: resident, unit: 'MiB' },
  ];
  const failures = [...ofCalls.faults, ...ofReaders.faults].map(told);
  if (inC.failure !== undefined) failures.push(inC.failure);
  if (left.length > 0) failures.push(`descriptors stayed open: ${left.join(', ')}`);
  finish(figures, failures, (performance.now() - start) / 1000);
}

function finish(figures: readonly Figure[], failures: readonly string[], seconds: number): void {
  for (const figure of figures) printFigure(figure);
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
