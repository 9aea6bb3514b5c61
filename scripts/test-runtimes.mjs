// Runs the program of test/runtime and the conformance suite on every runtime that is installed (scripts/matrix/cells.mjs),
// and prints a matrix. To install them: npm run runtimes -- --all.
//
//   usage: npm run test:runtimes [-- [--quick] [<part of a name> …]]    --quick: without the conformance suite
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cells, lackOf } from './matrix/cells.mjs';
import { reasonOf } from './matrix/known.mjs';
import { readResults } from './matrix/results.mjs';
import { root } from './native-sources.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const program = join(root, 'build/test/runtime/program.js');
const suite = join(root, 'build/test/conformance/main-thread.test.js');
const limits = { program: 120_000, suite: 900_000 };

function run([command, ...args], environment, timeout) {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  return spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...inherited, NO_COLOR: '1', ...environment },
    maxBuffer: 1 << 28,
    timeout,
    killSignal: 'SIGKILL',
  });
}

function runProgram(cell) {
  const { status, stdout, stderr } = run([...cell.run, program], cell.environment, limits.program);
  if (status === 0 && stdout.endsWith('done\n')) return { said: 'works', failed: false };
  return { said: 'fails', failed: true, more: [`${stdout}${stderr}`.slice(-2000)] };
}

function runSuite(cell) {
  const { status, stdout, stderr } = run([...cell.test, suite], cell.environment, limits.suite);
  const { passed, failures } = readResults(`${stdout}${stderr}`, cell.output);
  const counts = new Map();
  for (const failure of failures) {
    const reason = reasonOf(failure, cell) ?? `UNEXPLAINED: ${failure.name}\n${failure.error.slice(-1500)}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const ended = status !== null && passed > 0;
  const failed = !ended || [...counts.keys()].some(reason => reason.startsWith('UNEXPLAINED'));
  const said = ended ? `${passed} of ${passed + failures.length}` : 'did not end';
  const more = [...counts].map(([reason, count]) => `${count} × ${reason}`);
  return { said, failed, more: ended ? more : [...more, stderr.slice(-2000)] };
}

function runCell(cell) {
  const lack = lackOf(cell);
  if (lack !== undefined) return [{ said: 'not run', failed: false, more: [lack] }];
  const first = runProgram(cell);
  return values.quick || first.failed ? [first] : [first, runSuite(cell)];
}

const chosen = cells.filter(
  ({ name }) =>
    positionals.length === 0 || positionals.some(part => name.toLowerCase().includes(part.toLowerCase())),
);
console.log(`${'runtime'.padEnd(18)}${'binary'.padEnd(18)}${'program'.padEnd(9)}conformance`);
for (const cell of chosen) {
  const results = runCell(cell);
  const [first, second] = results;
  console.log(
    `${cell.name.padEnd(18)}${cell.target.padEnd(18)}${first.said.padEnd(9)}${second?.said ?? '-'}`,
  );
  for (const line of results.flatMap(({ more = [] }) => more)) console.log(`  ${line}`);
  if (results.some(({ failed }) => failed)) process.exitCode = 1;
}
