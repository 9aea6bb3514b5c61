// Checks what binaries require of the system that loads them, and what they export.
//
//   usage: node scripts/check-binaries.mjs [<folder>]    every target in the folder; the default is prebuilds
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isElf, readElf } from './binaries/elf.mjs';
import { isMachO, readMachO } from './binaries/mach-o.mjs';
import { muslSymbols } from './binaries/musl.mjs';
import { isPe, readPe } from './binaries/pe.mjs';
import { root } from './native-sources.mjs';
import { largest, targets } from './targets.mjs';

const musl = muslSymbols();

/** The symbols that Node.js looks up in an addon. No others may be exported. */
const registration = ['napi_register_module_v1', 'node_api_module_get_api_version_v1'];

/** Every Mach-O file exports these, whatever the linker options are. They are not used. */
const ownNames = ['_mh_dylib_header', '__dso_handle'];

/** Weak symbols of the C runtime, which may be missing. */
const runtime = [
  '__cxa_finalize',
  '__gmon_start__',
  '_ITM_deregisterTMCloneTable',
  '_ITM_registerTMCloneTable',
];

/** @returns {import('./binaries/reader.mjs').Binary} */
export function readBinary(bytes) {
  if (isElf(bytes)) return readElf(bytes);
  if (isMachO(bytes)) return readMachO(bytes);
  if (isPe(bytes)) return readPe(bytes);
  throw new Error('neither an ELF, nor a Mach-O, nor a PE file');
}

/** The faults of a target's binary, as text. */
export function problemsOf(file, target) {
  const bytes = readFileSync(file);
  const size = bytes.length > largest ? [`has ${bytes.length} bytes, more than ${largest}`] : [];
  return [...size, ...problemsIn(readBinary(bytes), target)];
}

/** @param {import('./targets.mjs').Target} target */
export function problemsIn(binary, target) {
  const arch = target.name.split('-')[1];
  const stray = binary.exports.filter(name => !registration.includes(name) && !isOwn(name, binary));
  const absent = registration.filter(name => !binary.exports.includes(name));
  const libraries = binary.libraries.filter(name => !target.libraries.includes(name));
  return [
    ...(binary.machine === arch ? [] : [`is for ${binary.machine}`]),
    ...stray.map(name => `exports ${name}`),
    ...absent.map(name => `does not export ${name}`),
    ...libraries.map(name => `needs ${name}`),
    ...binary.imports.flatMap(symbol => importProblem(symbol, binary, target) ?? []),
    ...(target.macos === undefined || !isNewer(binary.oldest, target.macos)
      ? []
      : [`needs macOS ${binary.oldest}`]),
    ...binary.faults,
  ];
}

function isOwn(name, { format }) {
  return format === 'Mach-O' && ownNames.includes(name);
}

function importProblem({ name, from, version, weak }, binary, target) {
  if (name.startsWith('uv_')) return `imports ${name}: not every runtime has libuv`;
  if (name.startsWith('napi_') || name.startsWith('node_api_')) return undefined;
  if (weak && runtime.includes(name)) return undefined;
  if (binary.format !== 'ELF') return from === undefined ? `imports ${name} of no library` : undefined;
  if (target.musl)
    return musl === undefined || musl.has(name) ? undefined : `imports ${name}, which musl lacks`;
  // The dynamic linker binds a symbol without a version to the oldest version, which may be another function.
  if (version === undefined) return `imports ${name} without a version`;
  return isAllowed(version, target.versions) ? undefined : `imports ${name} of ${version}`;
}

/** Whether a version, such as `GLIBC_2.17`, is not newer than another of the same library. */
function isAllowed(version, newest) {
  const [library, number] = version.split('_');
  const [ours, limit] = newest.split('_');
  return library === ours && !isNewer(number, limit);
}

/** Whether `2.28` is newer than `2.3`. */
function isNewer(version, than) {
  const [left, right] = [version, than].map(text => text.split('.').map(Number));
  const at = left.findIndex((number, i) => number !== (right[i] ?? 0));
  return at >= 0 && left[at] > (right[at] ?? 0);
}

function main([folder = join(root, 'prebuilds')]) {
  const here = targets.filter(({ name }) => existsSync(join(folder, `${name}.node`)));
  if (here.length === 0) console.log(`berkeley: no binary in ${folder}; to build them: npm run build:all`);
  for (const target of here) {
    const problems = problemsOf(join(folder, `${target.name}.node`), target);
    for (const problem of problems) console.error(`${target.name} ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
    else console.log(`${target.name.padEnd(18)} ok`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
