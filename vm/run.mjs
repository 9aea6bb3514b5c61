// Runs a command in a real kernel that has every address family: a stock Debian kernel under QEMU, with this machine's
// root visible inside, read-only. KVM where it works, else software emulation, which boots in about 15 seconds.
//
//   usage: node vm/run.mjs [--kernel <Debian package>] [--seconds N] [--family can]... [-- command ...]
//
// Without a command it runs the tests of the families that few kernels have, or of those named, and ends with their exit
// status.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kernel: { type: 'string' },
    seconds: { type: 'string', default: '900' },
    family: { type: 'string', multiple: true, default: [] },
  },
});
const cache = join(
  process.env.BERKELEY_VM_CACHE ?? join(homedir(), '.cache', 'berkeley-vm'),
  values.kernel ?? 'stock',
);

/** What has to be installed, by a file that tells. */
const needed = {
  'qemu-system-x86': '/usr/bin/qemu-system-x86_64',
  'busybox-static': '/bin/busybox',
  kmod: '/sbin/modprobe',
  cpio: '/usr/bin/cpio',
};

/** What the tests of the families meet inside, which comes from this machine's root. */
const peers = {
  iproute2: '/usr/bin/ss',
  procps: '/usr/sbin/sysctl',
  python3: '/usr/bin/python3',
  'can-utils': '/usr/bin/candump',
  bluez: '/usr/bin/hciconfig',
  'bluez-test-tools': '/usr/bin/btvirt',
  tcpdump: '/usr/bin/tcpdump',
};

function fail(message) {
  console.error(`vm: ${message}`);
  process.exit(1);
}

function text(command, ...args) {
  return execFileSync(command, args, { encoding: 'utf8', cwd: cache, maxBuffer: 1 << 26 });
}

function checkMachine(wanted) {
  if (process.platform !== 'linux' || process.arch !== 'x64') fail('needs Linux on x64');
  if (process.getuid() !== 0) fail('needs root: the guest sees this machine as root does');
  const missing = Object.keys(wanted).filter(name => !existsSync(wanted[name]));
  if (missing.length > 0) fail(`not installed: apt-get install --no-install-recommends ${missing.join(' ')}`);
}

/** Unpacks a kernel package beside us: nothing of it is installed. */
function fetchKernel() {
  mkdirSync(cache, { recursive: true });
  if (existsSync(join(cache, 'kernel/boot'))) return;
  const depends = /Depends: (linux-image-\S+)/.exec(text('apt-cache', 'depends', 'linux-image-amd64'))?.[1];
  const name = values.kernel ?? depends ?? fail('apt-get update has to be run once before');
  for (const file of readdirSync(cache).filter(file => file.endsWith('.deb'))) rmSync(join(cache, file));
  text('apt-get', 'download', '-qq', name);
  text(
    'dpkg-deb',
    '-x',
    readdirSync(cache).find(file => file.endsWith('.deb')),
    'kernel.new',
  );
  text('depmod', '-b', 'kernel.new', readdirSync(join(cache, 'kernel.new/lib/modules'))[0]);
  text('mv', 'kernel.new', 'kernel');
}

/** An initial file system of busybox and just the modules that mounting the host takes, in their order. */
function makeInitrd(release) {
  const initrd = join(cache, 'initrd');
  rmSync(initrd, { recursive: true, force: true });
  for (const folder of ['bin', 'proc', 'sys', 'dev', 'modules', 'new'])
    mkdirSync(join(initrd, folder), { recursive: true });
  copyFileSync('/bin/busybox', join(initrd, 'bin/busybox'));
  copyFileSync(join(root, 'vm/init'), join(initrd, 'init'));
  chmodSync(join(initrd, 'init'), 0o755);
  const files = new Set();
  for (const module of ['virtio_pci', '9pnet_virtio', '9p']) {
    const lines = text(
      'modprobe',
      '-d',
      join(cache, 'kernel'),
      '-S',
      release,
      '--show-depends',
      module,
    ).split('\n');
    for (const line of lines.filter(line => line.startsWith('insmod '))) files.add(line.split(' ')[1]);
  }
  for (const file of files) copyFileSync(file, join(initrd, 'modules', basename(file)));
  writeFileSync(join(initrd, 'modules/order'), [...files].map(file => `${basename(file)}\n`).join(''));
  execFileSync('sh', ['-c', 'find . | cpio -o -H newc --quiet | gzip -1 >../initrd.gz'], { cwd: initrd });
}

/** Whether KVM is there and works: within a virtual machine it may be there and abort. */
function hasKvm() {
  if (!existsSync('/dev/kvm')) return false;
  const probe = [
    '-accel',
    'kvm',
    '-cpu',
    'max',
    '-S',
    '-nodefaults',
    '-display',
    'none',
    '-monitor',
    'stdio',
  ];
  return spawnSync('qemu-system-x86_64', probe, { input: 'quit\n', timeout: 10_000 }).status === 0;
}

function boot(command) {
  writeFileSync(join(cache, 'command'), command);
  mkdirSync('/lib/modules', { recursive: true }); // the guest puts its own modules over it
  const kernel = readdirSync(join(cache, 'kernel/boot')).find(file => file.startsWith('vmlinuz'));
  const append = `console=ttyS0 quiet panic=-1 project=${root.replace(/\/$/, '')} cache=${cache}`;
  const args = [
    ...['-accel', hasKvm() ? 'kvm' : 'tcg'],
    ...[
      '-cpu',
      'max',
      '-m',
      '1536',
      '-smp',
      '2',
      '-display',
      'none',
      '-no-reboot',
      '-nic',
      'none',
      '-monitor',
      'none',
    ],
    ...['-serial', `file:${join(cache, 'console')}`, '-serial', 'stdio'],
    ...['-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04'],
    ...[
      '-kernel',
      join(cache, 'kernel/boot', kernel),
      '-initrd',
      join(cache, 'initrd.gz'),
      '-append',
      append,
    ],
    ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
  ];
  const options = { stdio: ['ignore', 'inherit', 'inherit'], timeout: Number(values.seconds) * 1000 };
  const { status, signal, error } = spawnSync('qemu-system-x86_64', args, options);
  if (error?.code === 'ETIMEDOUT')
    fail(`not done after ${values.seconds} seconds (--seconds); the console is in ${cache}/console`);
  if (signal !== null || status % 2 === 0)
    fail(`the guest ended without a status; its console is in ${cache}/console`);
  return (status - 1) / 2;
}

/** Tests that `npm test` runs on any kernel: here they would only take their time again, unless they are named. */
const everywhere = /^(inet|netlink|packet|raw|unix)/;

function familyTests() {
  const folder = join(root, 'build/test/families');
  const isNamed = file => values.family.some(name => file.startsWith(name));
  const isWanted = file => (values.family.length > 0 ? isNamed(file) : !everywhere.test(file));
  const files = readdirSync(folder).filter(file => file.endsWith('.test.js') && isWanted(file));
  if (files.length === 0) fail(`no test of ${values.family.join(', ')} in build/test/families`);
  const paths = files.map(file => `build/test/families/${file}`).join(' ');
  return `${process.execPath} --test --test-timeout=120000 --expose-gc ${paths}`;
}

checkMachine(positionals.length > 0 ? needed : { ...needed, ...peers });
fetchKernel();
makeInitrd(readdirSync(join(cache, 'kernel/lib/modules'))[0]);
process.exitCode = boot(positionals.length > 0 ? positionals.join(' ') : familyTests());
