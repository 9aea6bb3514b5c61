// Compiles the native core with the address and undefined-behaviour sanitizers, as plain C, and runs its tests.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const native = fileURLToPath(new URL('../native', import.meta.url));
/** The files for this platform: those for Windows have it in their names. */
const filesIn = folder =>
  readdirSync(join(native, folder)).filter(file => file.endsWith('.c') && !/^(win32|afd)/.test(file));
const out = mkdtempSync(join(tmpdir(), 'berkeley-native-'));
const program = join(out, 'test');
const run = (command, ...args) => {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} failed`);
};

try {
  const sources = ['core', 'test'].flatMap(folder => filesIn(folder).map(file => join(native, folder, file)));
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
