// Runs tests, or a command, in a real kernel that has every address family: a stock Debian kernel under QEMU,
// which mounts this machine's root file system read-only. Uses KVM if it works, otherwise software emulation,
// which boots in about 15 seconds.
//
// See `usage` below, which --help prints.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { testFiles } from '../scripts/test-files.mjs';
import { boot } from './boot.mjs';
import { fetchKernel } from './kernel.mjs';
import { checkMachine, fail, needed, peers } from './machine.mjs';

const usage = `usage: node vm/run.mjs [options] [name ...] [-- command ...]

Runs the test files whose path contains one of the names in a real kernel under QEMU; without names, the tests of the
families that few kernels have. With a command, runs that. Ends with their exit status.

  --suite <suite>    the Debian suite of the kernel: trixie-backports has a newer one than this machine's release
  --kernel <package> the Debian package of the kernel
  --seconds <number> how long it may run, 1800 by default
  --help             prints this`;

const project = resolve(import.meta.dirname, '..');
const { values, positionals, tokens } = parseArgs({
  allowPositionals: true,
  tokens: true,
  options: {
    suite: { type: 'string' },
    kernel: { type: 'string' },
    seconds: { type: 'string', default: '1800' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  console.log(usage);
  process.exit();
}
const terminator = tokens.find(token => token.kind === 'option-terminator')?.index ?? Infinity;
const isName = tokens.filter(token => token.kind === 'positional').map(token => token.index < terminator);
const names = positionals.filter((_, i) => isName[i]);
const command = positionals.filter((_, i) => !isName[i]).join(' ');

/** Tests that need a kernel with rare features, including those that `npm test` runs on any kernel. */
const special =
  /^build\/test\/(families\/|netlink\/vlan|tls\/vsock|cli\/(doctor|dump-can|nc-vsock)|docs\/can)/;
const everywhere = /^build\/test\/families\/(inet|netlink|packet(?!-vlan)|raw|unix)/;

function testCommand() {
  const isWanted = file => names.length > 0 || (special.test(file) && !everywhere.test(file));
  const files = testFiles(names).filter(isWanted);
  if (files.length === 0) fail(`no test file has ${names.join(' or ')} in its path`);
  // The limit also applies to a whole file, and an emulated machine is slow.
  return [process.execPath, '--test', '--test-timeout=600000', '--expose-gc', ...files].join(' ');
}

checkMachine(command ? needed : { ...needed, ...peers });
const { status, retried } = await boot({
  kernel: fetchKernel(values.suite, values.kernel),
  project,
  command: command || testCommand(),
  seconds: Number(values.seconds),
});
// Last, so that it is seen: what was repeated is part of the result.
for (const what of retried) console.error(`vm: retried: ${what}`);
process.exitCode = status;
