/** `connectTls()`, to servers of `node:tls`. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Socket as NodeSocket, createServer as plainServer } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, test } from 'node:test';
import tls from 'node:tls';
import { AF_INET, createConnection, isTimeout, SOCK_DGRAM, Socket } from 'berkeley';
import { connect } from 'berkeley/net';
import { ip, so, tcp } from 'berkeley/options';
import { type ConnectTlsOptions, connectTls } from 'berkeley/tls';
import { warmUp } from '../support/descriptors.js';
import { notOnWindows } from '../support/kernel.js';
import { freshPath } from '../support/names.js';
import { ca, client, expired, other, server } from './certificates.js';
import { HOST, nodeServer, plain, portOf, readAll, withoutLeaks } from './scene.js';

await warmUp();

/** Ends a connection after it has read everything. */
async function textOf(options: ConnectTlsOptions): Promise<string> {
  return readAll(await connectTls({ ca, ...options }));
}

/** Reads what a client sends, so that its end is noticed. */
function ended(socket: NodeSocket): NodeSocket {
  return socket.on('error', () => {}).resume();
}

describe('connectTls()', () => {
  test('resolves when the connection is encrypted and the server is authenticated', async () => {
    const port = portOf(await nodeServer());
    const socket = await connectTls({ host: 'localhost', port, ca });
    assert.ok(socket instanceof tls.TLSSocket);
    assert.deepEqual([socket.authorized, socket.authorizationError], [true, null]);
    assert.equal(await readAll(socket), 'hello');
  });

  test('the addresses are known, also after the end', async () => {
    const port = portOf(await nodeServer());
    const socket = await connectTls({ host: HOST, port, ca });
    const { localPort, localAddress } = socket;
    assert.deepEqual([socket.remoteAddress, socket.remotePort, socket.remoteFamily], [HOST, port, 'IPv4']);
    assert.deepEqual(socket.address(), { address: localAddress, family: 'IPv4', port: localPort });
    assert.deepEqual(socket.handle?.getpeername(), { family: 'inet', host: HOST, port });
    await readAll(socket);
    await once(socket, 'close');
    assert.deepEqual([socket.remoteAddress, socket.handle], [HOST, undefined]);
  });

  test('tells the server its name: the host, unless it is an address or there is a servername', async () => {
    const names: (string | false | null)[] = [];
    const node = await nodeServer({}, socket => {
      names.push(socket.servername as string | false);
      socket.end();
    });
    const port = portOf(node);
    await textOf({ host: 'localhost', port });
    await textOf({ host: HOST, port });
    await textOf({ host: HOST, port, servername: 'localhost' });
    await textOf({ port });
    assert.deepEqual(names, ['localhost', false, 'localhost', 'localhost']);
  });

  test('options of the socket are set at birth, and can be read afterwards', async () => {
    const port = portOf(await nodeServer());
    const socket = await connectTls({
      ...{ host: HOST, port, ca, noDelay: true, keepAlive: true, keepAliveInitialDelay: 7000 },
      options: [
        [tcp.userTimeout, 4321],
        [ip.tos, 0x10],
      ],
    });
    const handle = socket.handle!;
    assert.deepEqual(
      [handle.getOption(tcp.userTimeout), handle.getOption(ip.tos), handle.getOption(tcp.nodelay)],
      [4321, 0x10, true],
    );
    assert.deepEqual([handle.getOption(so.keepalive), handle.getOption(tcp.keepidle)], [true, 7]);
    await readAll(socket);
  });

  test('a device that does not exist is refused', { skip: notOnWindows('SO_BINDTODEVICE') }, async () => {
    const port = portOf(await nodeServer());
    await assert.rejects(connectTls({ host: HOST, port, ca, bindToDevice: 'none0' }), { code: 'ENODEV' });
  });

  test('the application protocol (ALPN)', async () => {
    const port = portOf(await nodeServer({ ALPNProtocols: ['b', 'c'] }));
    const socket = await connectTls({ host: HOST, port, ca, ALPNProtocols: ['a', 'b'] });
    assert.equal(socket.alpnProtocol, 'b');
    await readAll(socket);
    await assert.rejects(connectTls({ host: HOST, port, ca, ALPNProtocols: ['x'] }), {
      code: /^(ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL|ECONNRESET)$/,
    });
  });

  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    test(`a session is resumed: ${version}`, async () => {
      const port = portOf(await nodeServer());
      const sessions: Buffer[] = [];
      const options = { host: HOST, port, ca, minVersion: version, maxVersion: version } as const;
      const first = await connectTls({ ...options, onSession: session => void sessions.push(session) });
      assert.deepEqual([first.isSessionReused(), first.getProtocol()], [false, version]);
      await readAll(first);
      assert.ok(sessions.length > 0);
      const second = await connectTls({ ...options, session: sessions.at(-1) });
      assert.equal(second.isSessionReused(), true);
      await readAll(second);
    });
  }

  test('a client certificate', async () => {
    const node = await nodeServer(
      { ca, requestCert: true, rejectUnauthorized: true },
      socket => void socket.end(String(socket.getPeerCertificate().subject.CN)),
    );
    assert.equal(await textOf({ host: HOST, port: portOf(node), ...client }), 'a client');
  });

  test('waits for the server that is slow to start the handshake', async () => {
    const slow = plainServer().listen(0, HOST);
    await once(slow, 'listening');
    const accepted = once(slow, 'connection');
    const connecting = textOf({ host: HOST, port: portOf(slow) });
    const [raw] = await accepted;
    const secure = new tls.TLSSocket(raw, { isServer: true, secureContext: tls.createSecureContext(server) });
    secure.end('late');
    assert.equal(await connecting, 'late');
    slow.close();
  });
});

