/**
 * Libraries that use `node:net`, over `berkeley/net`, with real servers. `npm run test:ecosystem` installs the libraries
 * and runs this file.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { connect, createServer, type Server, Socket } from 'berkeley/net';
import { tcp } from 'berkeley/options';
import { connectTls, createTlsServer } from 'berkeley/tls';
import { root } from '../../tables/root.js';
import { needsCommand } from '../support/kernel.js';
import { ca, server as certificate, pathOf } from '../tls/certificates.js';
import {
  mariadb,
  mosquitto,
  nginx,
  openssh,
  postgres,
  type RunningServer,
  redis,
  type ServerKind,
} from './servers.js';

const folder = join(root, 'build/ecosystem');
// Installed libraries alone are not sufficient: `npm test` does not start servers.
const noPackages =
  process.env.BERKELEY_ECOSYSTEM === undefined && 'needs libraries and servers: npm run test:ecosystem';

// biome-ignore lint/suspicious/noExplicitAny: libraries that are not dependencies have no types here
type Any = any;

const require = createRequire(join(folder, 'package.json'));
const library = (name: string): Any => require(name);

/** The connections that were made, to check that the library used them. */
const connections: object[] = [];
const HOST = '127.0.0.1';

function open(port: number): Socket {
  const socket = connect({ port, host: HOST, options: [[tcp.userTimeout, 30_000]] });
  connections.push(socket);
  return socket;
}

/** A suite with a server, which is started before its tests. */
function withServer(
  name: string,
  { skip, start }: ServerKind,
  tests: (server: () => RunningServer) => void,
): void {
  describe(name, { skip: noPackages || skip }, () => {
    let server: RunningServer;
    let made = 0;
    let hasRun = false;
    beforeEach(() => {
      hasRun = true;
    });
    before(async () => {
      server = await start();
      made = connections.length;
    });
    after(async () => {
      // A pattern can have left out all tests of this suite.
      assert.ok(connections.length > made || !hasRun, 'the library did not use berkeley/net');
      await server.stop();
    });
    tests(() => server);
  });
}

withServer('pg', postgres, server => {
  const stream = (): Socket => {
    const socket = new Socket();
    connections.push(socket);
    return socket;
  };
  const settings = (): object => ({ user: 'postgres', database: 'postgres', port: server().port, stream });

  test('queries, in parallel and with large results', async () => {
    const client = new (library('pg').Client)({ ...settings(), host: HOST });
    await client.connect();
    const rows = await Promise.all([1, 2, 3].map(n => client.query('select $1::int * 2 as n', [n])));
    assert.deepEqual(
      rows.map((result: Any) => result.rows[0].n),
      [2, 4, 6],
    );
    const { rows: long } = await client.query(
      "select i, repeat('x', 1000) as x from generate_series(1, 5000) i",
    );
    assert.equal(long.length, 5000);
    await assert.rejects(client.query('select'.repeat(2)), { code: '42601' });
    await client.end();
  });

  test('a pool, notifications, and the path of a Unix socket', async () => {
    const { Client, Pool } = library('pg');
    const pool = new Pool({ ...settings(), host: server().folder, max: 3 });
    const sums = await Promise.all([1, 2, 3, 4, 5].map(n => pool.query('select $1::int + 1 as n', [n])));
    assert.deepEqual(
      sums.map((result: Any) => result.rows[0].n),
      [2, 3, 4, 5, 6],
    );
    const client = new Client({ ...settings(), host: HOST });
    await client.connect();
    await client.query('listen news');
    const notified = once(client, 'notification');
    await pool.query("notify news, 'hello'");
    assert.equal((await notified)[0].payload, 'hello');
    await client.end();
    await pool.end();
  });

  test('a server that is not there', async () => {
    const client = new (library('pg').Client)({ ...settings(), host: HOST, port: 1 });
    await assert.rejects(client.connect(), { code: 'ECONNREFUSED', address: HOST, port: 1 });
  });
});

withServer('mysql2', mariadb, server => {
  test('queries, prepared statements and large results', async () => {
    const settings = { user: 'root', stream: () => open(server().port) };
    const client = await library('mysql2/promise').createConnection(settings);
    const [rows] = await client.query('select 1 + 1 as two');
    assert.equal(rows[0].two, 2);
    const [prepared] = await client.execute('select ? as text, ? + 1 as n', ['é', 41]);
    assert.deepEqual([prepared[0].text, Number(prepared[0].n)], ['é', 42]);
    const [long] = await client.query("select repeat('x', 4000000) as x");
    assert.equal(long[0].x.length, 4_000_000);
    await client.end();
  });
});

