/** packages/unix-dgram: the API of unix-dgram. `npm run test:drop-ins` also runs the tests of the original. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, test } from 'node:test';
import { DropInProject } from './project.js';

const limits = { timeout: 60_000 };
const skip = process.platform === 'win32' ? 'Windows has no Unix datagrams' : false;

describe('the API of unix-dgram', { skip, ...limits }, () => {
  const project = new DropInProject();
  after(() => project.dispose());
  const { createSocket } = project.require('unix-dgram');

  test('sends to a path, and reports the path of the sender', async () => {
    const [server, client] = [createSocket('unix_dgram'), createSocket('unix_dgram')];
    server.bind(project.path('server'));
    client.bind(project.path('client'));
    let isDone = false;
    client.send(Buffer.from('xPINGx'), 1, 4, project.path('server'), (error: unknown) => {
      isDone = error === undefined;
    });
    assert.ok(isDone, 'the callback is called during send()');
    const [message, rinfo] = await once(server, 'message');
    assert.equal(String(message), 'PING');
    assert.deepEqual(rinfo, { size: 4, address: {}, path: project.path('client') });
    for (const socket of [server, client]) socket.close();
  });

  test('emits listening and connect at once, and connected sends take no path', async () => {
    const server = createSocket('unix_dgram');
    const client = createSocket('unix_dgram');
    const seen: string[] = [];
    server.on('listening', () => seen.push('listening'));
    client.on('connect', () => seen.push('connect'));
    server.bind(project.path('connected'));
    client.connect(project.path('connected'));
    assert.deepEqual(seen, ['listening', 'connect']);
    client.send(Buffer.from('x'));
    const [message, rinfo] = await once(server, 'message');
    assert.deepEqual([String(message), rinfo.path], ['x', null]);
    for (const socket of [server, client]) socket.close();
  });

  test('reports congestion, and writable when there is space', async () => {
    const server = createSocket('unix_dgram');
    const client = createSocket('unix_dgram');
    let received = 0;
    server.on('message', () => received++);
    server.bind(project.path('full'));
    client.connect(project.path('full'));
    let sent = 0;
    let congestion: (Error & { code?: number }) | undefined;
    while (congestion === undefined && sent < 100_000)
      client.send(Buffer.from('x'), (error: Error) => {
        if (error) congestion = error;
        else sent++;
      });
    assert.deepEqual([congestion?.code, congestion?.message], [1, 'congestion']);
    const congested = once(client, 'congestion');
    client.send(Buffer.from('y'));
    assert.equal(String((await congested)[0]), 'y');
    await once(client, 'writable');
    while (received < sent) await once(server, 'message');
    for (const socket of [server, client]) socket.close();
  });

  test('has negative numbers as codes of errors', async () => {
    const socket = createSocket('unix_dgram');
    const path = project.path('nobody');
    let error: (NodeJS.ErrnoException & { code?: unknown }) | undefined;
    socket.send(Buffer.from('x'), 0, 1, path, (reason: NodeJS.ErrnoException) => {
      error = reason;
    });
    assert.deepEqual(
      [error!.code, error!.errno, error!.syscall, error!.message],
      [-2, -2, 'send', `send ENOENT ${path}`],
    );
    for (const call of ['bind', 'connect'] as const) {
      const failed = once(socket, 'error');
      socket[call]('/nonesuch/x');
      const [reason] = await failed;
      assert.deepEqual([reason.code, reason.syscall], [-2, call]);
    }
    socket.close();
    assert.equal(socket.fd, -1);
  });

  test('rejects other types, and has the methods that are not implemented', () => {
    assert.throws(() => createSocket('unix_stream'), /Unsupported socket type: unix_stream/);
    const socket = createSocket('unix_dgram');
    for (const name of ['address', 'setTTL', 'addMembership'])
      assert.throws(() => socket[name](), /not implemented/);
    socket.close();
    const udp = createSocket('udp4');
    assert.equal(udp.type, 'udp4');
    udp.close();
  });
});