describe('over other connections', () => {
  test('a Unix socket', { skip: notOnWindows('Unix sockets') }, async () => {
    const path = freshPath();
    const node = tls.createServer(server, socket => void socket.end('hello')).listen(path);
    await once(node, 'listening');
    const socket = await connectTls({ path, ca, servername: 'localhost' });
    assert.deepEqual([await readAll(socket), socket.remoteAddress], ['hello', undefined]);
    node.close();
  });

  test('a socket of berkeley, with the bytes that it has received', async () => {
    const started = plainServer(socket => {
      socket.write('220 ready\n');
      socket.once('data', () => {
        socket.write('220 go ahead\n');
        const secureContext = tls.createSecureContext(server);
        new tls.TLSSocket(socket, { isServer: true, secureContext }).end('secret');
      });
    }).listen(0, HOST);
    await once(started, 'listening');
    const socket = await createConnection({ host: HOST, port: portOf(started) });
    assert.equal(String(await socket.recv(10)), '220 ready\n');
    await socket.sendAll('STARTTLS\n');
    assert.equal(String(await socket.recv(13)), '220 go ahead\n');
    const secure = await connectTls({ socket, ca, servername: 'localhost' });
    assert.equal(secure.remoteAddress, HOST);
    assert.equal(await readAll(secure), 'secret');
    started.close();
  });

  test('a socket of berkeley/net, also while it connects', async () => {
    const port = portOf(await nodeServer());
    for (const isConnected of [false, true]) {
      const socket = connect({ host: HOST, port, options: [[tcp.userTimeout, 4321]] });
      if (isConnected) await once(socket, 'connect');
      const secure = await connectTls({ socket, ca, servername: 'localhost' });
      assert.deepEqual([secure.remoteAddress, secure.remotePort], [HOST, port]);
      assert.equal(secure.handle?.getOption(tcp.userTimeout), 4321);
      assert.equal(await readAll(secure), 'hello'); // the server ends first: the last record is sent nevertheless
      await once(secure, 'close');
      assert.equal(socket.destroyed, true);
    }
  });

  test('a net.Socket, and any other stream', async () => {
    const port = portOf(await nodeServer());
    assert.equal(await textOf({ socket: await plain(port), servername: 'localhost' }), 'hello');
    const raw = await plain(port);
    const stream = Duplex.from({ readable: raw, writable: raw });
    assert.equal(await textOf({ socket: stream, servername: 'localhost' }), 'hello');
  });

  test('TLS inside TLS', async () => {
    const outer = await nodeServer({}, socket => {
      const secureContext = tls.createSecureContext(other);
      new tls.TLSSocket(socket, { isServer: true, secureContext }).end('inside');
    });
    const first = await connectTls({ host: HOST, port: portOf(outer), ca });
    assert.equal(await textOf({ socket: first, servername: 'other.example' }), 'inside');
  });
});

