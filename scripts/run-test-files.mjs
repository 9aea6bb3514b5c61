// Runs the test files, each in a process of its own, as `node --test` does. `node --test` sorts the files by name, so that a
// long one can run alone at the end; here the longest start first. It also ends with the files that took longest, and with
// the failures: a log of thousands of tests is often kept or shown in part, and the end is the part that is kept.
//
//   usage: node --expose-gc --test-timeout=<milliseconds> scripts/run-test-files.mjs [name ...]
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { run } from 'node:test';
import { spec, tap } from 'node:test/reporters';
import { failureOf, linesOf } from './failures.mjs';
import { longestFirst, testFiles } from './test-files.mjs';

// Test files wait more than they compute. With two per processor, one computes while the other waits.
const concurrency = Math.max(4, 2 * availableParallelism());
const timeout = Number(process.execArgv.find(flag => flag.startsWith('--test-timeout='))?.split('=')[1]);

/** The milliseconds that the tests of each file took. */
const durations = new Map();
function count({ file, nesting, details }) {
  if (nesting === 0 && file !== undefined)
    durations.set(file, (durations.get(file) ?? 0) + details.duration_ms);
}

const results = run({
  files: longestFirst(testFiles(process.argv.slice(2))),
  concurrency,
  ...(timeout > 0 && { timeout }),
});
const failures = [];
results.on('test:pass', count);
results.on('test:fail', data => {
  count(data);
  const failure = failureOf({ type: 'test:fail', data });
  if (failure !== undefined) failures.push(failure);
  if (data.todo === undefined || data.todo === false) process.exitCode = 1;
});
const output = results.compose(process.stdout.isTTY ? new spec() : tap);
output.pipe(process.stdout);
output.on('end', () => {
  const longest = [...durations].sort(([, a], [, b]) => b - a).slice(0, 10);
  console.log('# the files that took longest');
  for (const [file, duration] of longest)
    console.log(`# ${(duration / 1000).toFixed(1).padStart(6)} s ${relative('', file)}`);
  if (failures.length > 0) console.log('# the tests that failed');
  for (const { file, line, name, error } of failures) {
    console.log(`# ${file}:${line} ${name}`);
    for (const text of linesOf(error, 12)) console.log(`#     ${text}`);
  }
});
