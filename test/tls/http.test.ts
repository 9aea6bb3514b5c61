/** `node:https` and `node:http2` over `berkeley/tls`, in both directions: the addresses are known to their handlers. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { after, describe, test } from 'node:test';
import tls from 'node:tls';
import { createServer } from 'berkeley';
import { serve } from 'berkeley/net';
import { connectTls, createTlsServer, type TlsServer, type TlsSocket } from 'berkeley/tls';
import { ca, server } from './certificates.js';
import { HOST, listening, portOf, readAll } from './scene.js';

/** What a handler sees of a connection. */
const seen = ({ url, socket }: http.IncomingMessage | http2.Http2ServerRequest): string =>
  [url, socket.remoteAddress, Number(socket.remotePort) > 0].join(' ');

async function get(port: number, path: string, options: https.RequestOptions = {}): Promise<string> {
  const request = https.get(`https://localhost:${port}${path}`, {
    ca,
    family: 4,
    ...('createConnection' in options ? {} : { agent: false }),
    ...options,
  });
  const [response] = await once(request, 'response');
  return readAll(response);
}

/** Requests paths over one HTTP/2 session. */
async function get2(
  port: number,
  paths: string[],
  options: http2.SecureClientSessionOptions = {},
): Promise<string[]> {
  const session = http2.connect(`https://127.0.0.1:${port}`, { ca, ...options });
  const bodies = await Promise.all(paths.map(path => readAll(session.request({ ':path': path }))));
  session.close();
  await once(session, 'close');
  return bodies;
}

const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

/** Passes the connections of a TLS server to a server of HTTP, each by its protocol. */
function pass(made: TlsServer): void {
  const one = http.createServer((request, response) => void response.end(`1.1 ${seen(request)}`));
  const two = http2.createServer((request, response) => void response.end(`2 ${seen(request)}`));
  made.on('secureConnection', socket => {
    (socket.alpnProtocol === 'h2' ? two : one).emit('connection', socket);
  });
  closing.push(() => one.closeAllConnections());
}

describe('servers', () => {
  test('HTTP/1.1 and HTTP/2 over one TLS server, by the negotiated protocol', async () => {
    const made = await listening({ ALPNProtocols: ['h2', 'http/1.1'] });
    pass(made);
    assert.equal(await get(portOf(made), '/a'), `1.1 /a ${HOST} true`);
    assert.deepEqual(await get2(portOf(made), ['/b', '/c']), [`2 /b ${HOST} true`, `2 /c ${HOST} true`]);
  });

  test('a server of node:https takes the connections too', async () => {
    const made = await listening();
    const secure = https.createServer(server, (request, response) => void response.end(seen(request)));
    made.on('secureConnection', socket => secure.emit('secureConnection', socket));
    assert.equal(await get(portOf(made), '/d'), `/d ${HOST} true`);
    secure.closeAllConnections();
  });

  for (const as of ['node', 'duplex'] as const) {
    test(`serve(): the addresses are known to https and http2, as: ${as}`, async () => {
      const secure = https.createServer(server, (request, response) => void response.end(seen(request)));
      const second = http2.createSecureServer(
        server,
        (request, response) => void response.end(seen(request)),
      );
      const [a, b] = [createServer({ host: HOST, port: 0 }), createServer({ host: HOST, port: 0 })];
      const ports = [a.getsockname().port, b.getsockname().port] as const;
      const serving = [serve(a, secure, { as }), serve(b, second, { as })];
      assert.equal(await get(ports[0], '/e'), `/e ${HOST} true`);
      assert.deepEqual(await get2(ports[1], ['/f']), [`/f ${HOST} true`]);
      for (const each of serving) await each.close({ timeout: 5000 });
    });
  }
});

describe('clients', () => {
  test('https over connectTls()', async () => {
    const secure = https.createServer(server, (request, response) => void response.end(seen(request)));
    secure.listen(0, HOST);
    await once(secure, 'listening');
    const port = portOf(secure);
    let made: TlsSocket | undefined;
    const createConnection = (_: object, done: (error: Error | null, socket: Duplex) => void): undefined => {
      connectTls({ host: HOST, port, ca }).then(
        socket => {
          made = socket;
          done(null, socket);
        },
        error => done(error, undefined as never),
      );
    };
    assert.equal(await get(port, '/g', { createConnection } as https.RequestOptions), `/g ${HOST} true`);
    assert.equal(made?.remotePort, port);
    secure.close();
    secure.closeAllConnections();
  });

  test('http2 over connectTls()', async () => {
    const second = http2.createSecureServer(server, (request, response) => void response.end(seen(request)));
    second.listen(0, HOST);
    await once(second, 'listening');
    const port = portOf(second);
    const socket = await connectTls({ host: HOST, port, ca, ALPNProtocols: ['h2'] });
    assert.deepEqual(await get2(port, ['/h'], { createConnection: () => socket }), [`/h ${HOST} true`]);
    second.close();
  });
});

test('a TLS server that was never listened on is closed without a trace', async () => {
  const made = createTlsServer(server);
  const error = await new Promise<NodeJS.ErrnoException | undefined>(resolve => void made.close(resolve));
  assert.equal(error?.code, 'ERR_SERVER_NOT_RUNNING');
  assert.ok(made instanceof tls.Server);
});
