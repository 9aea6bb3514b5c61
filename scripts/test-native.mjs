// Compiles the native core with the address and undefined-behaviour sanitizers, as plain C, and runs its
// tests.
//
//   usage: node scripts/test-native.mjs [--compile <target>]    --compile: only compiles, for the target
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { coreFiles, root } from './native-sources.mjs';
import { targets } from './targets.mjs';

const { values } = parseArgs({ options: { compile: { type: 'string' } } });
const folder = join(root, 'native/test');
const tests = readdirSync(folder)
  .filter(file => file.endsWith('.c'))
  .map(file => join(folder, file));
const out = mkdtempSync(join(tmpdir(), 'berkeley-native-'));
const program = join(out, 'test');
const flags = [
  ...['-std=c11', '-g', '-O1', '-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE', '-D_FILE_OFFSET_BITS=64'],
  ...['-pthread', '-I', join(root, 'native'), '-o', program],
];

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} failed`);
}

function testHere() {
  const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];
  run(process.env.CC ?? 'cc', ...flags, ...sanitizers, ...coreFiles(process.platform), ...tests);
  run(program);
}

function compileFor(name) {
  const target = targets.find(one => one.name === name);
  if (target === undefined) throw new Error(`no such target: ${name}`);
  const zig = join(root, 'build/compilers/node_modules/.bin/zig');
  process.env.ZIG_GLOBAL_CACHE_DIR = join(root, 'build/compilers/cache');
  run(zig, 'cc', '-target', target.triple, ...flags, ...coreFiles(target.platform), ...tests);
}

try {
  if (values.compile === undefined) testHere();
  else compileFor(values.compile);
} catch (error) {
  console.error(`berkeley: the tests of the native core: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true });
}
