// The programs that this machine needs: those that boot a kernel, and those that the family tests use inside.
import { existsSync } from 'node:fs';

/** Debian packages, by a file whose presence shows that they are installed. */
export const needed = {
  'qemu-system-x86': '/usr/bin/qemu-system-x86_64',
  'busybox-static': '/bin/busybox',
  kmod: '/sbin/modprobe',
  cpio: '/usr/bin/cpio',
  'xz-utils': '/usr/bin/xz',
};

/** What the family tests use inside, which comes from this machine's root. */
export const peers = {
  iproute2: '/usr/bin/ss',
  procps: '/usr/sbin/sysctl',
  python3: '/usr/bin/python3',
  'can-utils': '/usr/bin/candump',
  bluez: '/usr/bin/hciconfig',
  'bluez-test-tools': '/usr/bin/btvirt',
  tcpdump: '/usr/bin/tcpdump',
  'iputils-ping': '/usr/bin/ping',
  'iputils-tracepath': '/usr/bin/tracepath',
  'lksctp-tools': '/usr/bin/sctp_test',
  keyutils: '/usr/bin/keyctl',
  socat: '/usr/bin/socat',
  'qrtr-tools': '/usr/bin/qrtr-lookup',
};

export function fail(message) {
  console.error(`vm: ${message}`);
  process.exit(1);
}

export function checkMachine(wanted) {
  if (process.platform !== 'linux' || process.arch !== 'x64') fail('needs Linux on x64');
  if (process.getuid() !== 0) fail('needs root: the guest sees this machine as root does');
  const missing = Object.keys(wanted).filter(name => !existsSync(wanted[name]));
  if (missing.length > 0) fail(`not installed: apt-get install --no-install-recommends ${missing.join(' ')}`);
}