describe('what fails', () => {
  const errors: readonly [string, tls.TlsOptions, Partial<ConnectTlsOptions>, string][] = [
    ['an unknown authority', {}, { ca: undefined }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['an expired certificate', expired, {}, 'CERT_HAS_EXPIRED'],
    ['the certificate of another server', other, {}, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['another servername', {}, { servername: 'x.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [
      'no common version',
      { maxVersion: 'TLSv1.2' },
      { minVersion: 'TLSv1.3' },
      'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    ],
  ];
  for (const [name, serverOptions, options, code] of errors) {
    test(`${name}: ${code}`, async () => {
      const port = portOf(await nodeServer(serverOptions));
      await withoutLeaks(() =>
        assert.rejects(connectTls({ host: 'localhost', port, ca, ...options }), { code }),
      );
    });
  }

  test('rejectUnauthorized: false resolves nevertheless, and says why the certificate is not valid', async () => {
    const port = portOf(await nodeServer(expired));
    const socket = await connectTls({ host: HOST, port, ca, rejectUnauthorized: false });
    assert.deepEqual([socket.authorized, String(socket.authorizationError)], [false, 'CERT_HAS_EXPIRED']);
    await readAll(socket);
  });

  test('a connection that is refused, and a host that does not exist', async () => {
    await assert.rejects(connectTls({ host: HOST, port: 1 }), {
      ...{ code: 'ECONNREFUSED', address: HOST, port: 1, message: `connect ECONNREFUSED ${HOST}:1` },
    });
    const lookup = (_: string, __: object, callback: (error: Error) => void): void =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND' }));
    await assert.rejects(connectTls({ host: 'x', port: 1, lookup: lookup as never }), { code: 'ENOTFOUND' });
  });

  test('a server that closes the connection, and one that does not speak TLS', async () => {
    for (const [listener, code] of [
      [(socket: Duplex) => void socket.end(), 'ECONNRESET'],
      [(socket: Duplex) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /^(ERR_SSL_|EPROTO)/],
    ] as const) {
      const server = plainServer(socket => listener(ended(socket))).listen(0, HOST);
      await once(server, 'listening');
      await withoutLeaks(() =>
        assert.rejects(connectTls({ host: HOST, port: portOf(server), ca }), { code }),
      );
      server.close();
    }
  });

  for (const phase of ['the connection', 'the handshake'] as const) {
    test(`the timeout is for all of it: ${phase} does not end`, async () => {
      const silent = plainServer(ended).listen(0, HOST);
      await once(silent, 'listening');
      const to = { host: 'silent.example', port: portOf(silent), ca, timeout: 50 };
      const never = (): void => {};
      const found = (_: string, options: { all?: boolean }, done: (...args: unknown[]) => void): void =>
        options.all ? done(null, [{ address: HOST, family: 4 }]) : done(null, HOST, 4);
      const lookup = (phase === 'the connection' ? never : found) as never;
      await withoutLeaks(async () => {
        const error = await connectTls({ ...to, lookup }).catch(reason => reason);
        assert.equal(isTimeout(error), true);
        assert.equal(error.message, `connect silent.example:${to.port} timed out after 50 ms`);
      });
      silent.close();
    });

    test(`the signal ends ${phase} with its reason`, async () => {
      const silent = plainServer(ended).listen(0, HOST);
      await once(silent, 'listening');
      const controller = new AbortController();
      const lookup =
        phase === 'the connection' ? { lookup: (() => controller.abort('enough')) as never } : {};
      const host = phase === 'the connection' ? 'silent.example' : HOST;
      silent.once('connection', () => controller.abort('enough'));
      const { signal } = controller;
      await withoutLeaks(() =>
        assert.rejects(
          connectTls({ host, port: portOf(silent), signal, ...lookup }),
          reason => reason === 'enough',
        ),
      );
      silent.close();
    });
  }

  test('a signal that is aborted already, with a connection that belongs to the call', async () => {
    const port = portOf(await nodeServer());
    await withoutLeaks(async () => {
      const socket = await createConnection({ host: HOST, port });
      const call = connectTls({ socket, servername: 'x', signal: AbortSignal.abort('no') });
      await assert.rejects(call, reason => reason === 'no');
    });
  });

  test('after the call, the signal and the timeout have no effect', async () => {
    const port = portOf(await nodeServer({}, socket => void socket.pipe(socket)));
    const controller = new AbortController();
    const socket = await connectTls({ host: HOST, port, ca, signal: controller.signal, timeout: 5000 });
    controller.abort();
    socket.end('still there');
    assert.equal(await readAll(socket), 'still there');
  });

  test('invalid arguments are refused before there is a connection', async () => {
    const socket = new Socket(AF_INET, SOCK_DGRAM);
    const cases: readonly [unknown, string][] = [
      [undefined, 'ERR_INVALID_ARG_TYPE'],
      [{}, 'ERR_MISSING_ARGS'],
      [{ servername: 'x' }, 'ERR_MISSING_ARGS'],
      [{ port: 70000 }, 'ERR_SOCKET_BAD_PORT'],
      [{ port: 1, timeout: -1 }, 'ERR_OUT_OF_RANGE'],
      [{ port: 1, signal: {} }, 'ERR_INVALID_ARG_TYPE'],
      [{ port: 1, onSession: 1 }, 'ERR_INVALID_ARG_TYPE'],
      [{ port: 1, checkServerIdentity: 1 }, 'ERR_INVALID_ARG_TYPE'],
      [{ port: 1, options: [[{}, 1]] }, 'ERR_INVALID_ARG_TYPE'],
      [{ port: 1, cert: 1 }, 'ERR_INVALID_ARG_TYPE'],
      [{ port: 1, cert: server.cert, key: client.key }, 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'],
      [{ path: '/x' }, 'ERR_INVALID_ARG_VALUE'],
      [{ address: { family: 'vsock', cid: 1, port: 1 } }, 'ERR_INVALID_ARG_VALUE'],
      [{ address: { family: 'none' }, servername: 'x' }, 'ERR_INVALID_ARG_VALUE'],
      [{ socket: {}, servername: 'x' }, 'ERR_INVALID_ARG_TYPE'],
      [{ socket: new Duplex() }, 'ERR_INVALID_ARG_VALUE'],
      [{ socket, servername: 'x' }, 'ERR_INVALID_ARG_VALUE'],
    ];
    for (const [options, code] of cases)
      await assert.rejects(connectTls(options as ConnectTlsOptions), { code }, JSON.stringify(options));
    socket.close();
  });
});
