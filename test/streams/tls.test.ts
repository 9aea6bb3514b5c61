/** Node's TLS over the streams of this package, with OpenSSL and curl as peers. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import { describe, test } from 'node:test';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { createConnection, socketpair } from 'berkeley';
import { assertSame, pattern } from '../support/bytes.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { until } from '../support/until.js';
import { makeCertificate, serve } from './servers.js';
import { MEBIBYTE, makeLargeFile, without } from './support.js';

const run = promisify(execFile);

await warmUp();

describe('over streams of this package', { skip: without('openssl') }, () => {
  test('a TLS server talks to openssl s_client', async () => {
    const { key, cert, certPath } = makeCertificate();
    const server = tls.createServer({ key, cert }, connection => {
      connection.on('data', data => connection.end(String(data).toUpperCase()));
    });
    const served = serve(server);
    const where = ['-connect', `127.0.0.1:${served.port}`, '-servername', 'localhost'];
    const trust = ['-CAfile', certPath, '-verify_return_error', '-quiet', '-no_ign_eof'];
    const client = spawn('openssl', ['s_client', ...where, ...trust], { stdio: ['pipe', 'pipe', 'pipe'] });
    const exit = once(client, 'close');
    client.stdin.write('hello over there\n');
    let answer = '';
    for await (const chunk of client.stdout) answer += chunk;
    assert.equal(answer, 'HELLO OVER THERE\n');
    await exit;
    await served.stop();
    assert.equal(served.left, 0);
  });

  test('a TLS client talks to openssl s_server', async () => {
    const before = countDescriptors();
    const { certPath, cert } = makeCertificate();
    const files = ['-cert', certPath, '-key', certPath.replace('cert.pem', 'key.pem')];
    const server = spawn(
      'openssl',
      ['s_server', '-accept', '127.0.0.1:0', ...files, '-rev', '-naccept', '1'],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    let said = '';
    while (!/ACCEPT.*:(\d+)/.test(said)) said += (await once(server.stdout, 'data'))[0];
    const port = Number(/ACCEPT.*:(\d+)/.exec(said)![1]);
    const socket = await createConnection({ host: '127.0.0.1', port });
    const client = tls.connect({ socket: socket.toDuplex(), ca: cert, servername: 'localhost' });
    await once(client, 'secureConnect');
    assert.equal(client.authorized, true);
    client.write('hello over there\n');
    assert.equal(String((await once(client, 'data'))[0]), 'ereht revo olleh\n');
    client.end();
    client.resume();
    await once(client, 'close');
    await until(() => socket.closed);
    assert.equal(socket.closed, true);
    server.kill();
    await once(server, 'close');
    assert.equal(countDescriptors(), before);
  });

  test('an HTTPS server serves a large file to curl', { skip: without('curl') }, async () => {
    const file = makeLargeFile(16 * MEBIBYTE);
    const { key, cert, certPath } = makeCertificate();
    const server = https.createServer({ key, cert }, (_request, response) => {
      pipeline(createReadStream(file.path), response).catch(assert.ifError);
    });
    const served = serve(server);
    const url = `https://127.0.0.1:${served.port}/`;
    for (const trust of [['-k'], ['--cacert', certPath]]) {
      const { stdout } = await run('curl', ['-sS', '--fail', ...trust, url], {
        encoding: 'buffer',
        maxBuffer: 2 * file.size,
      });
      assert.equal(createHash('sha256').update(stdout).digest('hex'), file.digest);
    }
    await served.stop();
  });

  test('both ends use this package, over a Unix socket', async () => {
    const { key, cert } = makeCertificate();
    const [a, b] = socketpair();
    const server = new tls.TLSSocket(b.toDuplex(), {
      isServer: true,
      secureContext: tls.createSecureContext({ key, cert }),
    });
    const client = tls.connect({ socket: a.toDuplex(), ca: cert, servername: 'localhost' });
    const echo = pipeline(server, server);
    const data = pattern(4 * MEBIBYTE);
    const pieces: Buffer[] = [];
    client.on('data', piece => pieces.push(piece));
    client.end(data);
    await once(client, 'end');
    assertSame(Buffer.concat(pieces), data);
    await echo;
  });

  test('a broken connection is an error of the TLS stream', async () => {
    const { key, cert } = makeCertificate();
    const [a, b] = socketpair();
    const server = new tls.TLSSocket(b.toDuplex(), {
      isServer: true,
      secureContext: tls.createSecureContext({ key, cert }),
    });
    server.on('error', () => undefined);
    const client = tls.connect({ socket: a.toDuplex(), ca: cert, servername: 'localhost' });
    await once(client, 'secureConnect');
    // once() would reject: the first error is EPIPE or ECONNRESET, and can come before 'close'.
    const closing = new Promise(resolve => client.on('close', resolve));
    client.on('error', () => undefined);
    b.close();
    client.write('x');
    await closing;
    assert.equal(client.destroyed, true);
    assert.equal(a.closed, true);
  });
});
