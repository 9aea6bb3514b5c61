// Finds tests that fail sometimes: runs the tests several times beside a busy loop per processor, and several times on one
// processor, and lists which failed how often. A test that failed once is a failure.
//
//   usage: node scripts/flaky.mjs [--times <number>] [--json <file>] [name ...]
//
// With names, only the test files whose path contains one of them.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { testFiles } from './test-files.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '10' }, json: { type: 'string' } },
});
const times = Number(values.times);
const files = testFiles(positionals);
if (files.length === 0 || !Number.isInteger(times) || times < 1) {
  console.error('usage: node scripts/flaky.mjs [--times <number>] [--json <file>] [name ...]');
  process.exit(1);
}

const flags = ['--test-timeout=600000', '--test-concurrency=2', '--expose-gc'];
const reporter = ['--test-reporter=./scripts/flaky/reporter.mjs', '--test-reporter-destination=stdout'];
const command = [process.execPath, '--test', ...flags, ...reporter, ...files];

/** Keeps every processor busy until the returned function is called. */
function spin() {
  const spinners = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  for (const spinner of spinners) children.add(spinner);
  return () => {
    for (const spinner of spinners) {
      spinner.kill('SIGKILL');
      children.delete(spinner);
    }
  };
}

/** The circumstances: what goes on beside the tests, and the command that they run under. */
const modes = [
  { name: 'beside a busy loop per processor', start: spin, under: [] },
  { name: 'on one processor', start: () => () => {}, under: ['taskset', '-c', '0'] },
];
if (spawnSync('taskset', ['-c', '0', 'true']).status !== 0) {
  console.error('flaky: needs taskset: apt-get install util-linux');
  process.exit(1);
}

/** What has to end with this program. */
const children = new Set();
const endAll = () => {
  for (const child of children) child.kill('SIGKILL');
};
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Runs the tests once, and yields the ones that failed, which the reporter writes as lines of JSON. */
async function* run({ start, under }) {
  const stop = start();
  const [program, ...args] = [...under, ...command];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const ended = once(child, 'close');
  try {
    let count = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      count++;
      yield JSON.parse(line);
    }
    const [code] = await ended;
    if (code !== 0 && count === 0) yield { file: '', name: `the run itself ended with ${code}`, error: '' };
  } finally {
    children.delete(child);
    stop();
  }
}

function record(mode, { file, name, error }) {
  const test = `${file}: ${name}`;
  const entry = found.get(test) ?? { test, failures: 0, errors: [] };
  entry.failures++;
  entry.errors.push({ mode: mode.name, error });
  found.set(test, entry);
  console.log(`  failed: ${test}\n    ${error}`);
}

const found = new Map();
for (let round = 1; round <= times; round++) {
  for (const mode of modes) {
    const start = performance.now();
    let failures = 0;
    for await (const failed of run(mode)) {
      failures++;
      record(mode, failed);
    }
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(`${round}/${times}, ${mode.name}: ${failures} failures in ${seconds} s`);
  }
}

const runs = times * modes.length;
const flaky = [...found.values()].sort((a, b) => b.failures - a.failures);
for (const { test, failures } of flaky) console.log(`${failures} of ${runs} runs: ${test}`);
console.log(`${files.length} files, ${runs} runs, ${flaky.length} tests that failed`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ files: files.length, runs, flaky }, undefined, 2)}\n`);
process.exitCode = flaky.length > 0 ? 1 : 0;
