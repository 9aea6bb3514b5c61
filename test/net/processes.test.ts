/** Connections and servers that another process gets, in the ways that docs/net.md describes. */
import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Socket as NodeSocket, connect as nodeConnect, createServer as nodeServer } from 'node:net';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer as listenPlainly } from 'berkeley';
import { createServer } from 'berkeley/net';
import { select } from 'berkeley/select';
import { notOnWindows } from '../support/kernel.js';
import { portOf, readAll } from '../tls/scene.js';

const program = fileURLToPath(new URL('processes-program.js', import.meta.url));
const HOST = '127.0.0.1';

async function answerOf(port: number): Promise<string> {
  const socket: NodeSocket = nodeConnect(port, HOST);
  socket.end('hello');
  return readAll(socket);
}

describe('another process', { skip: notOnWindows('descriptors of handles'), timeout: 60_000 }, () => {
  test('gets a connection in a message', async () => {
    using listener = listenPlainly({ host: HOST, port: 0 });
    const child = fork(program, ['connection']);
    await once(child, 'message');
    const answer = answerOf(listener.getsockname().port);
    const { socket } = await listener.accept();
    await select([socket], [], []); // the data that has arrived is for the child
    child.send('connection', socket.toNodeSocket({ pauseOnCreate: true }));
    assert.equal(await answer, `hello from ${child.pid}`);
    await once(child, 'exit');
  });

  test('inherits a listening socket', async () => {
    const server = createServer().listen(0, HOST);
    await once(server, 'listening');
    const child = spawn(process.execPath, [program, 'inherited'], {
      stdio: ['ignore', 'inherit', 'inherit', server.handle!.fd],
    });
    const answer = answerOf(portOf(server));
    server.close();
    assert.equal(await answer, `hello from ${child.pid}`);
    await once(child, 'exit');
  });

  test('gets a server of node:net in a message, and listens with it', async () => {
    const server = nodeServer().listen(0, HOST);
    await once(server, 'listening');
    const child = fork(program, ['server']);
    await once(child, 'message');
    child.send('server', server);
    await once(child, 'message');
    const port = portOf(server);
    server.close();
    assert.equal(await answerOf(port), `hello from ${child.pid}`);
    await once(child, 'exit');
  });

  test('child.send() refuses a socket of berkeley/net', async () => {
    const server = createServer().listen(0, HOST);
    await once(server, 'listening');
    const child = fork(program, ['connection']);
    await once(child, 'message');
    assert.throws(() => child.send('server', server as never), { code: 'ERR_INVALID_HANDLE_TYPE' });
    child.kill();
    server.close();
    await once(child, 'exit');
  });
});
