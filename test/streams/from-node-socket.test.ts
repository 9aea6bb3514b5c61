/** Taking over connections that node:net made. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { AF_INET, AF_UNIX, fromNodeSocket, SOCK_STREAM } from 'berkeley';
import { binding } from '#src/binding.js';
import { countDescriptors, isNonblocking, warmUp } from '../support/descriptors.js';
import { freshPath } from '../support/names.js';
import { until } from '../support/until.js';

await warmUp();

/** A connection that a Node server accepted paused, and its client. */
async function connect(where: net.ListenOptions): Promise<[net.Socket, net.Socket]> {
  const server = net.createServer({ pauseOnConnect: true });
  server.listen(where);
  await once(server, 'listening');
  const address = server.address();
  const client = net.connect(
    typeof address === 'string' ? { path: address } : { port: (address as net.AddressInfo).port },
  );
  const [accepted] = await once(server, 'connection');
  server.close();
  return [accepted, client];
}

const places = [
  ['TCP', () => ({ host: '127.0.0.1', port: 0 }), AF_INET],
  ['a Unix socket', () => ({ path: freshPath() }), AF_UNIX],
] as const;

for (const [name, where, family] of places) {
  test(`a connection over ${name} continues, with the data that node:net had received`, async () => {
    const [accepted, client] = await connect(where());
    client.write('early');
    await delay(10);
    const before = countDescriptors();
    const closing = once(accepted, 'close');
    const socket = fromNodeSocket(accepted);
    await closing;
    assert.equal(accepted.destroyed, true);
    assert.equal(countDescriptors(), before);
    assert.equal(socket.family, family);
    assert.equal(socket.type, SOCK_STREAM);
    assert.equal(socket.timeout, null);
    assert.equal(isNonblocking(socket.fd), false);
    assert.equal(String(socket.recvSync(9)), 'early');
    await socket.sendAll('answer');
    assert.equal(String((await once(client, 'data'))[0]), 'answer');
    socket.close();
    await once(client, 'end');
    client.destroy();
  });
}

test('a connection that was upgraded from HTTP continues', async () => {
  const http = await import('node:http');
  const server = http.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.on('upgrade', (_request, connection: net.Socket, head: Buffer) => {
    connection.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n',
      async () => {
        const socket = fromNodeSocket(connection);
        await socket.sendAll(head);
        for await (const chunk of socket.chunks()) await socket.sendAll(chunk);
        socket.close();
      },
    );
  });
  const request = http.get({
    port: (server.address() as net.AddressInfo).port,
    headers: { Connection: 'Upgrade', Upgrade: 'echo' },
  });
  const [, client] = (await once(request, 'upgrade')) as [unknown, net.Socket];
  client.write('hello');
  assert.equal(String((await once(client, 'data'))[0]), 'hello');
  client.end();
  await once(client, 'close');
  server.close();
});

/** Texts, and the encodings in which they are split within a character. */
const texts = [
  ['utf8', Buffer.from('aé€😀z')],
  ['utf16le', Buffer.from('aé😀z', 'utf16le')],
  ['base64', Buffer.from('abcdef')],
  ['hex', Buffer.from('abc')],
  ['latin1', Buffer.from('aé', 'latin1')],
] as const;

for (const [encoding, bytes] of texts) {
  test(`the part of a character that setEncoding('${encoding}') holds is received`, async () => {
    for (let cut = 1; cut < bytes.length; cut++) {
      const [accepted, client] = await connect({ host: '127.0.0.1', port: 0 });
      let decoded = '';
      accepted.setEncoding(encoding).on('data', (text: string) => {
        decoded += text;
      });
      accepted.resume();
      client.write(bytes.subarray(0, cut));
      await until(() => accepted.bytesRead >= cut);
      const socket = fromNodeSocket(accepted);
      client.end(bytes.subarray(cut));
      const pieces: Buffer[] = [Buffer.from(decoded, encoding)];
      for await (const piece of socket.chunks()) pieces.push(piece);
      assert.deepEqual(Buffer.concat(pieces), bytes, `cut after ${cut}`);
      socket.close();
      client.destroy();
    }
  });
}

test('when fcntl fails nothing is taken over, and the net.Socket continues', async () => {
  const [accepted, client] = await connect({ host: '127.0.0.1', port: 0 });
  const before = countDescriptors();
  const { setNonblocking } = binding;
  Object.assign(binding, { setNonblocking: () => -5 });
  try {
    assert.throws(() => fromNodeSocket(accepted), { code: 'EIO', syscall: 'fcntl' });
  } finally {
    Object.assign(binding, { setNonblocking });
  }
  assert.equal(countDescriptors(), before);
  client.write('hello');
  accepted.resume();
  assert.equal(String((await once(accepted, 'data'))[0]), 'hello');
  accepted.destroy();
  client.destroy();
});

describe('fromNodeSocket refuses', () => {
  test('a connection with received data that was not read', async () => {
    const [accepted, client] = await connect({ host: '127.0.0.1', port: 0 });
    client.write('x');
    await once(accepted, 'readable');
    assert.throws(() => fromNodeSocket(accepted), { code: 'ERR_INVALID_STATE', message: /received/ });
    accepted.read();
    fromNodeSocket(accepted).close();
    client.destroy();
  });

  test('a connection with unsent data', async () => {
    const [accepted, client] = await connect({ host: '127.0.0.1', port: 0 });
    client.pause();
    accepted.write(Buffer.alloc(16 << 20));
    assert.throws(() => fromNodeSocket(accepted), { code: 'ERR_INVALID_STATE', message: /sent/ });
    accepted.destroy();
    client.destroy();
  });

  test('a socket that is not connected, or not a net.Socket', async () => {
    const [accepted, client] = await connect({ host: '127.0.0.1', port: 0 });
    accepted.destroy();
    assert.throws(() => fromNodeSocket(accepted), { code: 'ERR_INVALID_STATE' });
    client.destroy();
    const connecting = net.connect({ host: '127.0.0.1', port: 1 });
    connecting.on('error', () => undefined);
    assert.throws(() => fromNodeSocket(connecting), { code: 'ERR_INVALID_STATE' });
    for (const value of [null, undefined, 5, {}, new net.Socket()]) {
      assert.throws(() => fromNodeSocket(value as never), { code: /ERR_INVALID_(ARG_TYPE|STATE)/ });
    }
  });
});
