// Runs tests, or a command, in a real kernel that has every address family: a stock Debian kernel under QEMU, which sees
// this machine's root file system, read-only. Uses KVM where it works, else software emulation, which boots in about 15
// seconds.
//
//   usage: node vm/run.mjs [--suite <Debian suite>] [--kernel <Debian package>] [--seconds N] [name ...] [-- command ...]
//
// Runs the test files whose path contains one of the names; without names, the tests of the families that few kernels
// have. Ends with their exit status. `--suite trixie-backports` takes a newer kernel than this machine's release has.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { testFiles } from '../scripts/test-files.mjs';
import { boot } from './boot.mjs';
import { fetchKernel } from './kernel.mjs';
import { checkMachine, fail, needed, peers } from './machine.mjs';

const project = resolve(import.meta.dirname, '..');
const { values, positionals, tokens } = parseArgs({
  allowPositionals: true,
  tokens: true,
  options: {
    suite: { type: 'string' },
    kernel: { type: 'string' },
    seconds: { type: 'string', default: '1800' },
  },
});
const terminator = tokens.find(token => token.kind === 'option-terminator')?.index ?? Infinity;
const isName = tokens.filter(token => token.kind === 'positional').map(token => token.index < terminator);
const names = positionals.filter((_, i) => isName[i]);
const command = positionals.filter((_, i) => !isName[i]).join(' ');

/** Tests that need a kernel which few machines run, and those among them that `npm test` runs on any kernel. */
const special = /^build\/test\/(families\/|netlink\/vlan)/;
const everywhere = /^build\/test\/families\/(inet|netlink|packet(?!-vlan)|raw|unix)/;

function testCommand() {
  const isWanted = file => names.length > 0 || (special.test(file) && !everywhere.test(file));
  const files = testFiles(names).filter(isWanted);
  if (files.length === 0) fail(`no test file has ${names.join(' or ')} in its path`);
  // The limit is for a whole file too, and an emulated machine is slow.
  return [process.execPath, '--test', '--test-timeout=600000', '--expose-gc', ...files].join(' ');
}

checkMachine(command ? needed : { ...needed, ...peers });
process.exitCode = boot({
  kernel: fetchKernel(values.suite, values.kernel),
  project,
  command: command || testCommand(),
  seconds: Number(values.seconds),
});
