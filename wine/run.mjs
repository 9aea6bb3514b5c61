// Runs tests in a real node.exe for Windows, under Wine.
//
//   usage: node wine/run.mjs [--node 20|22] [name ...]
//
// Runs the test files whose path contains one of the names; without names, those of wine/files.mjs. Exits
// with status 1 if a test failed.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { testFiles } from '../scripts/test-files.mjs';
import { isForWindows, reasonToSkip } from './files.mjs';
import {
  buildAddon,
  environmentOf,
  fail,
  installNode,
  makePrefix,
  prepareMachine,
  wine,
} from './machine.mjs';

const project = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', default: '20' } },
});

/** The longest time for one file, in milliseconds. */
const LIMIT = 400_000;

/** Converts a path to that of a Windows process: Z: is the root of this machine. */
function windowsPath(path) {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/**
 * Runs one file. Its output goes to a file, because node.exe cannot use a pipe of Wine as its standard
 * output.
 */
async function runFile(node, file, output, environment) {
  const descriptor = openSync(output, 'w');
  const args = [node, '--expose-gc', '--test-reporter=tap', windowsPath(join(project, file))];
  const child = spawn(wine, args, { env: environment, stdio: ['ignore', descriptor, descriptor] });
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
  const status = await new Promise(settle => child.on('close', (code, signal) => settle(code ?? signal)));
  clearTimeout(timer);
  closeSync(descriptor);
  return { status, text: readFileSync(output, 'utf8') };
}

/** The totals at the end of the report: `# pass 12`. */
function totalsOf(text) {
  const count = name => Number([...text.matchAll(new RegExp(`^# ${name} (\\d+)`, 'gm'))].at(-1)?.[1] ?? 0);
  return { tests: count('tests'), pass: count('pass'), fail: count('fail'), skipped: count('skipped') };
}

/** Failed tests, with the reporter's details. The totals of suites are left out. */
function failuresOf(text) {
  const blocks = text.matchAll(/^( *)not ok \d+ - (.*)\n\1 {2}---\n((?:\1 {2}.*\n|\n)*?)\1 {2}\.\.\.$/gm);
  return [...blocks]
    .filter(([, , , detail]) => !/failureType: 'subtestsFailed'/.test(detail))
    .map(([block]) => block);
}

prepareMachine();
buildAddon(join(project, 'scripts/build-native.mjs'));
const folder = join(project, 'build/wine');
const node = installNode(folder, Number(values.node));
const environment = {
  ...environmentOf(folder),
  BERKELEY_WINE: '1',
  BERKELEY_BINDING: windowsPath(join(project, 'prebuilds/win32-x64.node')),
};
makePrefix(environment);
const files = testFiles(positionals).filter(file => positionals.length > 0 || isForWindows(file));
if (files.length === 0) fail(`no test file has ${positionals.join(' or ')} in its path`);
mkdirSync(join(folder, 'output'), { recursive: true });

const totals = { tests: 0, pass: 0, fail: 0, skipped: 0 };
for (const file of files) {
  const reason = reasonToSkip(file);
  if (reason !== undefined) {
    totals.tests++;
    totals.skipped++;
    console.log(`ok ${file} # SKIP ${reason}`);
    continue;
  }
  const output = join(folder, 'output', `${file.replace(/^build\/test\//, '').replaceAll('/', '-')}.tap`);
  const { status, text } = await runFile(node, file, output, environment);
  const found = totalsOf(text);
  const broken = status !== 0 && found.fail === 0;
  for (const name of Object.keys(totals)) totals[name] += found[name];
  if (broken) totals.fail++;
  console.log(
    `${status === 0 ? 'ok' : 'not ok'} ${file}: ${found.pass} of ${found.tests} passed, ${found.skipped} skipped`,
  );
  for (const failure of failuresOf(text)) console.log(failure);
  if (broken) console.log(`${text.split('\n').slice(-30).join('\n')}\nended with ${status}: ${output}`);
}
for (const [name, count] of Object.entries(totals)) console.log(`ℹ ${name} ${count}`);
process.exitCode = totals.fail === 0 ? 0 : 1;
