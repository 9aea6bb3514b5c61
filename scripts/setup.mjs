// Prepares a fresh clone: dependencies, addon, compiled TypeScript, and the package as it is published. Does
// only what is out of date.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const run = (command, ...args) => execFileSync(command, args, { stdio: 'inherit' });

// Not `npm ci`: it refuses a lock file that lacks the binaries of other platforms, and a registry may not
// have them all.
const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs)
  run('npm', 'install', '--no-save', '--no-audit', '--no-fund');
run(process.execPath, 'scripts/build-native.mjs');
run(process.execPath, 'node_modules/typescript-7/bin/tsc', '-b', 'tsconfig.dev.json');

// Everything that scripts/build-package.mjs reads. The compiler writes its .tsbuildinfo when a module changes.
const filesIn = folder =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => `${entry.parentPath}/${entry.name}`);
const inputs = [
  ...['dist/.tsbuildinfo', 'package.json', 'package-lock.json', 'binding.cjs', 'README.md', 'CHANGELOG.md'],
  ...['scripts', 'prebuilds', 'native/core', 'native/glue'].flatMap(filesIn),
];
const output = 'build/package/package.json';
if (!existsSync(output) || inputs.some(file => statSync(file).mtimeMs > statSync(output).mtimeMs))
  run(process.execPath, 'scripts/build-package.mjs');
