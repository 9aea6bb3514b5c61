/** The columns of the tables: which compiler fills each, and how to get it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';
import type { Platform } from './subject.js';

export interface Column {
  readonly platform: Platform;
  readonly compiler: readonly string[];
  /** Said when the compiler is not here. */
  readonly cure: string;
}

/**
 * The kernel headers whose names, values and comments are recorded. Debian's, because they are the oldest that a
 * supported kernel matches; what is newer stands in `newer.ts`.
 */
export const pinned = { package: 'linux-libc-dev', version: '6.1', distribution: 'Debian 12' } as const;

/** A compiler that brings the headers of many systems: where scripts/compilers.mjs puts it, or that of the machine. */
const fetched = join(root, 'build/compilers/node_modules/.bin/zig');
const zig = [existsSync(fetched) ? fetched : 'zig', 'cc', '-ferror-limit=0'];

/** Returns the same compiler for a system whose headers it has. */
export function zigFor(target: string): readonly string[] {
  return [...zig, '-target', target];
}

/** The headers of the Node.js installation. uv/errno.h has the error numbers on Windows. */
const nodeHeaders = join(process.execPath, '../../include/node');

export const columns: readonly Column[] = [
  {
    platform: 'linux',
    compiler: [...command('CC', ['cc']), '-D_GNU_SOURCE', '-fmax-errors=0'],
    cure: 'apt-get install gcc linux-libc-dev libbluetooth-dev',
  },
  {
    platform: 'win32',
    compiler: [
      ...command('WIN32_CC', ['x86_64-w64-mingw32-gcc']),
      '-DWIN32_LEAN_AND_MEAN',
      '-D_WIN32_WINNT=0x0A00',
      '-DNTDDI_VERSION=0x0A00000C',
      ...['-idirafter', nodeHeaders],
    ],
    cure: 'apt-get install gcc-mingw-w64-x86-64-posix mingw-w64-x86-64-dev',
  },
  {
    platform: 'darwin',
    compiler: command('DARWIN_CC', zigFor('aarch64-macos')),
    cure: "npm run compilers; with DARWIN_CC='zig cc -target aarch64-macos -idirafter xnu/bsd' for what zig lacks",
  },
  {
    platform: 'freebsd',
    compiler: command('FREEBSD_CC', zigFor('x86_64-freebsd')),
    cure: 'npm run compilers',
  },
];

/** Headers newer than the recorded ones, to check `newer.ts` by. */
export const newerColumn: Column = {
  platform: 'linux',
  compiler: [...command('NEWER_CC', zigFor('x86_64-linux-gnu')), '-D_GNU_SOURCE'],
  cure: "npm run compilers; with NEWER_CC='cc -isystem …' for headers that are newer still",
};

/** A compiler and its arguments, as a variable of the environment says them. */
function command(variable: string, usual: readonly string[]): readonly string[] {
  return process.env[variable]?.split(' ') ?? usual;
}

export function isInstalled(column: Column): boolean {
  return spawnSync(column.compiler[0]!, ['--help'], { stdio: 'ignore' }).error === undefined;
}

/** The version of the kernel headers that a compiler sees: `6.1.187`. */
export function kernelHeaders({ compiler }: Column): string | undefined {
  const [program, ...flags] = compiler as [string, ...string[]];
  const run = spawnSync(program, [...flags, '-E', '-dM', '-include', 'linux/version.h', '-xc', '/dev/null'], {
    encoding: 'utf8',
  });
  const code = Number(/define LINUX_VERSION_CODE (\d+)/.exec(run.stdout ?? '')?.[1]);
  return Number.isNaN(code) ? undefined : `${code >> 16}.${(code >> 8) & 255}.${code & 255}`;
}

/** Whether a version, `6.1.187`, is one of a release, `6.1`, or later. */
export function isSince(version: string, release: string): boolean {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  const [thisMajor = 0, thisMinor = 0] = version.split('.').map(Number);
  return thisMajor > major || (thisMajor === major && thisMinor >= minor);
}
