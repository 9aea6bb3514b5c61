// Runs the tests and programs of npm packages over berkeley: packages that use datagrams, over `berkeley/dgram` and the
// packages of packages/. It installs them into build/drop-ins, with the overrides that a program would use.
//
//   usage: npm run test:drop-ins [-- <part of a name> …]
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'build/drop-ins');
const programs = join(root, 'scripts/drop-ins');

/** The packages that are tested, and what the originals' tests need. */
const dependencies = {
  berkeley: 'file:../package',
  'unix-dgram': 'file:../../packages/unix-dgram',
  usocket: 'file:../../packages/usocket',
  'hot-shots': '17.1.1',
  'multicast-dns': '7.2.5',
  'bonjour-service': '1.4.4',
  'node-ssdp': '4.0.1',
  'dbus-native': '0.13.0',
  'dbus-next': '0.10.2',
  tape: '4.17.0',
};

/** The original packages, whose archives contain their tests or examples. They are not installed. */
const originals = ['unix-dgram@2.0.7', 'usocket@1.1.0'];

/** Commands that make a network namespace with one interface, in which multicast reaches nobody else. */
const NAMESPACE = [
  ...['unshare', '--user', '--map-root-user', '--net', 'sh', '-c'],
  'ip link set lo up && ip link add berkeley0 type veth peer name berkeley1 && ip link set berkeley1 up && ' +
    'ip addr add 198.51.100.1/24 dev berkeley0 && ip link set berkeley0 up && ' +
    'ip route add 224.0.0.0/4 dev berkeley0 && exec "$@"',
  'sh',
];

/** Each test: a program, what it needs, and whether it sends multicast. */
const tests = [
  ...['test-connect', 'test-connect-callback', 'test-dgram-unix', 'test-send-error'].map(name => ({
    name: `unix-dgram: ${name}, of the original`,
    file: `originals/unix-dgram/test/${name}.js`,
  })),
  { name: 'usocket: the example of the original', file: 'usocket-example.cjs' },
  { name: 'hot-shots over unix-dgram, to a Python receiver', file: 'hot-shots.cjs', needs: ['python3'] },
  { name: 'multicast-dns: its own tests', file: 'multicast-dns-tests.cjs', isIsolated: true },
  { name: 'multicast-dns: a query over multicast', file: 'multicast-dns.cjs', isIsolated: true },
  { name: 'bonjour-service: publishing and finding', file: 'bonjour-service.cjs', isIsolated: true },
  { name: 'node-ssdp: searching', file: 'node-ssdp.cjs', isIsolated: true },
  { name: 'dbus-next passes descriptors with usocket', file: 'dbus-next.cjs', needs: ['dbus-daemon'] },
  { name: 'dbus-native passes descriptors with toDuplex()', file: 'dbus-native.cjs', needs: ['dbus-daemon'] },
];

const cures = {
  python3: 'apt-get install python3',
  'dbus-daemon': 'apt-get install dbus-daemon',
  unshare: 'run it on Linux with user namespaces, and apt-get install util-linux iproute2',
};

function install() {
  mkdirSync(folder, { recursive: true });
  const overrides = Object.fromEntries(['berkeley', 'unix-dgram', 'usocket'].map(name => [name, `$${name}`]));
  const manifest = { name: 'drop-ins', private: true, dependencies, overrides };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  // The packages under test are copied again each time; npm takes a copy with the same version for the same package.
  for (const name of ['berkeley', 'unix-dgram', 'usocket'])
    rmSync(join(folder, 'node_modules', name), { recursive: true, force: true });
  rmSync(join(folder, 'package-lock.json'), { force: true });
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--install-links', '--loglevel=error'];
  execFileSync('npm', ['install', ...options], { cwd: folder, stdio: 'inherit' });
}

function unpackOriginals() {
  for (const original of originals) {
    const target = join(folder, 'originals', original.replace(/@.*/, ''));
    if (existsSync(target)) continue;
    mkdirSync(target, { recursive: true });
    const options = { cwd: folder, encoding: 'utf8' };
    const archive = execFileSync('npm', ['pack', original, '--silent'], options).trim();
    execFileSync('tar', ['-xzf', archive, '-C', target, '--strip-components=1'], { cwd: folder });
  }
  // The original's tests load its own file, which is replaced like the package.
  writeFileSync(
    join(folder, 'originals/unix-dgram/lib/unix_dgram.js'),
    "module.exports = require('unix-dgram');\n",
  );
  for (const file of readdirSync(programs)) copyFileSync(join(programs, file), join(folder, file));
}

function lackOf({ needs = [], isIsolated = false }) {
  const works = (command, ...options) => spawnSync(command, options, { stdio: 'ignore' }).status === 0;
  const missing = needs.find(command => !works(command, '--version'));
  if (missing !== undefined) return `${missing} is missing: ${cures[missing]}`;
  if (isIsolated && !works(...NAMESPACE, 'true')) return `there is no network namespace: ${cures.unshare}`;
  return undefined;
}

function run({ file, isIsolated = false }) {
  const command = [...(isIsolated ? NAMESPACE : []), process.execPath, file];
  const options = { cwd: folder, encoding: 'utf8', timeout: 60_000, killSignal: 'SIGKILL' };
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), options);
  return { passed: status === 0, output: `${stdout}${stderr}` };
}

install();
unpackOriginals();
const parts = process.argv.slice(2);
const chosen = tests.filter(({ name }) => parts.length === 0 || parts.some(part => name.includes(part)));
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const test of chosen) {
  const lack = lackOf(test);
  if (lack !== undefined) {
    counts.skipped++;
    console.log(`skipped  ${test.name} (${lack})`);
    continue;
  }
  const { passed, output } = run(test);
  counts[passed ? 'passed' : 'failed']++;
  console.log(`${passed ? 'passed ' : 'FAILED '}  ${test.name}`);
  if (!passed) console.log(output.slice(-3000).replace(/^/gm, '    '));
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
