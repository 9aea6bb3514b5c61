// Makes a fresh clone ready: dependencies, addon, compiled TypeScript. Does only what is out of date.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const run = (command, ...args) => execFileSync(command, args, { stdio: 'inherit' });

// Not `npm ci`: it refuses a lock file that lacks the binaries of other platforms, and a registry may not carry them all.
const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs)
  run('npm', 'install', '--no-save', '--no-audit', '--no-fund');
run(process.execPath, 'scripts/build-native.mjs');
run(process.execPath, 'node_modules/typescript-7/bin/tsc', '-b', 'tsconfig.dev.json');
