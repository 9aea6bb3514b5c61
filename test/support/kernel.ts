/**
 * What a test needs of the kernel and of the machine, and the words for a skip. Inside the guest of vm/run.mjs all of it
 * has to be there: nothing is skipped, so what is missing fails.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { release } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Family, type FamilyName, if_nametoindex, Socket, UnsupportedError } from 'berkeley';

/** Whether the kernel is a Linux of at least this version: `'6.16'`. */
export function isLinuxSince(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [runningMajor = 0, runningMinor = 0] = release().split('.').map(Number);
  return runningMajor > major || (runningMajor === major && runningMinor >= minor);
}

/** Whether we are inside the guest of vm/run.mjs. */
export const inGuest = process.env.BERKELEY_VM === '1';

/** Whether Wine runs us, in place of Windows: see wine/run.mjs. */
export const inWine = process.env.BERKELEY_WINE === '1';

/** For `describe(…, { skip })`: why, and what would help; `false` where the test can run. */
export type Skip = string | false;

function isThere(probe: () => unknown): boolean {
  try {
    probe();
    return true;
  } catch {
    return false;
  }
}

/** Whether the kernel makes such a socket; that it may not be made by us is another matter. */
export function hasSocket(family: Family<FamilyName>, type: number, protocol = 0): boolean {
  try {
    new Socket(family, type, protocol).close();
    return true;
  } catch (error) {
    return !(error instanceof UnsupportedError);
  }
}

/** Skips where the kernel has no such socket, or none of the interface that the test uses. */
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

// Programs of the administrator are in folders that a user's PATH may lack; tests run them by name.
process.env.PATH = [process.env.PATH, '/usr/sbin', '/sbin'].join(delimiter);

/** Skips where a program is not installed. */
export function needsCommand(command: string, debianPackage: string): Skip {
  if (inGuest) return false;
  const folders = process.env.PATH!.split(delimiter);
  const found = folders.some(folder => isThere(() => accessSync(join(folder, command), constants.X_OK)));
  return found ? false : `needs ${command}: apt-get install ${debianPackage}`;
}

/** Skips where we are not root. */
export const needsRoot: Skip = process.getuid?.() === 0 ? false : 'needs root: sudo npm test';

function namespaces(): Skip {
  if (inGuest) return false;
  if (process.platform !== 'linux') return 'needs Linux: npm run test:vm';
  const missing = needsCommand('ip', 'iproute2') || needsRoot;
  if (missing !== false) return missing;
  const works = spawnSync('unshare', ['-n', 'true']).status === 0;
  return works ? false : 'needs network namespaces: in Docker --cap-add SYS_ADMIN, or npm run test:vm';
}

/** Skips where we cannot make network namespaces and interfaces. */
export const needsNamespaces: Skip = namespaces();
