/** packages/usocket: the API of usocket. `npm run test:drop-ins` also runs the example of the original. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { DropInProject } from './project.js';

const skip = process.platform === 'win32' ? 'Windows passes no descriptors' : false;
// biome-ignore lint/suspicious/noExplicitAny: the package has no types
type Any = any;

describe('the API of usocket', { skip, timeout: 60_000 }, () => {
  const project = new DropInProject();
  after(() => project.dispose());
  const { UServer, USocket } = project.require('usocket');
  let count = 0;

  async function connected(): Promise<[Any, Any, Any]> {
    const [server, path] = [new UServer(), project.path(`s${count++}`)];
    server.listen(path);
    await once(server, 'listening');
    assert.ok(server.fd >= 0);
    const accepted = once(server, 'connection');
    const client = new USocket(path);
    await once(client, 'connected');
    return [server, client, (await accepted)[0]];
  }

  /** Reads when there is something to read. */
  async function readFrom(socket: Any, ...given: unknown[]): Promise<Any> {
    for (;;) {
      const found = socket.read(...given);
      if (found) return found;
      await once(socket, 'readable');
    }
  }

  test('sends data in both directions, and ends both', async () => {
    const [server, client, peer] = await connected();
    client.write('Hello There');
    assert.equal(String(await readFrom(peer, 11)), 'Hello There');
    peer.write(Buffer.from('And you'));
    assert.equal(String(await readFrom(client, 7)), 'And you');
    const closed = Promise.all([once(client, 'close'), once(peer, 'close')]);
    peer.on('readable', () => peer.read(0));
    peer.on('end', () => peer.end('bye'));
    client.end();
    assert.equal(String(await readFrom(client, 3)), 'bye');
    client.resume();
    await closed;
    server.close();
  });

  test('passes descriptors with data, and read(length, count) returns both', async () => {
    const [server, client, peer] = await connected();
    const file = openSync(project.path('node_modules/usocket/package.json'), 'r');
    const heard = once(peer, 'fds');
    peer.read(0);
    const sent = new Promise(resolve =>
      client.write({ data: Buffer.from('message'), fds: [file], callback: resolve }),
    );
    const { data, fds } = await readFrom(peer, 7, 1);
    assert.equal(String(data), 'message');
    assert.deepEqual(fds, (await heard)[0]);
    const bytes = Buffer.alloc(1);
    readSync(fds[0], bytes, 0, 1, 0);
    assert.equal(String(bytes), '{');
    await sent;
    for (const fd of [file, ...fds]) closeSync(fd);
    for (const each of [client, peer, server]) each.destroy?.() ?? each.close?.();
  });

  test('sends descriptors that were written alone with the next data', async () => {
    const [server, client, peer] = await connected();
    const file = openSync('/dev/null', 'r');
    client.write([file]);
    client.write('x');
    const { data, fds } = await readFrom(peer, 1, null);
    assert.deepEqual([String(data), fds.length], ['x', 1]);
    for (const fd of [file, ...fds]) closeSync(fd);
    client.write([0]);
    client.end();
    const [error] = await once(client, 'error');
    assert.match(error.message, /without data/);
    peer.destroy();
    server.close();
  });

  test('closes descriptors that nobody has got', async () => {
    const [server, client, peer] = await connected();
    peer.read(0);
    const file = openSync('/dev/null', 'r');
    client.write({ data: Buffer.from('x'), fds: [file] });
    await once(peer, 'readable');
    const { fds } = peer.read(1, null);
    peer.unshift(null, fds);
    peer.destroy();
    await once(peer, 'close');
    assert.throws(() => fstatSync(fds[0]), { code: 'EBADF' });
    closeSync(file);
    client.destroy();
    server.close();
  });

  test('pauses and resumes accepting, and reports errors', async () => {
    const server = new UServer();
    const path = project.path('paused');
    server.pause();
    server.listen({ path, backlog: 4 }, () => {});
    await once(server, 'listening');
    let connections = 0;
    server.on('connection', (socket: Any) => {
      connections++;
      socket.destroy();
    });
    const client = new USocket({ path });
    await once(client, 'connected');
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.equal(connections, 0);
    server.resume();
    await once(server, 'connection');
    const second = new UServer();
    second.listen(path);
    assert.equal((await once(second, 'error'))[0].code, 'EADDRINUSE');
    const lost = new USocket(project.path('nobody'));
    assert.equal((await once(lost, 'error'))[0].code, 'ENOENT');
    client.destroy();
    server.close();
    assert.throws(() => new UServer().listen(5), /valid path/);
    assert.throws(() => new USocket().connect({}), /string path/);
  });

  test('takes ownership of a descriptor', async () => {
    const { socketpair } = project.require('berkeley');
    const [first, second] = socketpair();
    const socket = new USocket({ fd: first.detach() });
    socket.write('x');
    assert.equal(String(await second.recv(1)), 'x');
    const closed = once(socket, 'close');
    socket.destroy();
    await closed;
    assert.equal((await second.recv(1)).length, 0);
    second.close();
  });
});
