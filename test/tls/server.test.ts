/** `createTlsServer()`, with clients of `node:tls`. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import {
  type Server as NetServer,
  type Socket as NodeSocket,
  connect as nodeConnect,
  createServer as plainServer,
} from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, test } from 'node:test';
import tls from 'node:tls';
import { isTimeout, createServer as listenPlainly, socketpair } from 'berkeley';
import { BlockList, BoundSocket, connect } from 'berkeley/net';
import { so, tcp } from 'berkeley/options';
import { connectTls, createTlsServer, type TlsSocket } from 'berkeley/tls';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { notOnWindows } from '../support/kernel.js';
import { freshName, freshPath } from '../support/names.js';
import { waitFor } from '../support/running.js';
import { ca, client, expired, other, server } from './certificates.js';
import { closed, echo, HOST, listening, nodeClient, plain, portOf, readAll, withoutLeaks } from './scene.js';

await warmUp();

describe('createTlsServer()', () => {
  test('is a tls.Server: its listener, its events and its methods', async () => {
    const events: string[] = [];
    const made = createTlsServer(server, socket => void socket.end(`to ${socket.remoteAddress}`));
    assert.ok(made instanceof tls.Server);
    assert.ok(made instanceof EventEmitter);
    assert.deepEqual([made.listening, made.address(), made.handle], [false, null, undefined]);
    for (const event of ['listening', 'connection', 'secureConnection', 'close'])
      made.on(event, () => void events.push(event));
    assert.equal(made.listen(0, HOST), made);
    await once(made, 'listening');
    assert.deepEqual([made.listening, (made.address() as { family: string }).family], [true, 'IPv4']);
    assert.equal(made.handle?.getsockname().port, portOf(made));
    assert.equal(await readAll(await nodeClient(portOf(made))), `to ${HOST}`);
    await closed(made);
    assert.deepEqual(events, ['listening', 'connection', 'secureConnection', 'close']);
    assert.equal(made.listening, false);
  });

  test('connections() has each connection with its addresses, and ends when the server is closed', async () => {
    const made = await listening();
    const ports: (number | undefined)[] = [];
    const loop = (async () => {
      for await (const socket of made.connections()) {
        assert.deepEqual([socket.remoteAddress, socket.remoteFamily], [HOST, 'IPv4']);
        assert.equal(socket.localPort, portOf(made));
        assert.equal(socket.handle?.getpeername().port, socket.remotePort);
        ports.push(socket.remotePort);
        socket.end('hello');
      }
    })();
    const clients = await Promise.all([1, 2, 3].map(() => nodeClient(portOf(made))));
    const local = clients.map(({ localPort }) => localPort);
    assert.deepEqual(await Promise.all(clients.map(readAll)), ['hello', 'hello', 'hello']);
    await closed(made);
    await loop;
    assert.deepEqual(ports.toSorted(), local.toSorted());
  });

  test('connections that no loop takes wait for the next one, and are closed with the server', async () => {
    const made = await listening();
    const clients = [await nodeClient(portOf(made)), await nodeClient(portOf(made))];
    clients[0]!.end('first');
    for await (const socket of made.connections()) {
      assert.equal(await readAll(socket), 'first');
      break;
    }
    const third = await nodeClient(portOf(made));
    third.write('third');
    clients[1]!.write('second');
    const taken: TlsSocket[] = [];
    for await (const socket of made.connections()) if (taken.push(socket) === 1) break;
    assert.equal(String((await once(taken[0]!, 'data'))[0]), 'second');
    const ended = once(
      third.resume().on('error', () => {}),
      'close',
    );
    const closing = closed(made);
    await ended; // it was not taken
    clients[1]!.destroy();
    await closing;
  });

  test('connections() rejects with the error of the server', async () => {
    const first = await listening();
    const second = createTlsServer(server).listen(portOf(first), HOST);
    await assert.rejects(second.connections().next(), { code: 'EADDRINUSE', syscall: 'listen' });
    const third = createTlsServer(server).listen(portOf(first), HOST);
    const [error] = await once(third, 'error');
    assert.equal(error.code, 'EADDRINUSE');
  });

  test('options of the listener and of each connection', async () => {
    const made = await listening(
      { options: [[tcp.userTimeout, 4321]], noDelay: true, keepAlive: true, keepAliveInitialDelay: 7000 },
      { port: 0, host: HOST, options: [[so.rcvbuf, 1 << 17]] },
    );
    assert.ok(made.handle!.getOption(so.rcvbuf) >= 1 << 17);
    const accepted = made.connections().next();
    const peer = await nodeClient(portOf(made));
    const { handle } = (await accepted).value as TlsSocket;
    assert.deepEqual(
      [handle?.getOption(tcp.userTimeout), handle?.getOption(tcp.nodelay), handle?.getOption(tcp.keepidle)],
      [4321, true, 7],
    );
    peer.destroy();
  });

  test('a block list and a maximum apply before the handshake', async () => {
    const blockList = new BlockList();
    blockList.addAddress('127.0.0.2');
    const made = await listening({ blockList });
    made.maxConnections = 1;
    assert.equal(made.maxConnections, 1);
    const blocked = nodeConnect({ port: portOf(made), host: HOST, localAddress: '127.0.0.2' });
    await once(
      blocked.on('error', () => {}),
      'close',
    );
    const first = await nodeClient(portOf(made));
    const dropped = once(made, 'drop');
    const second = await plain(portOf(made));
    assert.equal((await dropped)[0].remotePort, second.localPort);
    assert.equal(await new Promise(resolve => made.getConnections((_, count) => resolve(count))), 1);
    first.destroy();
    second.destroy();
  });

  test('the name that the client gives chooses the certificate (SNI), and the protocol is negotiated', async () => {
    const made = await listening({ ALPNProtocols: ['b'] });
    made.addContext('*.example', other);
    made.on('secureConnection', socket => socket.end(`${socket.servername} ${socket.alpnProtocol}`));
    const named = await nodeClient(portOf(made), { servername: 'other.example', ALPNProtocols: ['a', 'b'] });
    assert.equal(named.getPeerCertificate().subject.CN, 'other.example');
    assert.equal(await readAll(named), 'other.example b');
    assert.equal(await readAll(await nodeClient(portOf(made))), 'localhost false');
  });

  test('sessions are resumed, also with the events for a store', async () => {
    for (const hasStore of [false, true]) {
      const made = await listening(hasStore ? { maxVersion: 'TLSv1.2', secureOptions: 1 << 14 } : {});
      const store = new Map<string, Buffer>();
      if (hasStore) {
        made.on('newSession', (id, data, done) => {
          store.set(id.toString('hex'), data);
          done();
        });
        made.on('resumeSession', (id, done) => done(null, store.get(id.toString('hex')) ?? null));
      }
      made.on('secureConnection', socket => socket.end('x'));
      const sessions: Buffer[] = [];
      const onSession = (session: Buffer): void => void sessions.push(session);
      await readAll(await connectTls({ port: portOf(made), host: HOST, ca, onSession }));
      const again = await connectTls({ port: portOf(made), host: HOST, ca, session: sessions.at(-1) });
      assert.deepEqual([again.isSessionReused(), store.size > 0], [true, hasStore]);
      await readAll(again);
    }
  });

  test('half-open connections', async () => {
    for (const allowHalfOpen of [false, true]) {
      const made = await listening({ allowHalfOpen });
      made.on('secureConnection', socket => {
        socket.resume().on('error', () => {});
        socket.on('end', () => setImmediate(() => socket.writable && socket.end('after the end')));
      });
      const peer = await nodeClient(portOf(made), { allowHalfOpen: true } as tls.ConnectionOptions);
      peer.end();
      assert.equal(await readAll(peer), allowHalfOpen ? 'after the end' : '');
      await closed(made);
    }
  });

  test('asyncDispose closes it and waits for the connections', async () => {
    const made = await listening();
    const accepted = made.connections().next();
    const peer = await nodeClient(portOf(made));
    const socket = (await accepted).value as TlsSocket;
    let isClosed = false;
    const closing = made[Symbol.asyncDispose]().then(() => {
      isClosed = true;
    });
    await new Promise(setImmediate);
    assert.equal(isClosed, false);
    socket.end();
    peer.resume();
    await closing;
  });
});

describe('it listens on', () => {
  const places: readonly [string, () => object, (made: object) => Parameters<typeof connectTls>[0]][] = [
    ['a path', () => ({ path: freshPath() }), address => ({ path: address as unknown as string })],
    [
      'an abstract name',
      () => ({ path: `\0${freshName()}` }),
      address => ({ path: address as unknown as string }),
    ],
    [
      'an address of any family',
      () => ({ address: { family: 'unix', path: freshPath() } }),
      address => ({ path: address as unknown as string }),
    ],
    [
      'a bound socket',
      () => new BoundSocket({ host: HOST }),
      address => ({ ...(address as { port: number }), host: HOST }),
    ],
    [
      'a listening socket',
      () => ({ handle: listenPlainly({ host: HOST, port: 0 }) }),
      address => ({ ...(address as { port: number }), host: HOST }),
    ],
  ];
  for (const [name, where, to] of places) {
    const skip = notOnWindows('Unix sockets');
    test(name, { skip: name.includes('socket') ? false : skip }, async () => {
      const made = await listening({}, where());
      void echo(made);
      const {
        address: _,
        family: __,
        ...options
      } = { ...to(made.address() as object) } as Record<string, unknown>;
      const socket = await connectTls({ ...options, ca, servername: 'localhost' });
      socket.end('over it');
      assert.equal(await readAll(socket), 'over it');
      await closed(made);
    });
  }
});

describe('a handshake that fails', () => {
  /** Waits for the error that the server reports. */
  async function clientError(
    made: EventEmitter,
    start: () => unknown,
  ): Promise<[Error & { code?: string }, TlsSocket]> {
    const reported = once(made, 'tlsClientError');
    await start();
    return (await reported) as [Error & { code?: string }, TlsSocket];
  }

  test('because it takes too long: the connection is closed', async () => {
    const made = await listening({ handshakeTimeout: 50 });
    await withoutLeaks(async () => {
      let raw: NodeSocket | undefined;
      const [error] = await clientError(made, async () => {
        raw = await plain(portOf(made));
      });
      assert.equal(error.code, 'ERR_TLS_HANDSHAKE_TIMEOUT');
      await once(raw!.resume(), 'close');
    });
  });

  test('because the client does not speak TLS', async () => {
    const made = await listening();
    await withoutLeaks(async () => {
      const [error] = await clientError(
        made,
        async () => void (await plain(portOf(made))).resume().end('GET / HTTP/1.0\r\n\r\n'),
      );
      assert.match(error.code!, /^ERR_SSL_/);
    });
  });

  for (const allowHalfOpen of [false, true]) {
    test(`because the client goes away, at once, in the middle or with its last message; allowHalfOpen: ${allowHalfOpen}`, async () => {
      const made = await listening({ allowHalfOpen });
      const ways: readonly (() => Promise<unknown>)[] = [
        async () => (await plain(portOf(made))).resume().end(),
        async () => (await plain(portOf(made))).resume().end(Buffer.from('16030100', 'hex')),
        () => assert.rejects(connectTls({ port: portOf(made), host: HOST })), // it does not trust the authority
      ];
      for (const goAway of ways) {
        await withoutLeaks(async () => {
          const [error] = await clientError(made, goAway);
          assert.match(error.code!, /^(ECONNRESET|ERR_SSL_TLSV1_ALERT_UNKNOWN_CA)$/);
        });
      }
    });
  }

  test('because of the certificate of the client', async () => {
    const made = await listening({ ca, requestCert: true });
    void echo(made);
    const good = await nodeClient(portOf(made), client);
    good.end('hello');
    assert.equal(await readAll(good), 'hello');
    for (const options of [{}, expired]) {
      await withoutLeaks(async () => {
        await clientError(made, () => {
          tls
            .connect({ port: portOf(made), host: HOST, ca, servername: 'localhost', ...options })
            .on('error', () => {});
        });
      });
    }
  });

  test('is no error of the server, nor of its loop', async () => {
    const made = await listening();
    const next = made.connections().next();
    (await plain(portOf(made))).resume().end('nonsense\r\n\r\n\r\n');
    await once(made, 'tlsClientError');
    const peer = await nodeClient(portOf(made));
    assert.equal((await next).done, false);
    peer.destroy();
  });
});

