/** TLS with other implementations: OpenSSL's programs, and Python's `ssl`. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { describe, test } from 'node:test';
import { connectTls } from 'berkeley/tls';
import { without } from '../streams/support.js';
import { assertSame, pattern } from '../support/bytes.js';
import { besideSource, python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';
import { ca, client, pathOf } from './certificates.js';
import { HOST, listening, portOf, readAll } from './scene.js';

const program = besideSource('peer.py', import.meta.url);
const folder = dirname(pathOf('ca.pem'));

/** Python can be built without OpenSSL. */
const withoutSsl =
  withoutPython ||
  (await new Child(python, ['-c', 'import ssl']).ends().then(
    () => false as const,
    () => 'needs a Python with ssl: apt-get install python3',
  ));

describe('Python', { skip: withoutSsl }, () => {
  test('a client: both ends verify each other, and a megabyte is read to the end', async () => {
    const made = await listening({ ca, requestCert: true, ALPNProtocols: ['berkeley'] });
    const accepted = made.connections().next();
    await using peer = new Child(python, [program, 'client', String(portOf(made)), folder]);
    const socket = (await accepted).value!;
    assert.deepEqual(
      [socket.remoteAddress, socket.alpnProtocol, socket.getPeerCertificate().subject.CN],
      [HOST, 'berkeley', 'a client'],
    );
    assert.equal(String((await once(socket, 'data'))[0]), 'from Python\n');
    const text = 'x'.repeat(1 << 20);
    socket.end(text);
    const { data, known } = JSON.parse(await peer.ends());
    assert.deepEqual([data.length, data === text], [text.length, true]);
    assert.deepEqual(known, ['TLSv1.3', 'berkeley', 'localhost']);
  });

  test('a server: data in both directions, and an end in order', async () => {
    await using peer = new Child(python, [program, 'server', folder]);
    const port = Number((await peer.prints(/port (\d+)\n/))[1]);
    const options = { host: HOST, port, ca, servername: 'localhost', ALPNProtocols: ['berkeley'], ...client };
    const socket = await connectTls({ ...options, allowHalfOpen: true });
    assert.deepEqual(
      [socket.alpnProtocol, socket.getPeerCertificate().subject.CN],
      ['berkeley', 'localhost'],
    );
    socket.end('hello from here');
    assert.equal(await readAll(socket), 'HELLO FROM HERE');
    assert.match(await peer.ends(), /known TLSv1.3 berkeley a client/);
  });
});

describe('OpenSSL', { skip: without('openssl') }, () => {
  test('s_client verifies a server of this package', async () => {
    const made = await listening();
    made.on('secureConnection', socket => socket.on('data', data => socket.end(String(data).toUpperCase())));
    const where = ['-connect', `${HOST}:${portOf(made)}`, '-servername', 'localhost'];
    const trust = ['-CAfile', pathOf('ca.pem'), '-verify_return_error', '-verify_hostname', 'localhost'];
    await using peer = new Child('openssl', ['s_client', ...where, ...trust, '-quiet'], 'hello\n');
    assert.match(await peer.ends(), /^HELLO$/m);
  });

  test('s_server with a client of this package, and more data than any buffer', async () => {
    const files = ['-cert', pathOf('server.pem'), '-key', pathOf('server-key.pem')];
    await using peer = new Child('openssl', [
      's_server',
      '-accept',
      `${HOST}:0`,
      ...files,
      '-rev',
      '-naccept',
      '1',
    ]);
    const port = Number((await peer.prints(/ACCEPT.*:(\d+)/))[1]);
    const socket = await connectTls({ host: HOST, port, ca, servername: 'localhost' });
    const line = pattern(15_000).map(byte => 97 + (byte % 26));
    socket.write(`${Buffer.from(line)}\n`);
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of socket) {
      pieces.push(piece);
      length += piece.length;
      if (length > line.length) break;
    }
    assertSame(Buffer.concat(pieces).subarray(0, line.length), Buffer.from(line).reverse());
  });
});
