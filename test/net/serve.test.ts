/** `serve()`: the connections of a listening socket for a server of Node.js. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { connect, type Socket as NodeSocket } from 'node:net';
import { describe, test } from 'node:test';
import { AF_UNIX, createServer, MSG_PEEK, MSG_WAITALL, type Socket, socketpair } from 'berkeley';
import { type ServeOptions, type Serving, serve } from 'berkeley/net';
import { makeCertificate } from '../streams/servers.js';
import { without } from '../streams/support.js';

const listen = (): Socket<'inet'> => createServer({ host: '127.0.0.1', port: 0 });

async function bodyOf(response: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}

async function get(options: http.RequestOptions): Promise<[response: http.IncomingMessage, body: string]> {
  const [response] = (await once(http.get(options), 'response')) as [http.IncomingMessage];
  return [response, await bodyOf(response)];
}

/** Waits until a server has a number of connections. */
async function until(serving: Serving, count: number): Promise<void> {
  while (serving.connections !== count) await new Promise(setImmediate);
}

describe('serve()', () => {
  for (const as of ['node', 'duplex'] as const) {
    test(`counts connections and drains them: ${as}`, async () => {
      const listener = listen();
      const { port } = listener.getsockname();
      const server = http.createServer(
        (request, response) => void response.end(String(request.socket.remoteAddress)),
      );
      const serving = serve(listener, server, { as });
      const agent = new http.Agent({ keepAlive: true });
      const [, body] = await get({ port, host: '127.0.0.1', agent });
      assert.equal(body, '127.0.0.1');
      await until(serving, 1);
      await serving.close(); // an idle connection does not hold it up
      assert.equal(serving.connections, 0);
      assert.equal(listener.closed, true);
      agent.destroy();
    });

    test(`finishes the request that is in progress: ${as}`, async () => {
      const listener = listen();
      const { port } = listener.getsockname();
      const server = http.createServer();
      const serving = serve(listener, server, { as });
      const arrived = once(server, 'request');
      const agent = new http.Agent({ keepAlive: true });
      const answered = get({ port, host: '127.0.0.1', agent });
      const [, response] = (await arrived) as [unknown, http.ServerResponse];
      const closing = serving.close();
      response.end('late');
      const [received, body] = await answered;
      assert.deepEqual([received.headers.connection, body], ['close', 'late']);
      await closing;
      assert.equal(serving.connections, 0);
      agent.destroy();
    });
  }

  test('a timeout destroys what is left', async () => {
    const listener = listen();
    const { port } = listener.getsockname();
    const server = http.createServer(() => {}); // it never answers
    const serving = serve(listener, server);
    const arrived = once(server, 'request');
    const request = http.get({ port, host: '127.0.0.1' }).on('error', () => {});
    await arrived;
    await serving.close({ timeout: 10 });
    assert.equal(serving.connections, 0);
    request.destroy();
  });

  test('a signal stops it, and await using too', async () => {
    const controller = new AbortController();
    const [first, second] = [listen(), listen()];
    serve(first, http.createServer(), { signal: controller.signal });
    controller.abort();
    assert.equal(first.closed, true);
    await serve(second, http.createServer())[Symbol.asyncDispose]();
    assert.equal(second.closed, true);
  });

  test('the addresses are known over TLS', { skip: without('openssl') }, async () => {
    const { key, cert } = makeCertificate();
    const listener = listen();
    const { port } = listener.getsockname();
    const server = https.createServer(
      { key, cert },
      (request, response) => void response.end(String(request.socket.remoteAddress)),
    );
    const serving = serve(listener, server);
    const [response] = await once(https.get({ port, host: '127.0.0.1', ca: cert, agent: false }), 'response');
    assert.equal(await bodyOf(response as http.IncomingMessage), '127.0.0.1');
    await serving.close();
  });

  test('the addresses are known over HTTP/2, whose sessions end', async () => {
    const listener = listen();
    const { port } = listener.getsockname();
    const server = http2.createServer(
      (request, response) => void response.end(String(request.socket.remoteAddress)),
    );
    const serving = serve(listener, server);
    const session = http2.connect(`http://127.0.0.1:${port}`);
    assert.equal(await bodyOf(session.request({ ':path': '/' })), '127.0.0.1');
    await serving.close();
    assert.equal(serving.connections, 0);
    session.destroy();
  });

  test('refuses invalid arguments', () => {
    const listener = listen();
    const server = http.createServer();
    const wrong = (options: object): void => void serve(listener, server, options as ServeOptions);
    for (const [run, argument] of [
      [() => serve({} as never, server), /listener/],
      [() => serve(listener, {} as never), /server\.emit/],
      [() => wrong({ as: 'x' }), /options\.as/],
      [() => wrong({ signal: 5 }), /options\.signal/],
      [() => wrong({ other: 5 }), /options\.other/],
    ] as const)
      assert.throws(run, argument);
    listener.close();
  });
});

describe('toNodeSocket()', () => {
  /** Returns a connected socket, and the other end. */
  async function pair(): Promise<[Socket<'inet'>, NodeSocket]> {
    using listener = listen();
    const other = connect(listener.getsockname().port, '127.0.0.1');
    const { socket } = await listener.accept();
    return [socket, other];
  }

  test('hands the connection over, with its addresses', async () => {
    const [socket, other] = await pair();
    const handed = socket.toNodeSocket();
    assert.equal(socket.closed, true);
    assert.deepEqual([handed.remoteAddress, handed.remotePort], ['127.0.0.1', other.localPort]);
    other.end('hello');
    assert.equal(await bodyOf(handed), 'hello');
    handed.destroy();
  });

  test('delivers bytes that were received and not read first', async () => {
    const [socket, other] = await pair();
    other.write('first ');
    await socket.recv(100, MSG_PEEK);
    // A call that ends early gives back what it has received.
    const controller = new AbortController();
    const call = socket.recv(100, { flags: MSG_WAITALL, signal: controller.signal });
    controller.abort();
    await assert.rejects(call, { name: 'AbortError' });
    const handed = socket.toNodeSocket();
    other.end('second');
    assert.equal(await bodyOf(handed), 'first second');
  });

  test('the net.Socket has the options', async () => {
    const [socket, other] = await pair();
    const controller = new AbortController();
    const handed = socket.toNodeSocket({ allowHalfOpen: true, signal: controller.signal });
    assert.equal(handed.allowHalfOpen, true);
    const failed = once(handed, 'error');
    controller.abort();
    assert.equal(((await failed)[0] as Error).name, 'AbortError');
    other.destroy();
  });

  test('Unix sockets too', async () => {
    const [here, there] = socketpair(AF_UNIX);
    const handed = here.toNodeSocket();
    there.sendSync('over a path');
    there.close();
    assert.equal(await bodyOf(handed), 'over a path');
  });

  test('a socket that is closed is EBADF', () => {
    const [here, there] = socketpair();
    there.close();
    here.close();
    assert.throws(() => here.toNodeSocket(), { code: 'EBADF' });
  });
});