describe('upgrade()', () => {
  const upgrading = createTlsServer(server);

  test('does the handshake on a socket of berkeley, and no listener gets it', async () => {
    const made = createTlsServer(server, () => assert.fail('a listener has the connection'));
    const { socket, peer } = await plainPair();
    const securing = nodeSecured(peer);
    const secure = await made.upgrade(socket);
    assert.equal(secure.remoteAddress, HOST);
    assert.equal((secure as { server?: unknown }).server, made);
    secure.end('upgraded');
    assert.equal(await readAll(await securing), 'upgraded');
  });

  /** A connection whose server side is a socket of this package, and whose client is one of Node.js. */
  async function plainPair(): Promise<{ socket: Parameters<typeof upgrading.upgrade>[0]; peer: NodeSocket }> {
    using listener = listenPlainly({ host: HOST, port: 0 });
    const peer = nodeConnect(listener.getsockname().port, HOST);
    const { socket } = await listener.accept();
    return { socket, peer };
  }

  async function nodeSecured(socket: Duplex): Promise<tls.TLSSocket> {
    const secure = tls.connect({ socket: socket as NodeSocket, ca, servername: 'localhost' });
    await once(secure, 'secureConnect');
    return secure;
  }

  test('over streams: of berkeley/net, of node:net, of toDuplex()', async () => {
    const plainly: NetServer = plainServer().listen(0, HOST);
    await once(plainly, 'listening');
    const port = portOf(plainly);
    const openers: readonly (() => Duplex)[] = [
      () => connect({ port, host: HOST }),
      () => nodeConnect({ port, host: HOST }),
    ];
    for (const open of openers) {
      const accepted = once(plainly, 'connection');
      const stream = open();
      const securing = nodeSecured((await accepted)[0]);
      const secure = await upgrading.upgrade(stream);
      assert.deepEqual([secure.remoteAddress, secure.remotePort], [HOST, port]);
      const peer = await securing;
      peer.end('from the peer');
      assert.equal(await readAll(secure), 'from the peer');
      peer.destroy();
    }
    const [a, b] = socketpair();
    const securing = nodeSecured(b.toDuplex());
    const secure = await upgrading.upgrade(a.toDuplex());
    secure.end('over a pair');
    assert.equal(await readAll(await securing), 'over a pair');
    plainly.close();
  });

  test('rejects if the handshake fails, takes too long, or is aborted', async () => {
    const cases: readonly [
      object,
      (peer: NodeSocket, controller: AbortController) => void,
      (error: { code?: string }) => boolean,
    ][] = [
      [{}, peer => peer.end(), error => error.code === 'ECONNRESET'],
      [{}, peer => peer.end('nonsense\r\n\r\n\r\n'), error => /^ERR_SSL_/.test(error.code!)],
      [{}, peer => peer.destroy(), error => error.code === 'ECONNRESET'],
      [{ timeout: 30 }, () => {}, error => isTimeout(error)],
      [{}, (_, controller) => controller.abort('enough'), error => (error as unknown) === 'enough'],
    ];
    for (const [options, act, isExpected] of cases) {
      await withoutLeaks(async () => {
        const { socket, peer } = await plainPair();
        peer.on('error', () => {}).resume();
        const controller = new AbortController();
        const call = upgrading.upgrade(socket, { signal: controller.signal, ...options });
        act(peer, controller);
        const error = await call.then(
          () => assert.fail('it is secure'),
          reason => reason,
        );
        assert.ok(isExpected(error), String(error?.stack ?? error));
        peer.destroy();
      });
    }
  });

  test('names the reason for which a client certificate is refused', async () => {
    const strict = createTlsServer({ ...server, ca, requestCert: true, maxVersion: 'TLSv1.3' });
    await withoutLeaks(async () => {
      const { socket, peer } = await plainPair();
      const secure = tls.connect({ socket: peer, ca, servername: 'localhost', ...expired });
      secure.on('error', () => {});
      await assert.rejects(strict.upgrade(socket), {
        code: 'CERT_HAS_EXPIRED',
        message: 'the certificate of the client is not valid: CERT_HAS_EXPIRED',
      });
    });
  });

  test('refuses what is no connection', async () => {
    using listener = listenPlainly({ host: HOST, port: 0 });
    for (const value of [undefined, null, 1, {}, listener])
      await assert.rejects(upgrading.upgrade(value as never), { code: /^ERR_INVALID_ARG_/ });
    const [a, b] = socketpair();
    await assert.rejects(upgrading.upgrade(a, { time: 1 } as never), { code: /^ERR_INVALID_/ });
    a.close();
    b.close();
  });
});

