/** AF_RDS on one machine. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { AF_RDS, formatAddress, parseAddress, SOCK_SEQPACKET, Socket } from 'berkeley';
import { needsSocket } from '../support/kernel.js';

const wait = { timeout: 20_000 };

function open(): Socket<'rds'> {
  const socket = new Socket(AF_RDS, SOCK_SEQPACKET);
  socket.bind({ host: '127.0.0.1', port: 0 });
  return socket;
}

describe('AF_RDS', { skip: needsSocket('AF_RDS', AF_RDS, SOCK_SEQPACKET) }, () => {
  test('datagrams go in both directions, in order, in both faces', async () => {
    using a = open();
    using b = open();
    const [from, to] = [a.getsockname(), b.getsockname()];
    assert.deepEqual([from.family, from.host], ['inet', '127.0.0.1']);
    assert.notEqual(from.port, 0);
    assert.deepEqual(parseAddress(formatAddress(from)), from);
    const datagrams = [Buffer.from('one'), randomBytes(30_000), Buffer.from('three')];
    for (const data of datagrams) assert.equal(await a.sendto(data, to, wait), data.length);
    for (const data of datagrams) assert.deepEqual(await b.recvfrom(65_536, wait), { data, address: from });
    b.sendtoSync('back', from);
    assert.deepEqual(a.recvfromSync(10), { data: Buffer.from('back'), address: to });
  });

  test('a connected socket needs no destination', async () => {
    using a = open();
    using b = open();
    await a.connect(b.getsockname(), wait);
    assert.deepEqual(a.getpeername(), b.getsockname());
    await a.send('hello', wait);
    assert.equal(String(await b.recv(10, wait)), 'hello');
  });

  test('a socket has to be bound before it sends; ports and hosts are checked', async () => {
    using socket = new Socket(AF_RDS, SOCK_SEQPACKET);
    const to = { host: '127.0.0.1', port: 1 };
    await assert.rejects(socket.sendto('x', to, wait), { code: 'ENOTCONN' });
    assert.throws(() => socket.bind({ host: '127.0.0.1', port: 65_536 }), { message: /address\.port/ });
    assert.throws(() => socket.bind({ host: '203.0.113.9', port: 0 }), { code: 'EADDRNOTAVAIL' });
  });
});
