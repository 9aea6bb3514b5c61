/** Options of sockets that Node.js owns. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { type AddressInfo, connect, createServer as createNetServer } from 'node:net';
import { test } from 'node:test';
import { AF_INET, borrow, SO_RCVBUF, SO_TYPE, SOCK_STREAM, SOL_SOCKET } from 'berkeley';
import { ip, so, tcp } from 'berkeley/options';

test('borrow reads and sets options of a net.Socket, which Node.js still owns', async () => {
  const server = createNetServer(peer => peer.pipe(peer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const borrowed = borrow<'inet'>(socket);
  assert.equal(borrowed.family, AF_INET);
  assert.equal(borrowed.type, SOCK_STREAM);
  assert.equal(borrowed.getsockopt(SOL_SOCKET, SO_TYPE), SOCK_STREAM);
  assert.deepEqual(borrowed.getpeername(), { family: 'inet', host: '127.0.0.1', port });
  assert.equal(borrowed.getsockname().port, socket.localPort);
  assert.ok(borrowed.getOption(tcp.info).rtt > 0);
  borrowed.setOption(ip.tos, 0x10);
  assert.equal(borrowed.getOption(ip.tos), 0x10);
  borrowed.setsockopt(SOL_SOCKET, SO_RCVBUF, 50_000);
  assert.ok(borrowed.getOption(so.rcvbuf) >= 50_000);
  socket.write('still of Node.js');
  const [data] = await once(socket, 'data');
  assert.equal(String(data), 'still of Node.js');
  const { fd } = borrowed;
  assert.ok(fd > 2);
  socket.destroy();
  await once(socket, 'close');
  for (const use of [() => borrowed.fd, () => borrowed.getsockname(), () => borrowed.getOption(so.rcvbuf)])
    assert.throws(use, { code: 'ERR_INVALID_STATE', message: /closed/ });
  assert.throws(() => borrow(socket), { code: 'ERR_INVALID_STATE' });
  server.close();
});

test('borrow accepts the socket of an HTTP request, and a dgram.Socket', async () => {
  let rtt = 0;
  const server = createServer((request, response) => {
    rtt = borrow(request.socket).getOption(tcp.info).rtt;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [response] = await once(get({ port, host: '127.0.0.1', agent: false }), 'response');
  response.resume();
  await once(response, 'end');
  assert.ok(rtt > 0);
  server.close();

  const datagrams = createSocket('udp4');
  assert.throws(() => borrow({} as never), { code: 'ERR_INVALID_ARG_TYPE', message: /"socket"/ });
  assert.throws(() => borrow(null as never), { code: 'ERR_INVALID_ARG_TYPE', message: /"socket"/ });
  datagrams.bind(0, '127.0.0.1');
  await once(datagrams, 'listening');
  const borrowed = borrow<'inet'>(datagrams);
  assert.equal(borrowed.getsockname().port, datagrams.address().port);
  borrowed.setOption(ip.ttl, 7);
  assert.equal(borrowed.getOption(ip.ttl), 7);
  datagrams.close();
});
