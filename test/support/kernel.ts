/**
 * Checks for what a test needs of the kernel and the machine, and the reasons for skipping. In the guest of vm/run.mjs
 * nothing is skipped: a missing requirement fails.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { release } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Family, type FamilyName, if_nametoindex, Socket, UnsupportedError } from 'berkeley';

/** Returns whether the kernel is Linux of at least this version: `'6.16'`. */
export function isLinuxSince(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [runningMajor = 0, runningMinor = 0] = release().split('.').map(Number);
  return runningMajor > major || (runningMajor === major && runningMinor >= minor);
}

/** Whether this runs in the guest of vm/run.mjs. */
export const inGuest = process.env.BERKELEY_VM === '1';

/** Whether Wine runs this process instead of Windows: see wine/run.mjs. */
export const inWine = process.env.BERKELEY_WINE === '1';

/** For `describe(…, { skip })`: the reason and the remedy; `false` if the test can run. */
export type Skip = string | false;

/** Skips on Windows what only other systems have. */
export function notOnWindows(what: string): Skip {
  return process.platform === 'win32' && `needs ${what}, which Windows does not have: npm test on Linux`;
}

/** Skips what Windows does, but Wine does otherwise. */
export function notInWine(difference: string): Skip {
  return inWine && `${difference}: run the tests on Windows`;
}

function isThere(probe: () => unknown): boolean {
  try {
    probe();
    return true;
  } catch {
    return false;
  }
}

/** Returns whether the kernel supports such a socket, even if this process is not permitted to create it. */
export function hasSocket(family: Family<FamilyName>, type: number, protocol = 0): boolean {
  try {
    new Socket(family, type, protocol).close();
    return true;
  } catch (error) {
    return !(error instanceof UnsupportedError);
  }
}

/** Skips if the kernel does not support such a socket, or the interface that the test uses is missing. */
export function needsSocket(
  name: string,
  family: Family<FamilyName>,
  type: number,
  protocol = 0,
  networkInterface?: string,
): Skip {
  const cure = `needs ${name}: npm run test:vm`;
  if (inGuest) return false;
  if (!hasSocket(family, type, protocol)) return cure;
  if (networkInterface === undefined || isThere(() => if_nametoindex(networkInterface))) return false;
  return `needs the interface ${networkInterface}: npm run test:vm`;
}

// Administration programs are in folders that a user's PATH can lack. Tests run them by name.
process.env.PATH = [process.env.PATH, '/usr/sbin', '/sbin'].join(delimiter);

/** Skips if a program is not installed. */
export function needsCommand(command: string, debianPackage: string): Skip {
  if (inGuest) return false;
  const folders = process.env.PATH!.split(delimiter);
  const found = folders.some(folder => isThere(() => accessSync(join(folder, command), constants.X_OK)));
  return found ? false : `needs ${command}: apt-get install ${debianPackage}`;
}

/** Skips if the process is not root. */
export const needsRoot: Skip = process.getuid?.() === 0 ? false : 'needs root: sudo npm test';

function namespaces(): Skip {
  if (inGuest) return false;
  if (process.platform !== 'linux') return 'needs Linux: npm run test:vm';
  const missing = needsCommand('ip', 'iproute2') || needsRoot;
  if (missing !== false) return missing;
  const works = spawnSync('unshare', ['-n', 'true']).status === 0;
  return works ? false : 'needs network namespaces: in Docker --cap-add SYS_ADMIN, or npm run test:vm';
}

/** Skips if network namespaces and interfaces cannot be created. */
export const needsNamespaces: Skip = namespaces();
