'use strict';
// Finds and loads the addon. It is CommonJS with one literal `require` per binary, because that is what bundlers follow.
const {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { dirname, join, resolve } = require('node:path');

/** A variable of the environment; `undefined` for an empty one, and where reading it is not permitted (Deno throws). */
function variable(name) {
  try {
    return process.env[name] || undefined;
  } catch {
    return undefined;
  }
}

/** Reads a file; `undefined` if there is none or it is not permitted. At most `size` bytes where a size is given. */
function read(file, size) {
  try {
    if (size === undefined) return readFileSync(file);
    const bytes = Buffer.alloc(size);
    const fd = openSync(file, 'r');
    try {
      return bytes.subarray(0, readSync(fd, bytes, 0, size, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

/** Whether there is a file; a runtime that may not look says yes, and loading it says more. */
function exists(file) {
  try {
    return existsSync(file);
  } catch {
    return true;
  }
}

const PT_INTERP = 3;

/** The dynamic loader that a 64-bit or 32-bit ELF executable asks for, by its first bytes; '' if it names none. */
function interpreter(bytes) {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 4) !== '\x7fELF') return '';
  const wide = bytes[4] === 2;
  const little = bytes[5] === 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = at => (wide ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const [headers, size, count] = [
    word(wide ? 32 : 28),
    view.getUint16(wide ? 54 : 42, little),
    view.getUint16(wide ? 56 : 44, little),
  ];
  for (let at = headers; at < headers + size * count && at + size <= bytes.length; at += size) {
    if (view.getUint32(at, little) !== PT_INTERP) continue;
    const [offset, length] = [word(at + (wide ? 8 : 4)), word(at + (wide ? 32 : 16))];
    return bytes.toString('latin1', offset, offset + length).replace(/\0.*$/, '');
  }
  return '';
}

/** The version of glibc by the runtime's report; `undefined` on musl, and on a runtime without reports. */
function reportedGlibc() {
  const { report } = process;
  if (typeof report?.getReport !== 'function') return undefined;
  const excluded = report.excludeNetwork;
  try {
    report.excludeNetwork = true; // else it looks up the names of every peer
    return report.getReport()?.header?.glibcVersionRuntime;
  } catch {
    return undefined;
  } finally {
    report.excludeNetwork = excluded;
  }
}

/**
 * Which C library this process runs on: 'glibc' or 'musl'. The executable's own loader tells; where it cannot be read, the
 * runtime's report; where there is none, the loader that `ldd` of the system is.
 */
function libc() {
  const loader = interpreter(read('/proc/self/exe', 4096) ?? Buffer.alloc(0));
  if (loader !== '') return loader.includes('ld-musl') ? 'musl' : 'glibc';
  if (reportedGlibc() !== undefined) return 'glibc';
  return read('/usr/bin/ldd')?.includes('musl') ? 'musl' : 'glibc';
}

/** A sentence about a binary that is for the other C library; its loader only complains about a file that the user never named. */
function mismatch(file) {
  if (process.platform !== 'linux') return [];
  const text = read(file)?.toString('latin1') ?? '';
  const linked = text.includes('\0libc.so.6\0') ? 'glibc' : text.includes('\0libc.so\0') ? 'musl' : libc();
  return linked === libc() ? [] : [`It is linked against ${linked}, and this process runs on ${libc()}.`];
}

/** The name of the binary that this process needs, as the files of `prebuilds` are named. */
function target() {
  const name = `${process.platform}-${process.arch}`;
  return process.platform === 'linux' && libc() === 'musl' ? `${name}-musl` : name;
}

/** The path of a binary of this package. */
function own(name) {
  return join(__dirname, 'prebuilds', `${name}.node`);
}

/** Loads the binary of a target; throws if this package has none. */
function fromPackage(name) {
  // In a `try`, so that a bundler passes over the binaries that are not there.
  try {
    switch (name) {
      case 'linux-x64':
        return require('./prebuilds/linux-x64.node');
      case 'linux-arm64':
        return require('./prebuilds/linux-arm64.node');
      case 'linux-arm':
        return require('./prebuilds/linux-arm.node');
      case 'linux-riscv64':
        return require('./prebuilds/linux-riscv64.node');
      case 'linux-ppc64':
        return require('./prebuilds/linux-ppc64.node');
      case 'linux-s390x':
        return require('./prebuilds/linux-s390x.node');
      case 'linux-x64-musl':
        return require('./prebuilds/linux-x64-musl.node');
      case 'linux-arm64-musl':
        return require('./prebuilds/linux-arm64-musl.node');
      case 'darwin-x64':
        return require('./prebuilds/darwin-x64.node');
      case 'darwin-arm64':
        return require('./prebuilds/darwin-arm64.node');
      case 'freebsd-x64':
        return require('./prebuilds/freebsd-x64.node');
      case 'win32-x64':
        return require('./prebuilds/win32-x64.node');
      case 'win32-arm64':
        return require('./prebuilds/win32-arm64.node');
    }
  } catch (error) {
    throw failure(name, own(name), error);
  }
  // Built here, for a platform that no binary is published for.
  const file = own(name);
  if (exists(file)) return fromFile(name, file);
  throw failure(name, file, undefined);
}

/** Loads a binary by its absolute path, with a `require` that bundlers do not follow. */
function fromFile(name, file) {
  try {
    return createRequire(file)(file);
  } catch (error) {
    throw failure(name, file, error);
  }
}

/** The module `node:sea` in a single executable application of Node.js; `undefined` elsewhere. */
function executable() {
  const sea = process.getBuiltinModule?.('node:sea');
  return sea?.isSea?.() ? sea : undefined;
}

/** The path of a binary beside the executable. */
function beside(name) {
  return join(dirname(process.execPath), `${name}.node`);
}

/** Loads a binary that an executable contains: from a file, because the system's loader reads nothing else. */
function fromAsset(name, bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-'));
  try {
    const file = join(folder, `${name}.node`);
    writeFileSync(file, bytes);
    return fromFile(name, file);
  } finally {
    try {
      rmSync(folder, { recursive: true });
    } catch {} // Windows does not delete a file that is loaded
  }
}

/** Loads the binary of a single executable: its asset of that name, or the file beside it. */
function fromExecutable(name, { getRawAsset }) {
  let asset;
  try {
    asset = getRawAsset(`${name}.node`);
  } catch {} // there is none
  return asset === undefined ? fromFile(name, beside(name)) : fromAsset(name, new Uint8Array(asset));
}

const words32 = new Set(['arm', 'ia32', 'mips', 'mipsel', 'ppc', 's390']);

function runtimeName() {
  const { bun, deno, node } = process.versions;
  if (bun !== undefined) return `Bun ${bun}`;
  return deno === undefined ? `Node.js ${node}` : `Deno ${deno}`;
}

/** What to do about a failure. Where a permission is missing, no other binary would load either. */
function remedies(name, cause) {
  if (cause?.code === 'ERR_DLOPEN_DISABLED')
    return ['Run node without --no-addons, and with --allow-addons if it runs with --permission.'];
  if (/ run again with the --allow-\w+ flag/.test(cause?.message)) return []; // Deno says it itself
  return [
    'To build it, with a C compiler:',
    '  npm install node-api-headers',
    `  node node_modules/berkeley/scripts/build-native.mjs --target ${name}`,
    'To use a binary from elsewhere, set BERKELEY_BINDING to its path.',
  ];
}

function failure(name, file, cause) {
  const bits = words32.has(process.arch) ? 32 : 64;
  const system = process.platform === 'linux' ? `, ${libc()}` : '';
  const reason = cause?.message.split('\n', 1)[0];
  const message = [
    `berkeley could not load its binary for ${name} (${runtimeName()}, a ${bits}-bit process${system}).`,
    exists(file) ? `${file} did not load: ${reason}` : `${file} does not exist.`,
    ...mismatch(file),
    ...(executable() === undefined
      ? []
      : [`A single executable needs ${name}.node as an asset, or beside it.`]),
    ...remedies(name, cause),
  ];
  return new Error(message.join('\n'), { cause });
}

/**
 * Loads the addon: the file in BERKELEY_BINDING, relative to the working directory; in a single executable, the binary that
 * it has; else that of this package.
 */
function load() {
  const override = variable('BERKELEY_BINDING');
  const name = target();
  const sea = executable();
  if (override !== undefined) return checked(name, resolve(override), fromFile(name, resolve(override)));
  if (sea !== undefined) return checked(name, beside(name), fromExecutable(name, sea));
  return checked(name, own(name), fromPackage(name));
}

/** Throws if an addon is not this package's. */
function checked(name, file, addon) {
  if (typeof addon.open === 'function') return addon;
  throw failure(name, file, new TypeError('it is another addon'));
}

exports.interpreter = interpreter;
exports.libc = libc;
exports.load = load;
exports.target = target;