withServer('ioredis', redis, server => {
  /** A connector of ioredis over this package. */
  const connector = (connectTo: () => Socket): unknown =>
    class {
      #stream: Socket | undefined;
      check(): boolean {
        return true;
      }
      async connect(): Promise<Socket> {
        this.#stream = connectTo();
        return this.#stream;
      }
      disconnect(): void {
        this.#stream?.end();
      }
    };

  for (const [name, connectTo] of [
    ['TCP', () => open(server().port)],
    ['a Unix socket', () => connect(join(server().folder, 'redis.sock'))],
  ] as const) {
    test(`commands, pipelines and large values over ${name}`, async () => {
      const { Redis } = library('ioredis');
      const client = new Redis({ Connector: connector(connectTo) as Any });
      const value = Buffer.alloc(3_000_000, 'redis');
      assert.equal(await client.set('large', value), 'OK');
      assert.ok(value.equals(await client.getBuffer('large')));
      const pipeline = client.pipeline();
      for (let i = 0; i < 1000; i++) pipeline.incr('count');
      const results = await pipeline.exec();
      assert.equal(results.length, 1000);
      await client.flushall();
      const closed = once(client, 'end');
      await client.quit();
      await closed;
    });
  }

  test('publish and subscribe', async () => {
    const { Redis } = library('ioredis');
    const Connector = connector(() => open(server().port)) as Any;
    const [subscriber, publisher] = [new Redis({ Connector }), new Redis({ Connector })];
    await subscriber.subscribe('news');
    const received = once(subscriber, 'message');
    await publisher.publish('news', 'hello');
    assert.deepEqual(await received, ['news', 'hello']);
    await Promise.all([subscriber.quit(), publisher.quit()]);
  });
});

withServer('mqtt', mosquitto, server => {
  test('publishes to itself with every quality of service', async () => {
    const { MqttClient } = library('mqtt');
    const client = new MqttClient(() => open(server().port), { reconnectPeriod: 0, clientId: 'berkeley' });
    await once(client, 'connect');
    await client.subscribeAsync('a/#', { qos: 2 });
    const payload = Buffer.alloc(200_000, 'mqtt');
    for (const qos of [0, 1, 2]) {
      const received = once(client, 'message');
      await client.publishAsync(`a/${qos}`, payload, { qos });
      const [topic, message] = await received;
      assert.equal(topic, `a/${qos}`);
      assert.ok(payload.equals(message));
    }
    await client.endAsync();
  });
});

withServer('ssh2', openssh, server => {
  test('runs a command, and forwards a connection', async () => {
    const { Client } = library('ssh2');
    const client = new Client();
    const ready = once(client, 'ready');
    const privateKey = readFileSync(join(server().folder, 'key'));
    client.connect({ sock: open(server().port), username: userInfo().username, privateKey });
    await ready;
    const channel: Any = await new Promise((resolve, reject) => {
      client.exec('tr a-z A-Z', (error: Error, stream: unknown) => (error ? reject(error) : resolve(stream)));
    });
    channel.end('over ssh '.repeat(10_000));
    let text = '';
    for await (const chunk of channel) text += chunk;
    assert.equal(text, 'OVER SSH '.repeat(10_000));
    const closed = once(client, 'close');
    client.end();
    await closed;
  });
});

withServer('http, https and http2', nginx, server => {
  /** The answer of the server: the protocol, the address and port of the client, and the name it was asked for. */
  type Known = readonly [protocol: string, address: string, port: string, name?: string];
  const securePort = (): number => Number(readFileSync(join(server().folder, 'https'), 'utf8'));

  async function bodyOf(stream: AsyncIterable<Buffer>): Promise<string> {
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }

  async function get(request: http.ClientRequest): Promise<string> {
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    assert.equal(response.statusCode, 200);
    return bodyOf(response);
  }

  test('http: requests over kept connections, and a large body', async () => {
    class Agent extends http.Agent {
      override createConnection(): Any {
        return open(server().port);
      }
    }
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    const to = { host: HOST, port: server().port, agent };
    const known = await Promise.all([1, 2, 3, 4].map(() => get(http.get({ ...to, path: '/known' }))));
    const clients = known.map(text => text.split(' ') as unknown as Known);
    assert.deepEqual(
      new Set(clients.map(([protocol, address]) => `${protocol} ${address}`)),
      new Set([`HTTP/1.1 ${HOST}`]),
    );
    assert.ok(new Set(clients.map(([, , port]) => port)).size <= 2);
    assert.equal((await get(http.get({ ...to, path: '/large' }))).length, 3_000_000);
    agent.destroy();
  });

  test('https over connectTls()', async () => {
    const socket = await connectTls({ host: 'localhost', family: 4, port: securePort(), ca, noDelay: true });
    connections.push(socket);
    const { localPort } = socket;
    const text = await get(https.get({ path: '/known', createConnection: () => socket }));
    assert.deepEqual(text.split(' '), ['HTTP/1.1', HOST, String(localPort), 'localhost']);
  });

  test('http2 over connectTls(): parallel streams, and a large body', async () => {
    const to = { host: 'localhost', family: 4, port: securePort(), ca, ALPNProtocols: ['h2'] };
    const socket = await connectTls(to);
    connections.push(socket);
    assert.equal(socket.alpnProtocol, 'h2');
    const session = http2.connect('https://localhost', { createConnection: () => socket });
    const bodies = await Promise.all(
      ['/known', '/large', '/known'].map(path => bodyOf(session.request({ ':path': path }))),
    );
    assert.deepEqual(bodies[0]!.split(' ').slice(0, 2), ['HTTP/2.0', HOST]);
    assert.deepEqual([bodies[1]!.length, bodies[2]], [3_000_000, bodies[0]]);
    session.close();
    await once(session, 'close');
  });

  test('curl requests HTTP/1.1 and HTTP/2 of a server of this package', {
    skip: needsCommand('curl', 'curl'),
  }, async () => {
    const [one, two] = [http.createServer(), http2.createServer()];
    for (const each of [one, two])
      each.on('request', (request: Any, response: Any) => {
        response.end(`${request.httpVersion} ${request.socket.remoteAddress}`);
      });
    const options = { ...certificate, ALPNProtocols: ['h2', 'http/1.1'] };
    const made = createTlsServer(options, socket => {
      (socket.alpnProtocol === 'h2' ? two : one).emit('connection', socket);
    }).listen(0, HOST);
    made.on('secureConnection', socket => connections.push(socket));
    await once(made, 'listening');
    const url = `https://localhost:${(made.address() as { port: number }).port}/`;
    const common = ['-sS', '--ipv4', '--cacert', pathOf('ca.pem'), url];
    for (const [flag, version] of [
      ['--http1.1', '1.1'],
      ['--http2', '2.0'],
    ] as const) {
      const { stdout } = await promisify(execFile)('curl', [flag, ...common]);
      assert.equal(stdout, `${version} ${HOST}`);
    }
    made.close();
    one.closeAllConnections();
  });
});

