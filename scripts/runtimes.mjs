// Installs runtimes from their npm packages. Bun and Deno go into build/runtimes, which the tests of
// test/runtime use. With --all, those of `npm run test:runtimes` go into build/matrix and take 2 GB of disk
// space.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cells, muslFolder, npms } from './matrix/cells.mjs';
import { root } from './native-sources.mjs';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } });

function install(folder, packages, ...options) {
  mkdirSync(folder, { recursive: true });
  const quiet = ['--no-save', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...quiet, ...options, '--prefix', folder, ...packages], {
    stdio: 'inherit',
  });
}

function installUsual() {
  const packages = {
    'linux-x64': ['@oven/bun-linux-x64', '@deno/linux-x64-glibc'],
    'linux-arm64': ['@oven/bun-linux-aarch64', '@deno/linux-arm64-glibc'],
  }[`${process.platform}-${process.arch}`];
  if (packages === undefined) {
    console.error(`berkeley: no Bun or Deno package is known for ${process.platform}-${process.arch}`);
    process.exit(1);
  }
  install(join(root, 'build/runtimes'), packages);
}

/**
 * Bun for musl is linked against a libstdc++. Debian's works, with a library in between for what it needs
 * from glibc.
 */
function prepareMusl() {
  const libraries = ['/usr/lib/x86_64-linux-gnu/libstdc++.so.6', '/lib/x86_64-linux-gnu/libgcc_s.so.1'];
  const zig = join(root, 'build/compilers/node_modules/.bin/zig');
  if (!existsSync(zig) || !libraries.every(file => existsSync(file))) return;
  mkdirSync(muslFolder, { recursive: true });
  for (const file of libraries) copyFileSync(file, join(muslFolder, file.split('/').at(-1)));
  const output = join(muslFolder, 'ld-linux-x86-64.so.2');
  const flags = ['cc', '-target', 'x86_64-linux-musl', '-D_GNU_SOURCE', '-O1', '-fPIC', '-shared'];
  const cache = join(root, 'build/compilers/cache');
  execFileSync(zig, [...flags, '-o', output, join(root, 'scripts/matrix/musl-shim.c')], {
    stdio: 'inherit',
    env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
  });
}

if (values.all) {
  // npm refuses packages of other architectures without --force.
  for (const cell of cells)
    if (!existsSync(cell.needs[0])) install(cell.prefix, [cell.package], '--force', '--ignore-scripts');
  for (const npm of npms)
    if (!existsSync(npm.file)) install(npm.prefix, [npm.package], '--force', '--ignore-scripts');
  prepareMusl();
} else {
  installUsual();
}
