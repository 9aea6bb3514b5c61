/** `berkeley nc --tls` against openssl. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needsCommand } from '../support/kernel.js';
import { pathOf } from '../tls/certificates.js';
import { cli, start, startCli } from './cli.js';

const own = ['--cert', pathOf('server.pem'), '--key', pathOf('server-key.pem')];
const trusted = ['--ca', pathOf('ca.pem')];

/** Starts a server of openssl that sends each line back, reversed. Returns its port. */
async function openssl(certificate: string): Promise<[port: string, stop: () => void]> {
  const files = ['-cert', pathOf(`${certificate}.pem`), '-key', pathOf(`${certificate}-key.pem`)];
  const server = start(['openssl', 's_server', '-accept', '127.0.0.1:0', '-rev', ...files], { open: true });
  await server.printed('ACCEPT ');
  const port = /ACCEPT \S+:(\d+)/.exec(server.stdout())![1]!;
  return [port, () => void server.child.kill('SIGKILL')];
}

describe('nc --tls', { skip: needsCommand('openssl', 'openssl') }, () => {
  test('a client of openssl', async () => {
    const [port, stop] = await openssl('server');
    const to = ['localhost', port, '-4'];
    const { stdout, stderr, code } = await cli(['nc', '--tls', ...trusted, '-q', '2', ...to], {
      input: 'hello\n',
    });
    stop();
    assert.equal(code, 0, stderr);
    assert.equal(stdout, 'olleh\n');
  });

  for (const [certificate, message] of [
    ['other', /does not match certificate's altnames/],
    ['expired', /certificate has expired/],
  ] as const) {
    test(`a server with the certificate "${certificate}" is refused, and not with --insecure`, async () => {
      const [port, stop] = await openssl(certificate);
      const to = ['-q', '2', '-4', 'localhost', port];
      const refused = await cli(['nc', '--tls', ...trusted, ...to], { input: 'x\n' });
      assert.match(refused.stderr, message);
      assert.equal(refused.code, 1);
      const { stdout } = await cli(['nc', '--tls', '--insecure', ...to], { input: 'hello\n' });
      stop();
      assert.equal(stdout, 'olleh\n');
    });
  }

  test('a server for openssl', async () => {
    const server = startCli(['nc', '-v', '-l', '--tls', ...own, '127.0.0.1', '0'], { input: 'answer' });
    await server.printed('Listening on');
    const port = /port (\d+)/.exec(server.stderr())![1]!;
    const trust = ['-CAfile', pathOf('ca.pem'), '-verify_return_error', '-verify_hostname', 'localhost'];
    const client = start(
      ['openssl', 's_client', '-connect', `127.0.0.1:${port}`, '-quiet', '-no_ign_eof', ...trust],
      { input: 'question', open: true },
    );
    await client.printed('answer');
    client.child.stdin.end(); // it ends with its input
    const ours = await server.result;
    assert.equal(ours.code, 0, ours.stderr);
    assert.equal(ours.stdout, 'question');
  });
});
