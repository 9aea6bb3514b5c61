// Fetches a stock Debian kernel, of this machine's release or of another suite, and unpacks it into a cache.
// Nothing is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fail } from './machine.mjs';

const cache = process.env.BERKELEY_VM_CACHE ?? join(homedir(), '.cache', 'berkeley-vm');

/** The directory of an unpacked kernel: `boot` and `lib/modules`. */
export function fetchKernel(suite, name) {
  const folder = join(cache, 'kernels', [suite, name].filter(Boolean).join('-') || 'stock');
  if (existsSync(folder)) return folder;
  mkdirSync(join(cache, 'kernels'), { recursive: true });
  // Unpacked into another directory, and renamed when complete, because another run may be fetching the same
  // kernel.
  const work = mkdtempSync(join(cache, 'fetch-'));
  try {
    unpack(work, suite, name);
    if (!existsSync(folder)) renameSync(join(work, 'kernel'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function unpack(work, suite, wanted) {
  const text = (command, ...args) =>
    execFileSync(command, args, { encoding: 'utf8', cwd: work, maxBuffer: 1 << 26 });
  // apt's own user may not write here.
  const options = [
    '-o',
    'APT::Sandbox::User=root',
    ...(suite === undefined ? [] : listsOf(work, suite, text)),
  ];
  const depends = (name, pattern) =>
    text('apt-cache', ...options, 'depends', name)
      .split('\n')
      .map(line => /^ +Depends: (.+)/.exec(line)?.[1] ?? '')
      .filter(dependency => pattern.test(dependency));
  const image = wanted ?? depends('linux-image-amd64', /^linux-image-/)[0];
  if (image === undefined) fail('apt-get update has to be run once before');
  // Newer releases split the kernel, its modules and their lists into separate packages.
  const parts = [image, ...depends(image, /^linux-(base|binary|modules)-/)];
  text('apt-get', ...options, 'download', '-qq', ...parts);
  for (const file of readdirSync(work).filter(entry => entry.endsWith('.deb')))
    text('dpkg-deb', '-x', file, 'kernel');
  // If /usr is merged, modules are in /usr/lib.
  if (!existsSync(join(work, 'kernel/lib')))
    renameSync(join(work, 'kernel/usr/lib'), join(work, 'kernel/lib'));
  text('depmod', '-b', 'kernel', readdirSync(join(work, 'kernel/lib/modules'))[0]);
}

/**
 * Package lists of another suite, from the mirrors of this machine. The machine's own lists are not changed.
 */
function listsOf(work, suite, text) {
  const filters = ['Created-By: Packages', 'Origin: Debian', 'Label: Debian'];
  const [site] = text('apt-get', 'indextargets', '--format', '$(SITE)', ...filters).split('\n');
  if (!site) fail('apt-get update has to be run once before');
  mkdirSync(join(work, 'lists/partial'), { recursive: true });
  mkdirSync(join(work, 'cache/archives/partial'), { recursive: true });
  writeFileSync(join(work, 'suite.list'), `deb ${site} ${suite} main\n`);
  const options = [
    ...['-o', `Dir::Etc::sourcelist=${work}/suite.list`, '-o', 'Dir::Etc::sourceparts=-'],
    ...['-o', `Dir::State::lists=${work}/lists`, '-o', `Dir::Cache=${work}/cache`],
  ];
  text('apt-get', '-o', 'APT::Sandbox::User=root', ...options, 'update', '-qq');
  return options;
}