test('many connections leave no descriptor open', async () => {
  const made = await listening();
  void echo(made);
  const before = countDescriptors();
  for (let i = 0; i < 10; i++) {
    const sockets = await Promise.all(
      Array.from({ length: 10 }, () => connectTls({ port: portOf(made), host: HOST, ca })),
    );
    await Promise.all(
      sockets.map(async (socket, n) => {
        socket.end(String(n));
        assert.equal(await readAll(socket), String(n));
      }),
    );
  }
  await waitFor('no connection is open', () => countDescriptors() <= before);
});

test('invalid options are refused', () => {
  for (const [options, code] of [
    [1, 'ERR_INVALID_ARG_TYPE'],
    [{ key: 1 }, 'ERR_INVALID_ARG_TYPE'],
    [{ ...server, key: client.key }, 'ERR_OSSL_X509_KEY_VALUES_MISMATCH'],
    [{ ...server, handshakeTimeout: 'x' }, 'ERR_INVALID_ARG_TYPE'],
    [{ ...server, options: [[{}, 1]] }, 'ERR_INVALID_ARG_TYPE'],
    [{ ...server, mark: 'x' }, 'ERR_INVALID_ARG_TYPE'],
  ] as const)
    assert.throws(() => createTlsServer(options as never), { code }, JSON.stringify(options));
});
