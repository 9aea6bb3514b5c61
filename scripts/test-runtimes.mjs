// Tests the package on every runtime that is installed (scripts/matrix/cells.mjs), and prints a matrix. To install the
// runtimes: npm run runtimes -- --all. The columns:
//
//   program      the program of test/runtime, on the compiled sources
//   doctor       what the command line says of the runtime and the kernel
//   README       its first example, with the packed package as two versions of npm install it
//   conformance  the conformance suite, on the packed package
//   streams      the tests of test/streams, on runtimes that have streams of their own
//
//   usage: npm run test:runtimes [-- [--quick] [<part of a name> …]]    --quick: only the first three columns
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cells, lackOf, npms } from './matrix/cells.mjs';
import { doctorFaults } from './matrix/doctor.mjs';
import { Installed } from './matrix/installed.mjs';
import { reasonOf } from './matrix/known.mjs';
import { readResults } from './matrix/results.mjs';
import { root } from './native-sources.mjs';
import { testFiles } from './test-files.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const limits = { program: 120_000, suite: 900_000 };
const installed = new Installed();

function run([command, ...args], environment, timeout, cwd = root) {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  return spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...inherited, NO_COLOR: '1', ...environment },
    maxBuffer: 1 << 28,
    timeout,
    killSignal: 'SIGKILL',
  });
}

function runProgram(cell) {
  const program = join(root, 'build/test/runtime/program.js');
  const { status, stdout, stderr } = run([...cell.run, program], cell.environment, limits.program);
  if (status === 0 && stdout.endsWith('done\n')) return { said: 'works', failed: false };
  return { said: 'fails', failed: true, more: [`${stdout}${stderr}`.slice(-2000)] };
}

const doctor = [join(root, 'build/cli/main.js'), 'doctor', '--json'];
const reference = JSON.parse(run([process.execPath, ...doctor], {}, limits.program).stdout);

function runDoctor(cell) {
  const { status, stdout, stderr } = run([...cell.run, ...doctor], cell.environment, limits.program);
  if (status !== 0) return { said: 'fails', failed: true, more: [`${stdout}${stderr}`.slice(-2000)] };
  const more = doctorFaults(cell, JSON.parse(stdout), reference);
  return { said: more.length === 0 ? 'works' : 'fails', failed: more.length > 0, more };
}

function runExample(cell) {
  const failures = installed.failures(cell);
  const works = installed.installed.length - failures.length;
  return { said: `${works} of ${npms.length}`, failed: works < npms.length, more: failures };
}

/** The results of one test file: `ended` is false if the runner was killed or ran no test. */
function runFile(cell, file, cwd) {
  const { status, stdout, stderr } = run([...cell.test, file], cell.environment, limits.suite, cwd);
  const { passed, failures } = readResults(`${stdout}${stderr}`, cell.output);
  const ended = status !== null && passed + failures.length > 0 && (status === 0) === (failures.length === 0);
  return { passed, failures, ended, output: `${file}: exit status ${status}\n${stderr.slice(-2000)}` };
}

function runFiles(cell, files, cwd) {
  const results = files.map(file => runFile(cell, file, cwd));
  const failures = results.flatMap(result => result.failures);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const counts = new Map();
  for (const failure of failures) {
    const reason = reasonOf(failure, cell) ?? `UNEXPLAINED: ${failure.name}\n${failure.error.slice(-1500)}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const unended = results.filter(({ ended }) => !ended).map(({ output }) => output);
  return {
    said: `${passed} of ${passed + failures.length}${unended.length > 0 ? ', did not end' : ''}`,
    failed: unended.length > 0 || [...counts.keys()].some(reason => reason.startsWith('UNEXPLAINED')),
    more: [...[...counts].map(([reason, count]) => `${count} × ${reason}`), ...unended],
  };
}

function runConformance(cell) {
  return runFiles(
    cell,
    [join(installed.tests, 'build/test/conformance/main-thread.test.js')],
    installed.tests,
  );
}

/** They replace functions of the addon's module, so they run on the compiled sources. */
function runStreams(cell) {
  return runFiles(
    cell,
    testFiles(['streams/']).map(file => join(root, file)),
    root,
  );
}

const columns = [
  { title: 'program', width: 9, run: runProgram },
  { title: 'doctor', width: 8, run: runDoctor },
  { title: 'README', width: 8, run: runExample },
  { title: 'conformance', width: 14, isSlow: true, run: runConformance },
  { title: 'streams', width: 10, isSlow: true, applies: cell => cell.streams, run: runStreams },
];

/** Runs what applies to a cell, unless the program fails there. */
function runCell(cell) {
  const lack = lackOf(cell);
  if (lack !== undefined) return [{ said: 'not run', failed: false, more: [lack] }];
  const results = [];
  for (const { isSlow = false, applies = () => true, run: runColumn } of columns) {
    const isSkipped = results[0]?.failed || (isSlow && values.quick) || !applies(cell);
    results.push(isSkipped ? { said: '-', failed: false } : runColumn(cell));
  }
  return results;
}

const line = (name, target, cellsOf) =>
  [name.padEnd(19), target.padEnd(16), ...columns.map(({ width }, i) => (cellsOf[i] ?? '-').padEnd(width))]
    .join(' ')
    .trimEnd();

const chosen = cells.filter(
  ({ name }) =>
    positionals.length === 0 || positionals.some(part => name.toLowerCase().includes(part.toLowerCase())),
);
for (const problem of installed.problems) console.log(problem);
if (installed.problems.length > 0) process.exitCode = 1;
console.log(
  line(
    'runtime',
    'binary',
    columns.map(({ title }) => title),
  ),
);
for (const cell of chosen) {
  const results = runCell(cell);
  console.log(
    line(
      cell.name,
      cell.target,
      results.map(({ said }) => said),
    ),
  );
  for (const text of results.flatMap(({ more = [] }) => more)) console.log(`  ${text}`);
  if (results.some(({ failed }) => failed)) process.exitCode = 1;
}
