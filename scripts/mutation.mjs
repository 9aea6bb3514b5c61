// Changes the engine and the readers of bytes in many small ways (mutants), and tells which changes no test finds:
// https://stryker-mutator.io. Takes a quarter of an hour; not a part of `npm test`.
//
//   usage: npm run test:mutation [-- [<part> …] [--report] [--changed]]
//
// The parts, with their files and tests, are in test/attack/mutation/parts.mjs. `--changed` repeats only what can have another
// result since the last run. `--report` only writes the scores of the last runs to docs/reliability.md; so does a run of all
// parts.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parts } from '../test/attack/mutation/parts.mjs';
import { writeReport } from './mutation/report.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { report: { type: 'boolean', default: false }, changed: { type: 'boolean', default: false } },
});

/** Runs one part. Its result is in build/mutation. Returns the exit status. */
function mutate(name) {
  const command = join(dirname(process.execPath), 'npx');
  const options = ['--incremental', ...(values.changed ? [] : ['--force'])];
  const args = ['stryker', 'run', 'test/attack/mutation/config.mjs', ...options];
  const env = { ...process.env, BERKELEY_MUTATION: name };
  return spawnSync(command, args, { stdio: 'inherit', env }).status ?? 1;
}

const unknown = positionals.filter(name => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(
    `berkeley: there is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`,
  );
  process.exit(1);
}
const names = positionals.length > 0 ? positionals : Object.keys(parts);
const statuses = values.report ? [] : names.map(mutate);
process.exitCode = Math.max(0, ...statuses);
if (values.report || positionals.length === 0) writeReport(Object.keys(parts));
