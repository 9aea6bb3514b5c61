// `npm test`: the formatter and linter, the native core, then every test. `npm test -- name` runs only the test files
// whose path contains `name`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { testFiles } from './test-files.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const names = process.argv.slice(2);
if (testFiles(names).length === 0) {
  console.error(`berkeley: no test file has ${names.join(' or ')} in its path`);
  process.exit(1);
}

const node = process.execPath;
// The flags of this process are those of every test file, too.
const steps = [[node, '--expose-gc', '--test-timeout=300000', 'scripts/run-test-files.mjs', ...names]];
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
