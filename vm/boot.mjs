// Boots an unpacked kernel, with this machine's root as its own, read-only, and runs one command inside.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hasKvm } from './kvm.mjs';
import { fail } from './machine.mjs';

/** vm/inside.sh writes this to the console before it runs the command. */
const STARTED = 'berkeley: the command starts';

/** A boot takes 15 seconds in an emulated machine, and minutes on a busy one. One that takes longer hangs. */
const BOOT_SECONDS = 300;

/** How often a machine is booted. Emulated ones can hang before they reach their first process. */
const BOOTS = 2;

/**
 * Runs `command` in `project`, and returns its exit status and a list of what was repeated. Its writes are discarded. Only a
 * boot is repeated: once the command has started, its end is the end.
 */
export async function boot({ kernel, project, command, seconds }) {
  const run = mkdtempSync(join(tmpdir(), 'berkeley-vm-'));
  makeInitrd(kernel, join(project, 'vm/init'), run);
  writeFileSync(join(run, 'command'), command);
  mkdirSync('/lib/modules', { recursive: true }); // the guest mounts its own modules over it
  const machine = words => machineOf({ kernel, run, words });
  const accelerator = hasKvm(machine, join(dirname(kernel), 'kvm')) ? 'kvm' : 'tcg';
  const places = `project=${project} kernel=${kernel} run=${run}`;
  const args = ['-accel', accelerator, ...machine(places)];
  const retried = [];
  for (;;) {
    const { status, problem, hasStarted } = await runMachine(args, join(run, 'console'), seconds);
    if (problem === undefined) {
      if (retried.length === 0) rmSync(run, { recursive: true, force: true });
      return { status: (status - 1) / 2, retried };
    }
    if (hasStarted || retried.length + 1 === BOOTS)
      fail(`${problem}; its console is in ${join(run, 'console')}`);
    const kept = join(run, `console-${retried.length + 1}`);
    renameSync(join(run, 'console'), kept);
    retried.push(`the boot of the machine (${problem}; its console is in ${kept})`);
    console.error(`vm: retried: ${retried.at(-1)}`);
  }
}

const read = file => (existsSync(file) ? readFileSync(file, 'latin1') : '');

/** Runs QEMU once. `problem` says why it ended without the status of the command. */
async function runMachine(args, console, seconds) {
  const qemu = spawn('qemu-system-x86_64', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  let late;
  const kill = reason => () => {
    late = reason;
    qemu.kill('SIGKILL');
  };
  const limit = setTimeout(kill(`not done after ${seconds} seconds (--seconds)`), seconds * 1000);
  const bootLimit = setTimeout(() => {
    if (!read(console).includes(STARTED)) kill(`not booted after ${BOOT_SECONDS} seconds`)();
  }, BOOT_SECONDS * 1000);
  const [status] = await once(qemu, 'close');
  clearTimeout(limit);
  clearTimeout(bootLimit);
  const isWithout = status === null || status % 2 === 0;
  const problem = late ?? (isWithout ? 'the guest ended without a status' : undefined);
  return { status, problem, hasStarted: read(console).includes(STARTED) };
}

/** QEMU's arguments. `words` are for vm/init, on the kernel's command line. */
function machineOf({ kernel, run, words }) {
  return [
    ...['-cpu', 'max', '-m', '1536', '-smp', '2'],
    ...['-display', 'none', '-no-reboot', '-nic', 'none', '-monitor', 'none'],
    ...['-serial', `file:${join(run, 'console')}`, '-serial', 'stdio'],
    ...['-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04'],
    ...['-kernel', imageOf(kernel), '-initrd', join(run, 'initrd.gz')],
    ...['-append', `console=ttyS0 quiet panic=-1 ${words}`],
    ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
  ];
}

/** The kernel itself: in /boot, or since Debian 13 next to its modules. */
function imageOf(kernel) {
  const folders = [join(kernel, 'boot'), join(kernel, 'lib/modules', releaseOf(kernel))];
  const files = folders
    .filter(existsSync)
    .flatMap(folder => readdirSync(folder).map(file => join(folder, file)));
  return files.find(file => basename(file).startsWith('vmlinuz'));
}

const releaseOf = kernel => readdirSync(join(kernel, 'lib/modules'))[0];

/**
 * An initial file system with busybox and only the modules that are needed to mount the host, in load order.
 */
function makeInitrd(kernel, init, run) {
  const initrd = join(run, 'initrd');
  for (const folder of ['bin', 'proc', 'sys', 'dev', 'modules', 'new'])
    mkdirSync(join(initrd, folder), { recursive: true });
  copyFileSync('/bin/busybox', join(initrd, 'bin/busybox'));
  copyFileSync(init, join(initrd, 'init'));
  chmodSync(join(initrd, 'init'), 0o755);
  const files = modulesOf(kernel, 'virtio_pci', '9pnet_virtio', '9p');
  for (const file of files) copyFileSync(file, join(initrd, 'modules', basename(file)));
  // Newer kernels have compressed modules, which busybox does not read.
  const packed = files
    .filter(file => file.endsWith('.xz'))
    .map(file => join(initrd, 'modules', basename(file)));
  if (packed.length > 0) execFileSync('xz', ['-d', ...packed]);
  const order = files.map(file => `${basename(file, '.xz')}\n`);
  writeFileSync(join(initrd, 'modules/order'), order.join(''));
  execFileSync('sh', ['-c', 'find . | cpio -o -H newc --quiet | gzip -1 >../initrd.gz'], { cwd: initrd });
}

/** The files of modules and their dependencies, each after its dependencies. */
function modulesOf(kernel, ...names) {
  const lines = names.flatMap(name =>
    execFileSync('modprobe', ['-d', kernel, '-S', releaseOf(kernel), '--show-depends', name], {
      encoding: 'utf8',
    }).split('\n'),
  );
  return [...new Set(lines.filter(line => line.startsWith('insmod ')).map(line => line.split(' ')[1]))];
}
