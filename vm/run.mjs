// Runs a command in a real kernel that has every address family: a stock Debian kernel under QEMU, with this machine's
// root visible inside, read-only. KVM where it works, else software emulation, which boots in about 15 seconds.
//
//   usage: node vm/run.mjs [--suite <Debian suite>] [--kernel <Debian package>] [--seconds N] [--family can]...
//                          [-- command ...]
//
// Without a command it runs the tests of the families that few kernels have, or of those named, and ends with their exit
// status; `npm run proof` takes what they recorded. `--suite trixie-backports` takes a newer kernel than this machine's release has.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { recorded } from '../scripts/record.mjs';
import { boot } from './boot.mjs';
import { fetchKernel } from './kernel.mjs';
import { checkMachine, fail, needed, peers } from './machine.mjs';

const project = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: 'string' },
    kernel: { type: 'string' },
    seconds: { type: 'string', default: '1800' },
    family: { type: 'string', multiple: true, default: [] },
  },
});

/** Tests that `npm test` runs on any kernel: here they would only take their time again, unless they are named. */
const everywhere = /^(inet|netlink(?!-vlan)|packet(?!-vlan)|raw|unix)/;

function familyTests() {
  const folder = join(project, 'build/test/families');
  const isNamed = file => values.family.some(name => file.startsWith(name));
  const isWanted = file => (values.family.length > 0 ? isNamed(file) : !everywhere.test(file));
  const files = readdirSync(folder).filter(file => file.endsWith('.test.js') && isWanted(file));
  if (files.length === 0) fail(`no test of ${values.family.join(', ')} in build/test/families`);
  const paths = files.map(file => `build/test/families/${file}`).join(' ');
  const flags = ['--test', '--test-timeout=120000', '--expose-gc', ...recorded('spec')].join(' ');
  return `${process.execPath} ${flags} ${paths}`;
}

checkMachine(positionals.length > 0 ? needed : { ...needed, ...peers });
process.exitCode = boot({
  kernel: fetchKernel(values.suite, values.kernel),
  project,
  results: join(project, 'build/results'),
  command: positionals.length > 0 ? positionals.join(' ') : familyTests(),
  seconds: Number(values.seconds),
});
