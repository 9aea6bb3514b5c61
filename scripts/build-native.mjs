// Compiles the addon with only a C compiler: the Node-API headers are an npm package, and no libuv or V8
// header is needed, so the same command line works for a cross compiler (CC=aarch64-linux-gnu-gcc).
//
//   usage: node scripts/build-native.mjs [--force] [--target <platform>-<arch>]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  compileFlags,
  defaultCompiler,
  headerFiles,
  libraries,
  linkFlags,
  missing,
  root,
  sourceFiles,
} from './native-sources.mjs';

const here = createRequire(import.meta.url)('../binding.cjs').target();
const { values } = parseArgs({
  options: { force: { type: 'boolean' }, target: { type: 'string', default: here } },
});

const [platform] = values.target.split('-');
const reason = missing(platform);
if (reason !== undefined) {
  console.error(`berkeley: the addon cannot be built for ${values.target}: ${reason}`);
  process.exit(1);
}

const sources = sourceFiles(platform);
const scripts = ['build-native.mjs', 'native-sources.mjs'].map(file => join(root, 'scripts', file));
const output = join(root, 'prebuilds', `${values.target}.node`);
const newest = Math.max(...[...sources, ...headerFiles(), ...scripts].map(file => statSync(file).mtimeMs));
if (!values.force && existsSync(output) && statSync(output).mtimeMs >= newest) process.exit(0);

const [compiler, ...own] = process.env.CC === undefined ? defaultCompiler(platform) : [process.env.CC];
mkdirSync(join(root, 'prebuilds'), { recursive: true });
// Written to another file and renamed, so that a process that has mapped the old addon keeps its own copy.
const temporary = `${output}.${process.pid}`;
try {
  const flags = [...own, ...compileFlags(platform), ...linkFlags(platform)];
  execFileSync(compiler, [...flags, '-o', temporary, ...sources, ...libraries(platform)], {
    stdio: 'inherit',
  });
} catch (error) {
  console.error(
    error.code === 'ENOENT'
      ? `berkeley: no C compiler ("${compiler}") was found; install gcc or clang, or set CC`
      : `berkeley: the addon did not compile`,
  );
  process.exit(1);
}
renameSync(temporary, output);
console.log(`built ${output.slice(root.length)} (${statSync(output).size} bytes)`);
