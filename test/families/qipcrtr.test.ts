/** AF_QIPCRTR on one node: messages, and the kernel's own name service. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_QIPCRTR, formatAddress, parseAddress, SOCK_DGRAM, Socket } from 'berkeley';
import {
  QRTR_PORT_CTRL,
  QRTR_TYPE_DEL_SERVER,
  QRTR_TYPE_NEW_LOOKUP,
  QRTR_TYPE_NEW_SERVER,
} from 'berkeley/constants';
import { needsSocket } from '../support/kernel.js';

const wait = { timeout: 20_000 };
const [service, instance] = [4242, 7];

function open(): Socket<'qipcrtr'> {
  const socket = new Socket(AF_QIPCRTR, SOCK_DGRAM);
  socket.bind({ node: socket.getsockname().node, port: 0 });
  return socket;
}

/** struct qrtr_ctrl_pkt: a command, and a server. */
const control = (...numbers: number[]): Buffer =>
  Buffer.from(new Uint32Array([...numbers, 0, 0, 0, 0]).buffer, 0, 20);
const numbersOf = (packet: Buffer): number[] => [0, 4, 8, 12, 16].map(at => packet.readUInt32LE(at));

describe('AF_QIPCRTR', { skip: needsSocket('AF_QIPCRTR', AF_QIPCRTR, SOCK_DGRAM) }, () => {
  test('messages go in both directions, in both faces', async () => {
    using a = open();
    using b = open();
    const [from, to] = [a.getsockname(), b.getsockname()];
    assert.notEqual(from.port, to.port);
    assert.deepEqual(parseAddress(formatAddress(from)), from);
    await a.sendto('question', to, wait);
    assert.deepEqual(await b.recvfrom(100, wait), { data: Buffer.from('question'), address: from });
    b.sendtoSync('answer', from);
    assert.deepEqual(a.recvfromSync(100), { data: Buffer.from('answer'), address: to });
  });

  test('the name service reports a server, and its end', async () => {
    const server = open();
    using client = open();
    const { node, port } = server.getsockname();
    const names = { node, port: QRTR_PORT_CTRL };
    await server.sendto(control(QRTR_TYPE_NEW_SERVER, service, instance, node, port), names, wait);
    await client.sendto(control(QRTR_TYPE_NEW_LOOKUP, service, instance), names, wait);
    const hear = async (): Promise<number[]> => numbersOf(await client.recv(100, wait));
    assert.deepEqual(await hear(), [QRTR_TYPE_NEW_SERVER, service, instance, node, port]);
    assert.deepEqual(await hear(), [QRTR_TYPE_NEW_SERVER, 0, 0, 0, 0], 'the end of the list');
    server.close();
    assert.deepEqual(await hear(), [QRTR_TYPE_DEL_SERVER, service, instance, node, port]);
  });

  test('an unused port and numbers out of range are errors', async () => {
    using socket = open();
    const { node } = socket.getsockname();
    await assert.rejects(socket.sendto('x', { node, port: 0x3fff }, wait), { code: 'ENODEV' });
    assert.throws(() => socket.bind({ node: 2 ** 32, port: 0 }), { message: /address\.node/ });
    assert.throws(() => socket.bind({ node, port: -1 }), { message: /address\.port/ });
  });
});
