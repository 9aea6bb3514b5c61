// The C files of the addon for each platform, and how they are compiled. The porting contract is
// native/core/platform.h.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The published package has all sources in this file, because most programs need none of them. */
const joined = join(root, 'native/sources.c');

/** The line before each source in that file. */
const HEADING = /^\/\* ={4} (\S+) ={4} \*\/\n/gm;

/** Joins sources: the texts by their paths. */
export function joinSources(sources) {
  return Object.entries(sources)
    .map(([path, text]) => `/* ==== ${path} ==== */\n${text}`)
    .join('');
}

/** The reverse of `joinSources`. */
export function separateSources(text) {
  const [, ...parts] = text.split(HEADING);
  const paths = parts.filter((_, index) => index % 2 === 0);
  return Object.fromEntries(paths.map((path, index) => [path, parts[2 * index + 1]]));
}

/** Writes the sources of the package to a temporary directory, which exists until the process ends. */
function unpacked() {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-native-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(separateSources(readFileSync(joined, 'utf8')))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The directory that has `native/core` and `native/glue`. */
const sources = existsSync(joined) ? unpacked() : root;

const posix = [
  ...['posix.c', 'options.c', 'message.c', 'wait.c', 'names.c'],
  ...['resolve.c', 'owned.c', 'control.c', 'batch.c'],
];
const win32 = [
  ...['win32.c', 'win32_data.c', 'win32_errors.c', 'win32_files.c', 'win32_host.c', 'win32_names.c'],
  ...[
    'win32_options.c',
    'win32_resolve.c',
    'win32_share.c',
    'win32_start.c',
    'win32_table.c',
    'win32_wait.c',
    'afd.c',
    'afd_poller.c',
  ],
  ...['batch.c', 'resolve.c', 'owned.c'],
];
const wakeups = ['wakeup_uv.c', 'wakeup_thread.c'];
const glue = [
  ...[
    'addon.c',
    'call.c',
    'owned.c',
    'socket.c',
    'options.c',
    'message.c',
    'poller.c',
    'names.c',
    'resolve.c',
  ],
];
const posixFlags = ['-std=c11', '-fPIC', '-pthread', '-D_GNU_SOURCE'];
const elfFlags = ['-Wl,-z,relro,-z,now'];

/** The parts and flags that differ between platforms. */
const platforms = {
  linux: {
    core: ['linux.c', 'epoll.c', ...posix],
    glue: wakeups,
    flags: posixFlags,
    link: elfFlags,
    libraries: [],
  },
  darwin: {
    core: ['bsd.c', 'darwin.c', 'kqueue.c', ...posix],
    glue: wakeups,
    flags: posixFlags,
    // The linker of macOS must be told that the executable that loads the addon provides the functions of
    // Node-API.
    link: ['-Wl,-undefined,dynamic_lookup', '-Wl,-install_name,@rpath/berkeley.node'],
    libraries: [],
  },
  freebsd: {
    core: ['bsd.c', 'kqueue.c', ...posix],
    glue: wakeups,
    flags: posixFlags,
    link: elfFlags,
    libraries: [],
  },
  win32: {
    core: win32,
    glue: ['node_functions.c', 'share.c', 'wakeup_win32.c'],
    flags: ['-std=gnu11'],
    link: [],
    libraries: ['-lws2_32', '-liphlpapi', '-lntdll'],
    compiler: ['x86_64-w64-mingw32-gcc', '-static-libgcc'],
  },
};

/** Why the addon cannot be built for a platform; `undefined` if it can. */
export function missing(platform) {
  if (platforms[platform] === undefined) return `there is no native core for ${platform}`;
  const lacking = coreFiles(platform).filter(file => !existsSync(file));
  return lacking.length > 0 ? `these files are missing: ${lacking.join(', ')}` : undefined;
}

/** The files of the core, which are plain C. */
export function coreFiles(platform) {
  return platforms[platform].core.map(file => join(sources, 'native/core', file));
}

/** Every C file of the addon. */
export function sourceFiles(platform) {
  const files = [...glue, ...platforms[platform].glue];
  return [...coreFiles(platform), ...files.map(file => join(sources, 'native/glue', file))];
}

export function headerFiles() {
  return ['native/core', 'native/glue'].flatMap(folder =>
    readdirSync(join(sources, folder))
      .filter(file => file.endsWith('.h'))
      .map(file => join(sources, folder, file)),
  );
}

/** Returns the flags for the compiler. */
export function compileFlags(platform) {
  const napi = createRequire(import.meta.url)('node-api-headers').include_dir;
  return [
    ...['-O2', '-fvisibility=hidden', '-shared', '-Wall', '-Wextra', '-Werror'],
    ...platforms[platform].flags,
    // File offsets have 64 bits, on 32-bit systems too.
    ...['-D_FILE_OFFSET_BITS=64', '-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=berkeley'],
    ...['-s', '-I', napi, '-I', join(sources, 'native')],
  ];
}

/** Returns the flags for the linker. */
export function linkFlags(platform) {
  return platforms[platform].link;
}

/** Returns the libraries to link. They come last on the command line. */
export function libraries(platform) {
  return platforms[platform].libraries;
}

/** Returns the default compiler if `CC` is not set, with its own flags. */
export function defaultCompiler(platform) {
  return platforms[platform].compiler ?? ['cc'];
}
