// Compiles the addon with nothing but a C compiler: the Node-API headers are an npm package, and no
// libuv or V8 header is needed, so the same command line works for a cross compiler (CC=aarch64-linux-gnu-gcc).
//
//   usage: node scripts/build-native.mjs [--force] [--target <platform>-<arch>]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const host = `${process.platform}-${process.arch}`;
const { values } = parseArgs({
  options: { force: { type: 'boolean' }, target: { type: 'string', default: host } },
});

/** The parts of the core that each platform is made of: the porting contract is native/core/platform.h. */
const platforms = {
  linux: {
    core: [
      'linux.c',
      'posix.c',
      'options.c',
      'message.c',
      'wait.c',
      'epoll.c',
      'names.c',
      'resolve.c',
      'owned.c',
      'control.c',
      'batch.c',
    ],
    glue: ['wakeup_uv.c', 'wakeup_thread.c'],
    libraries: ['-ldl'],
  },
  win32: {
    core: [
      'win32.c',
      'win32_data.c',
      'win32_errors.c',
      'win32_files.c',
      'win32_names.c',
      'win32_options.c',
      'win32_resolve.c',
      'win32_share.c',
      'win32_table.c',
      'win32_wait.c',
      'afd.c',
      'afd_poller.c',
      'batch.c',
      'resolve.c',
      'owned.c',
    ],
    glue: ['node_functions.c', 'share.c', 'wakeup_win32.c'],
    libraries: ['-static-libgcc', '-lws2_32', '-liphlpapi', '-lntdll'],
    compiler: 'x86_64-w64-mingw32-gcc',
    flags: ['-std=gnu11'],
  },
};

const [platform] = values.target.split('-');
const parts = platforms[platform];
if (parts === undefined) {
  console.error(
    `berkeley: there is no native core for ${values.target} yet; supported: ${Object.keys(platforms)}`,
  );
  process.exit(1);
}

const core = parts.core.map(file => join(root, 'native/core', file));
const glueNames = [
  'addon.c',
  'call.c',
  'owned.c',
  'socket.c',
  'options.c',
  'message.c',
  'poller.c',
  'names.c',
  'resolve.c',
  ...parts.glue,
];
const glue = glueNames.map(file => join(root, 'native/glue', file));
const headers = ['native/core', 'native/glue'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(file => file.endsWith('.h'))
    .map(file => join(root, folder, file)),
);
const output = join(root, 'prebuilds', `${values.target}.node`);

const newest = Math.max(
  ...[...core, ...glue, ...headers, fileURLToPath(import.meta.url)].map(file => statSync(file).mtimeMs),
);
if (!values.force && existsSync(output) && statSync(output).mtimeMs >= newest) process.exit(0);

const napi = createRequire(import.meta.url)('node-api-headers').include_dir;
const compiler = process.env.CC ?? parts.compiler ?? 'cc';
const flags = [
  ...['-O2', '-fvisibility=hidden', '-shared', '-Wall', '-Wextra', '-Werror', '-s'],
  ...(parts.flags ?? ['-std=c11', '-fPIC', '-pthread', '-D_GNU_SOURCE', '-Wl,-z,relro,-z,now']),
  ...['-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=berkeley', '-I', napi, '-I', join(root, 'native')],
];
mkdirSync(join(root, 'prebuilds'), { recursive: true });
// Written aside and renamed, so that a process that has the old addon mapped keeps its own copy.
const temporary = `${output}.${process.pid}`;
try {
  execFileSync(compiler, [...flags, '-o', temporary, ...core, ...glue, ...parts.libraries], {
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
