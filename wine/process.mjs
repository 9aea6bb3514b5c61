// Starts node.exe under Wine.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environmentOf, wine } from './machine.mjs';

export const project = resolve(import.meta.dirname, '..');
/** The directory of what is installed and created for Wine. */
export const folder = join(project, 'build/wine');

/** Converts a path to that of a Windows process: Z: is the root of this machine. */
export function windowsPath(path) {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** The environment variables of a process that loads the addon. */
export function addonEnvironment() {
  return {
    ...environmentOf(folder),
    BERKELEY_WINE: '1',
    BERKELEY_BINDING: windowsPath(join(project, 'prebuilds/win32-x64.node')),
  };
}

/**
 * Runs node.exe, for at most `limit` milliseconds. Its output goes to a file, because node.exe cannot use a pipe of
 * Wine as its standard output. Returns the exit code or the signal, and the output.
 */
export async function runNode(node, args, output, environment, limit) {
  const descriptor = openSync(output, 'w');
  const child = spawn(wine, [node, ...args], {
    env: environment,
    stdio: ['ignore', descriptor, descriptor],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  const status = await new Promise(settle => child.on('close', (code, signal) => settle(code ?? signal)));
  clearTimeout(timer);
  closeSync(descriptor);
  return { status, text: readFileSync(output, 'utf8') };
}
