/** AF_TIPC: control messages with the name that a message was sent to, and with the reason for its return. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_TIPC,
  CMSG_SPACE,
  isTimeout,
  SOCK_RDM,
  SOCK_SEQPACKET,
  Socket,
  TIPC_CRITICAL_IMPORTANCE,
  TIPC_LOW_IMPORTANCE,
  TIPC_NODE_SCOPE,
} from 'berkeley';
import { TIPC_ERR_NO_PORT, TIPC_ERR_OVERLOAD } from 'berkeley/constants';
import { describeControl, spaceFor, tipcDestination, tipcReturned, tipcReturnedData } from 'berkeley/control';
import { so, tipc } from 'berkeley/options';
import { needsSocket } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 20_000 };
const room = spaceFor(tipcReturned, tipcReturnedData.space(1024), tipcDestination);
let next = 60_000;

/** For a call that may time out, but not fail otherwise. */
function onlyTimeout(error: unknown): undefined {
  if (!isTimeout(error)) throw error;
}

function offer(type: number = SOCK_RDM): { server: Socket<'tipc'>; service: number } {
  const server = new Socket(AF_TIPC, type);
  const service = ++next;
  server.bind({ type: service, lower: 10, upper: 20, scope: TIPC_NODE_SCOPE });
  return { server, service };
}

/** A socket whose undeliverable messages are returned. */
function returning(): Socket<'tipc'> {
  const socket = new Socket(AF_TIPC, SOCK_RDM);
  assert.equal(socket.getOption(tipc.destDroppable), true);
  socket.setOption(tipc.destDroppable, false);
  return socket;
}

/** An address whose socket has been closed. */
function goneAddress() {
  using socket = new Socket(AF_TIPC, SOCK_RDM);
  return socket.getsockname();
}

const theirSender = (service: number): string => `
import socket
with socket.socket(socket.AF_TIPC, socket.SOCK_RDM) as s:
    s.sendto(b'from Python', (socket.TIPC_ADDR_NAME, ${service}, 13, 0))
`;

describe('AF_TIPC, control messages', { skip: needsSocket('AF_TIPC', AF_TIPC, SOCK_RDM) }, () => {
  test('a message has the name that it was sent to', { skip: withoutPython }, async () => {
    const { server, service } = offer();
    using theirs = server;
    using client = new Socket(AF_TIPC, SOCK_RDM);
    const hear = async () => (await theirs.recvmsg(100, { control: room, ...wait })).control;
    await client.sendto('x', { type: service, instance: 17 }, wait);
    assert.deepEqual(tipcDestination.find(await hear()), { type: service, lower: 17, upper: 17 });
    await client.sendto('x', { type: service, lower: 5, upper: 12 }, wait);
    assert.deepEqual(tipcDestination.find(await hear()), { type: service, lower: 5, upper: 12 });
    await new Child(python, ['-c', theirSender(service)]).ends();
    assert.deepEqual(describeControl(await hear()), [
      { name: 'TIPC_DESTNAME', value: { type: service, lower: 13, upper: 13 } },
    ]);
    await client.sendto('x', theirs.getsockname(), wait);
    assert.deepEqual(await hear(), [], 'a message to a socket was sent to no name');
  });

  test('a connection has the name that it was made to', async () => {
    const { server, service } = offer(SOCK_SEQPACKET);
    using listener = server;
    listener.listen();
    using client = new Socket(AF_TIPC, SOCK_SEQPACKET);
    const accepting = listener.accept(wait);
    await client.connect({ type: service, instance: 11 }, wait);
    using peer = (await accepting).socket;
    await client.send('x', wait);
    const { control } = await peer.recvmsg(100, { control: room, ...wait });
    assert.deepEqual(tipcDestination.find(control), { type: service, lower: 11, upper: 11 });
  });

  test('a message to an unused address is returned, with its data and the reason', async () => {
    using client = returning();
    for (const data of ['undeliverable', 'y'.repeat(5000)]) {
      await client.sendto(data, goneAddress(), wait);
      const message = await client.recvmsg(6000, { control: room, ...wait });
      assert.equal(message.data.length, 0);
      const returned = Math.min(data.length, 1024);
      assert.deepEqual(tipcReturned.find(message.control), { code: TIPC_ERR_NO_PORT, length: returned });
      assert.equal(String(tipcReturnedData.find(message.control)), data.slice(0, returned));
    }
  });

  test('a droppable message is not returned', async () => {
    using client = new Socket(AF_TIPC, SOCK_RDM);
    await client.sendto('undeliverable', goneAddress(), wait);
    await assert.rejects(client.recvmsg(100, { control: room, timeout: 300 }), { name: 'TimeoutError' });
  });

  test('a full receiver returns messages of low importance, and accepts critical ones', async () => {
    const { server, service } = offer();
    using theirs = server;
    theirs.setOption(so.rcvbuf, 16_384);
    using client = returning();
    const to = { type: service, instance: 10 };
    client.setOption(tipc.importance, TIPC_LOW_IMPORTANCE);
    let sent = 0;
    const isFull = () => client.recvmsg(1, { control: room, timeout: 1 }).catch(onlyTimeout);
    let returned: Awaited<ReturnType<typeof isFull>>;
    for (; returned === undefined && sent < 1000; sent++) {
      await client.sendto('low'.padEnd(2000), to, wait);
      returned = await isFull();
    }
    assert.equal(tipcReturned.find(returned!.control)?.code, TIPC_ERR_OVERLOAD);
    assert.equal(theirs.getOption(tipc.sockRecvqDepth), sent - 1);
    assert.ok(theirs.getOption(tipc.sockRecvqUsed) > 2000 * (sent - 1));
    client.setOption(tipc.importance, TIPC_CRITICAL_IMPORTANCE);
    await client.sendto('critical', to, wait);
    assert.equal(theirs.getOption(tipc.sockRecvqDepth), sent);
    for (let i = 1; i < sent; i++) await theirs.recv(3000, wait);
    assert.equal(String(await theirs.recv(3000, wait)), 'critical');
    assert.equal(theirs.getOption(tipc.sockRecvqDepth), 0);
  });

  test('receiving without space for control messages is safe', async () => {
    const { server, service } = offer();
    using theirs = server;
    using client = new Socket(AF_TIPC, SOCK_RDM);
    await client.sendto('x', { type: service, instance: 17 }, wait);
    const { data, control } = await theirs.recvmsg(100, { control: CMSG_SPACE(0), ...wait });
    assert.deepEqual([String(data), tipcDestination.find(control)], ['x', undefined]);
  });
});
