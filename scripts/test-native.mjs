// Compiles the native core with the address and undefined-behaviour sanitizers, as plain C, and runs its tests.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coreFiles, root } from './native-sources.mjs';

const native = join(root, 'native');
const out = mkdtempSync(join(tmpdir(), 'berkeley-native-'));
const program = join(out, 'test');
const run = (command, ...args) => {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} failed`);
};

try {
  const tests = readdirSync(join(native, 'test')).filter(file => file.endsWith('.c'));
  const sources = [...coreFiles(process.platform), ...tests.map(file => join(native, 'test', file))];
  const flags = [
    '-std=c11',
    '-g',
    '-O1',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-D_GNU_SOURCE',
    '-pthread',
    '-I',
    native,
  ];
  const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer'];
  run(process.env.CC ?? 'cc', ...flags, ...sanitizers, '-o', program, ...sources);
  run(program);
} catch (error) {
  console.error(`berkeley: the tests of the native core: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true });
}
