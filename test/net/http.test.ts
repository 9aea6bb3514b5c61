/** Node's HTTP, TLS and HTTP/2 over `berkeley/net`: servers on its servers, and clients on its connections. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { Socket as NodeSocket } from 'node:net';
import { after, describe, test } from 'node:test';
import tls from 'node:tls';
import { connect, createServer, type Server } from 'berkeley/net';
import { makeCertificate } from '../streams/servers.js';
import { without } from '../streams/support.js';

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

/** Passes the connections of a server of this package to one of Node.js. Returns the port. */
async function port(server: { emit(event: string, ...args: unknown[]): boolean }): Promise<number> {
  const listener = createServer({ allowHalfOpen: true }, socket => void server.emit('connection', socket));
  servers.push(listener);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return (listener.address() as { port: number }).port;
}

const open = (options: object): NodeSocket => connect(options as never) as unknown as NodeSocket;

async function bodyOf(response: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}

async function get(request: http.ClientRequest): Promise<[status: number | undefined, body: string]> {
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return [response.statusCode, await bodyOf(response)];
}

describe('node:http over berkeley/net', () => {
  const server = http.createServer((request, response) => {
    const { remoteAddress, remoteFamily } = request.socket;
    void bodyOf(request).then(body =>
      response.end(JSON.stringify([request.url, body, remoteAddress, remoteFamily])),
    );
  });
  after(() => server.closeAllConnections());

  test('a request and its response', async () => {
    const to = {
      host: '127.0.0.1',
      port: await port(server),
      createConnection: open,
      method: 'POST',
      path: '/a',
    };
    const request = http.request(to);
    request.end('the body');
    assert.deepEqual(await get(request), [200, JSON.stringify(['/a', 'the body', '127.0.0.1', 'IPv4'])]);
  });

  test('an agent keeps connections alive, and uses them again', async () => {
    class Agent extends http.Agent {
      override createConnection(options: object): NodeSocket {
        created++;
        return open(options);
      }
    }
    let created = 0;
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    const to = { host: '127.0.0.1', port: await port(server), agent };
    const bodies = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await get(http.get({ ...to, path: `/${i}` })))[1]),
    );
    assert.deepEqual(
      bodies.map(body => JSON.parse(body)[0]),
      Array.from({ length: 20 }, (_, i) => `/${i}`),
    );
    assert.ok(created <= 2, `${created} connections`);
    agent.destroy();
  });

  test('an upgrade hands the connection over', async () => {
    const upgrading = http.createServer();
    upgrading.on('upgrade', (_, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n');
      socket.pipe(socket);
    });
    const headers = { connection: 'Upgrade', upgrade: 'echo' };
    const to = { host: '127.0.0.1', port: await port(upgrading), createConnection: open, headers };
    const request = http.get(to);
    const [, socket] = (await once(request, 'upgrade')) as [unknown, NodeSocket];
    socket.end('echo this');
    assert.equal(await bodyOf(socket), 'echo this');
  });

  test('a request that is aborted ends the connection', async () => {
    const silent = http.createServer();
    const arrived = once(silent, 'request');
    const request = http.get({ host: '127.0.0.1', port: await port(silent), createConnection: open });
    request.on('error', () => {});
    const [received] = (await arrived) as [http.IncomingMessage];
    received.on('error', () => {});
    request.destroy();
    await new Promise(resolve => received.socket.once('close', resolve));
    assert.equal(received.socket.destroyed, true);
  });
});

describe('TLS over berkeley/net', { skip: without('openssl') }, () => {
  test('tls.connect on a connection, and a tls.Server on a server', async () => {
    const { key, cert } = makeCertificate();
    const server = tls.createServer({ key, cert }, socket => void socket.pipe(socket));
    const socket = open({ host: '127.0.0.1', port: await port(server) });
    const client = tls.connect({ socket, ca: cert, servername: 'localhost' });
    await once(client, 'secureConnect');
    assert.equal(client.authorized, true);
    client.end('secret');
    assert.equal(await bodyOf(client), 'secret');
  });

  test('https', async () => {
    const { key, cert } = makeCertificate();
    const server = https.createServer({ key, cert }, (request, response) => void response.end(request.url));
    const to = {
      host: '127.0.0.1',
      port: await port(server),
      path: '/secure',
      ca: cert,
    } as const;
    let created = 0;
    const createConnection = (options: object): NodeSocket => {
      created++;
      const socket = open({ host: to.host, port: to.port, allowHalfOpen: true });
      return tls.connect({ ...options, socket, servername: 'localhost' });
    };
    assert.deepEqual(await get(https.get({ ...to, createConnection } as object)), [200, '/secure']);
    assert.equal(created, 1);
    server.closeAllConnections();
  });

  test('HTTP/2', async () => {
    const server = http2.createServer((request, response) => void response.end(request.url));
    const authority = `http://127.0.0.1:${await port(server)}`;
    const session = http2.connect(authority, {
      createConnection: url => open({ host: url.hostname, port: url.port }),
    });
    const bodies = await Promise.all(
      ['/1', '/2', '/3'].map(path => bodyOf(session.request({ ':path': path }))),
    );
    assert.deepEqual(bodies, ['/1', '/2', '/3']);
    session.close();
    await once(session, 'close');
  });
});
