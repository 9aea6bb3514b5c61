// Installs Bun and Deno, as their npm packages, into build/runtimes: the tests of test/runtime look for them there.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../build/runtimes', import.meta.url));
const packages = {
  'linux-x64': ['@oven/bun-linux-x64', '@deno/linux-x64-glibc'],
  'linux-arm64': ['@oven/bun-linux-aarch64', '@deno/linux-arm64-glibc'],
}[`${process.platform}-${process.arch}`];

if (packages === undefined) {
  console.error(`berkeley: no Bun or Deno package is known for ${process.platform}-${process.arch}`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, ...packages], {
  stdio: 'inherit',
});
