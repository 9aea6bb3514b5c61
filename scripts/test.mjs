// `npm test`: the formatter and linter, the native core, then every test. `npm test -- name` runs only the test files
// whose path contains `name`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { testFiles } from './test-files.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const names = process.argv.slice(2);
const files = testFiles(names);
if (files.length === 0) {
  console.error(`berkeley: no test file has ${names.join(' or ')} in its path`);
  process.exit(1);
}

const node = process.execPath;
const steps = [[node, '--test', '--test-timeout=300000', '--expose-gc', ...files]];
if (names.length === 0) {
  steps.unshift(
    [node, 'node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'],
    [node, 'scripts/test-native.mjs'],
  );
}
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
