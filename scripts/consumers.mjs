// Installs bundlers, test runners and package checkers into build/consumers. The tests of test/package and
// scripts/import-cost.mjs use them.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../build/consumers', import.meta.url));
const packages = [
  ...['publint@0.3.25', '@arethetypeswrong/core@0.18.5'],
  ...['esbuild@0.28.2', 'rollup@4.68.8', 'webpack@5.112.2', 'node-loader@2.1.0'],
  ...['jest@30.5.2', 'vitest@5.1.1'],
  ...['koffi@3.3.4', 'postject@1.0.0-alpha.6'],
];

mkdirSync(folder, { recursive: true });
execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, ...packages], {
  stdio: 'inherit',
});
