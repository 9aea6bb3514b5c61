/** AF_QIPCRTR with peers: qrtr-lookup finds our service, and we find Python's service. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_QIPCRTR, SOCK_DGRAM, Socket } from 'berkeley';
import {
  QRTR_PORT_CTRL,
  QRTR_TYPE_DEL_SERVER,
  QRTR_TYPE_NEW_LOOKUP,
  QRTR_TYPE_NEW_SERVER,
} from 'berkeley/constants';
import { needsCommand, needsSocket } from '../support/kernel.js';
import { besideSource, python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 20_000 };
const program = besideSource('qrtr_peer.py', import.meta.url);

/** struct qrtr_ctrl_pkt: a command, and a server. */
const control = (...numbers: number[]): Buffer =>
  Buffer.from(new Uint32Array([...numbers, 0, 0, 0, 0]).buffer, 0, 20);

function open(): Socket<'qipcrtr'> {
  const socket = new Socket(AF_QIPCRTR, SOCK_DGRAM);
  socket.bind({ node: socket.getsockname().node, port: 0 });
  return socket;
}

describe('AF_QIPCRTR with peers', { skip: needsSocket('AF_QIPCRTR', AF_QIPCRTR, SOCK_DGRAM) }, () => {
  test('qrtr-lookup finds our service, and stops finding it when it has ended', {
    skip: needsCommand('qrtr-lookup', 'qrtr-tools'),
  }, async () => {
    const [service, version, instance] = [4711, 3, 5];
    const server = open();
    const { node, port } = server.getsockname();
    const names = { node, port: QRTR_PORT_CTRL };
    // The low byte of the instance is the version: qrtr-tools, lookup.c.
    const server16 = control(QRTR_TYPE_NEW_SERVER, service, (instance << 8) | version, node, port);
    await server.sendto(server16, names, wait);
    const line = new RegExp(`^\\s*${service}\\s+${version}\\s+${instance}\\s+${node}\\s+${port}\\b`, 'm');
    const lookUp = () => new Child('qrtr-lookup', [String(service)]).ends();
    assert.match(await lookUp(), line);
    server.close();
    assert.doesNotMatch(await lookUp(), line);
  });

  test('we find a service of Python, exchange messages with it, and receive its end', {
    skip: withoutPython,
  }, async () => {
    const [service, instance] = [4712, 9];
    using client = open();
    const { node } = client.getsockname();
    const lookUp = control(QRTR_TYPE_NEW_LOOKUP, service, instance);
    await client.sendto(lookUp, { node, port: QRTR_PORT_CTRL }, wait);
    const hear = async (): Promise<number[]> => {
      const packet = await client.recv(100, wait);
      return [0, 4, 8, 12, 16].map(at => packet.readUInt32LE(at));
    };
    assert.deepEqual(await hear(), [QRTR_TYPE_NEW_SERVER, 0, 0, 0, 0], 'nobody yet: the end of the list');
    await using theirs = new Child(python, [program, String(service), String(instance)]);
    const port = Number((await theirs.prints(/port (\d+)/))[1]);
    assert.deepEqual(await hear(), [QRTR_TYPE_NEW_SERVER, service, instance, node, port]);
    await client.sendto('question', { node, port }, wait);
    const answer = await client.recvfrom(100, wait);
    assert.deepEqual(answer, {
      data: Buffer.from('QUESTION'),
      address: { family: 'qipcrtr', node, port },
    });
    assert.match(await theirs.ends(), new RegExp(`from ${node} ${client.getsockname().port}`));
    assert.deepEqual(await hear(), [QRTR_TYPE_DEL_SERVER, service, instance, node, port]);
  });

  test('only a privileged process can be the name service', async () => {
    using socket = open();
    const { node } = socket.getsockname();
    // The kernel has already bound it: qrtr_ns_init of net/qrtr/ns.c.
    assert.throws(() => socket.bind({ node, port: QRTR_PORT_CTRL }), { syscall: 'bind' });
  });
});
