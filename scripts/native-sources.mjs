// What the addon is made of: the C files of each platform, and how they are compiled. The porting contract is
// native/core/platform.h.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const posix = [
  ...['posix.c', 'options.c', 'message.c', 'wait.c', 'names.c'],
  ...['resolve.c', 'owned.c', 'control.c'],
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

/** The parts that differ by platform. */
const platforms = {
  linux: { core: ['linux.c', 'epoll.c', ...posix], wakeups },
  darwin: { core: ['bsd.c', 'darwin.c', 'kqueue.c', ...posix], wakeups },
  freebsd: { core: ['bsd.c', 'kqueue.c', ...posix], wakeups },
};

/** Why the addon cannot be built for a platform; `undefined` if it can. */
export function missing(platform) {
  if (platforms[platform] === undefined) return `there is no native core for ${platform}`;
  const lacking = coreFiles(platform).filter(file => !existsSync(file));
  return lacking.length > 0 ? `these files are missing: ${lacking.join(', ')}` : undefined;
}

/** The files of the core, which are plain C. */
export function coreFiles(platform) {
  return platforms[platform].core.map(file => join(root, 'native/core', file));
}

/** Every C file of the addon. */
export function sourceFiles(platform) {
  const files = [...glue, ...platforms[platform].wakeups];
  return [...coreFiles(platform), ...files.map(file => join(root, 'native/glue', file))];
}

export function headerFiles() {
  return ['native/core', 'native/glue'].flatMap(folder =>
    readdirSync(join(root, folder))
      .filter(file => file.endsWith('.h'))
      .map(file => join(root, folder, file)),
  );
}

/** The flags that every compiler is given. */
export function compileFlags() {
  const napi = createRequire(import.meta.url)('node-api-headers').include_dir;
  return [
    ...[
      '-std=c11',
      '-O2',
      '-fPIC',
      '-fvisibility=hidden',
      '-shared',
      '-pthread',
      '-Wall',
      '-Wextra',
      '-Werror',
    ],
    // 64-bit offsets of files on 32-bit systems.
    ...['-D_GNU_SOURCE', '-D_FILE_OFFSET_BITS=64', '-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=berkeley'],
    ...['-s', '-I', napi, '-I', join(root, 'native')],
  ];
}

/** The flags of the linker. */
export function linkFlags(platform) {
  // macOS asks for a word that Node-API's functions are in the executable that loads the addon.
  if (platform === 'darwin')
    return ['-Wl,-undefined,dynamic_lookup', '-Wl,-install_name,@rpath/berkeley.node'];
  return ['-Wl,-z,relro,-z,now'];
}
