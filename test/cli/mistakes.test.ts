/** Mistakes in the command line: one line and the usage, exit code 2, no stack. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { cli } from './cli.js';

const mistakes: readonly (readonly [args: string, message: RegExp])[] = [
  ['png', /unknown command 'png'\n\(Did you mean ping\?\)/],
  ['--fast', /unknown option '--fast'/],
  ['ping', /missing required argument 'host'/],
  ['ping -c 0 localhost', /'0' is invalid. It must be a whole number from 1/],
  ['ping -i soon localhost', /'soon' is invalid. It must be a number of seconds/],
  ['ping localhost elsewhere', /too many arguments/],
  ['trace -p 65536 localhost', /'65536' is invalid/],
  ['monitor windows', /'windows' is invalid for argument 'kinds'/],
  ['ss --state open', /'open' is invalid/],
  ['nc localhost', /the port is missing/],
  ['nc --unix a b', /--unix needs one path/],
  ['nc --keep localhost 1', /--keep needs --listen/],
  ['nc --tls --listen 0', /--tls with --listen needs --cert and --key/],
  ['nc --tls --udp localhost 1', /--tls needs a stream/],
  ['nc --unix --vsock a', /choose one of --unix and --vsock/],
  ['nc --vsock three 1', /'three' is not a CID/],
  ['nc -z localhost 9-1', /'9-1' is not a range of ports/],
  ['dump lo tcp or', /filter: expected one of .* at the end/],
  ['dump lo port http', /filter: expected a port, not 'http'/],
  ['dump lo host localhost', /'localhost' is not an address/],
  ['dump lo ( tcp', /filter: expected '\)' at the end/],
];

describe('mistakes', () => {
  for (const [args, message] of mistakes) {
    test(`berkeley ${args}`, async () => {
      const { code, stdout, stderr } = await cli(args.split(' '));
      assert.match(stderr, message);
      assert.match(stderr, /\nusage: berkeley /);
      assert.doesNotMatch(stderr, /^ {4}at /m);
      assert.equal(stderr.trim().split('\n').length, /Did you mean/.test(stderr) ? 3 : 2);
      assert.equal(stdout, '');
      assert.equal(code, 2);
    });
  }

  test('a failure is one line with exit code 1', async () => {
    const { code, stderr } = await cli(['nc', '127.0.0.1', '1']);
    assert.equal(stderr, 'berkeley nc: connect ECONNREFUSED 127.0.0.1:1\n');
    assert.equal(code, 1);
  });
});

describe('help and version', () => {
  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    assert.deepEqual(await cli(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('every command has help', async () => {
    const { stdout, code } = await cli(['--help']);
    assert.equal(code, 0);
    const names = [...stdout.matchAll(/^ {2}(\w+)(?: \[options\])/gm)].map(([, name]) => name!);
    assert.deepEqual(names, ['doctor', 'ss', 'monitor', 'ping', 'trace', 'nc', 'dump']);
    for (const name of names) {
      const help = await cli([name, '--help']);
      assert.match(help.stdout, new RegExp(`^Usage: berkeley ${name} `));
      assert.equal(help.code, 0);
    }
  });
});