describe('libraries with servers of their own', { skip: noPackages }, () => {
  const closables: (() => void)[] = [];
  after(() => {
    for (const close of closables) close();
  });

  /** Serves HTTP over `berkeley/net`. Returns the port. */
  async function serveHttp(server: http.Server): Promise<number> {
    const listener: Server = createServer(
      { allowHalfOpen: true },
      socket => void server.emit('connection', socket),
    );
    listener.listen(0, HOST);
    await once(listener, 'listening');
    closables.push(() => {
      listener.close();
      server.closeAllConnections();
    });
    return (listener.address() as { port: number }).port;
  }

  test('ws: a client and a server', async () => {
    const { WebSocket, WebSocketServer } = library('ws');
    const server = http.createServer();
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket: Any) => {
      socket.on('message', (data: Buffer, isBinary: boolean) => socket.send(data, { binary: isBinary }));
    });
    const port = await serveHttp(server);
    const client = new WebSocket(`ws://${HOST}:${port}`, { createConnection: () => open(port) });
    await once(client, 'open');
    const large = Buffer.alloc(1_000_000, 'websocket');
    for (const message of ['text', large]) {
      client.send(message);
      const [data] = await once(client, 'message');
      assert.ok(Buffer.from(message).equals(data));
    }
    client.close(1000, 'done');
    const [code, reason] = await once(client, 'close');
    assert.deepEqual([code, String(reason)], [1000, 'done']);
  });

  test('undici: requests, pipelined, and with a body', async () => {
    const { Client } = library('undici');
    const server = http.createServer((request, response) => void request.pipe(response));
    const port = await serveHttp(server);
    const connector = (_: unknown, callback: (error: Error | null, socket?: Socket) => void): void => {
      const socket = open(port);
      socket.once('connect', () => callback(null, socket)).once('error', callback);
    };
    const client = new Client(`http://${HOST}:${port}`, { connect: connector, pipelining: 5 });
    const bodies = await Promise.all(
      ['a', 'b', 'c'.repeat(500_000)].map(async body => {
        const response = await client.request({ method: 'POST', path: '/', body });
        return response.body.text();
      }),
    );
    assert.deepEqual(
      bodies.map(body => body.length),
      [1, 1, 500_000],
    );
    await client.close();
  });

  test('nodemailer and smtp-server: a message', async () => {
    const { SMTPServer } = library('smtp-server');
    const received: string[] = [];
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream: AsyncIterable<Buffer>, _: unknown, callback: () => void): void {
        void (async () => {
          let text = '';
          for await (const chunk of stream) text += chunk;
          received.push(text);
          callback();
        })();
      },
    });
    // Its own server is of node:net: connections of this package are passed to it.
    const listener = createServer(socket => void smtp.server.emit('connection', socket)).listen(0, HOST);
    await once(listener, 'listening');
    closables.push(() => listener.close());
    const { port } = listener.address() as { port: number };
    const getSocket = (_: unknown, callback: (error: null, socket: object) => void): void => {
      const connection = open(port);
      connection.once('connect', () => callback(null, { connection }));
    };
    const transport = library('nodemailer').createTransport({ host: HOST, port, getSocket, ignoreTLS: true });
    const message = {
      from: 'a@example.org',
      to: 'b@example.org',
      subject: 'hello',
      text: 'long '.repeat(50_000),
    };
    const { accepted } = await transport.sendMail(message);
    assert.deepEqual(accepted, ['b@example.org']);
    assert.match(received[0]!, /Subject: hello/);
    assert.ok(received[0]!.length > 250_000);
    transport.close();
  });
});
