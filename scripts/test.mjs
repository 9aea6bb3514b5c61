// `npm test`: everything, what fails cheapest first. `npm test -- name` runs only the test files whose path has `name`.
// What became of each test is written to build/results, from where `npm run proof` takes it.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recorded } from './record.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const wanted = process.argv.slice(2);

const files = ['dist', 'build/test']
  .flatMap(folder => readdirSync(folder, { recursive: true }).map(file => join(folder, file)))
  .filter(
    file => file.endsWith('.test.js') && (wanted.length === 0 || wanted.some(name => file.includes(name))),
  )
  .sort();

const node = process.execPath;
const reporter = process.stdout.isTTY ? 'spec' : 'tap';
const steps = [[node, '--test', '--test-timeout=300000', '--expose-gc', ...recorded(reporter), ...files]];
if (wanted.length === 0) {
  steps.unshift(
    [node, 'node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'],
    [node, 'scripts/test-native.mjs'],
  );
}
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
