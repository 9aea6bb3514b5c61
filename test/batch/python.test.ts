/**
 * Exchanges datagrams with Python in every way of sending and receiving, counts them and compares their
 * bytes.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { AF_INET, IPPROTO_UDP, MessageBatch, SOCK_DGRAM, SOL_SOCKET, Socket } from 'berkeley';
import { SO_RCVBUFFORCE, UDP_GRO } from 'berkeley/constants';
import { segment, spaceFor } from 'berkeley/control';
import { besideSource, python, withoutPython } from '../support/python.js';

const PEER = besideSource('peer.py', import.meta.url);
const COUNT = 2000;
const SIZE = 200;
const BATCH = 64;
/** Exceeds net.core.rmem_max, which root may do, so that a whole run fits. */
const RECEIVE_BUFFER = 8 << 20;

const skip =
  withoutPython ||
  (process.getuid?.() !== 0 && 'needs root (CAP_NET_ADMIN), for a receive buffer that holds a whole run');

const datagram = (i: number): Buffer => Buffer.from(new Uint32Array(SIZE / 4).fill(i).buffer);
const all: readonly Buffer[] = Array.from({ length: COUNT }, (_, i) => datagram(i));

function digestOf(datagrams: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const data of datagrams) hash.update(new Uint8Array(Uint32Array.of(data.length).buffer)).update(data);
  return hash.digest('hex');
}

const expected = { count: COUNT, digest: digestOf(all) };

function start(...argv: string[]): ChildProcess {
  return spawn(python, [PEER, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
}

function receiver(): Socket {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.setsockopt(SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER);
  socket.bind({ host: '127.0.0.1', port: 0 });
  return socket;
}

const inBatches = (): Buffer[][] =>
  Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH));

type Send = (socket: Socket) => Promise<void>;

const sends: Record<string, Send> = {
  'one datagram a call': async socket => {
    for (const data of all) await socket.send(data);
  },
  'one datagram a call, Sync': async socket => {
    for (const data of all) socket.sendSync(data);
  },
  'batches of 64': async socket => {
    const batch = new MessageBatch({ count: BATCH, size: SIZE });
    for (const part of inBatches()) {
      batch.clear();
      for (const data of part) batch.push(data);
      assert.equal(await socket.sendmmsg(batch), part.length);
    }
  },
  'batches of 64, Sync': async socket => {
    const batch = new MessageBatch({ count: BATCH, size: SIZE });
    for (const part of inBatches()) {
      batch.clear();
      for (const data of part) batch.push(data);
      assert.equal(socket.sendmmsgSync(batch), part.length);
    }
  },
  'segments, all at once': async socket => {
    assert.equal(await socket.sendSegments(Buffer.concat(all), SIZE), COUNT * SIZE);
  },
  'segments, Sync': async socket => {
    assert.equal(socket.sendSegmentsSync(Buffer.concat(all), SIZE), COUNT * SIZE);
  },
  'batches of segments': async socket => {
    const batch = new MessageBatch({ count: 8, size: BATCH * SIZE, controlSize: segment.space });
    for (const part of inBatches()) {
      batch.push(Buffer.concat(part), null, { segmentSize: SIZE });
      if (batch.length < batch.count) continue;
      await socket.sendmmsg(batch);
      batch.clear();
    }
    await socket.sendmmsg(batch);
  },
};

describe('sending to Python', { skip }, () => {
  for (const [name, send] of Object.entries(sends)) {
    test(name, async () => {
      const peer = start('receive', `${COUNT}`);
      const lines = createInterface(peer.stdout!)[Symbol.asyncIterator]();
      const port = Number((await lines.next()).value);
      using socket = new Socket(AF_INET, SOCK_DGRAM);
      await socket.connect({ host: '127.0.0.1', port });
      await send(socket);
      assert.deepEqual(JSON.parse((await lines.next()).value!), expected);
      if (peer.exitCode === null) await once(peer, 'exit');
    });
  }
});

/** Receives until all datagrams have arrived, or none arrives for a while. */
type Receive = (socket: Socket, into: Buffer[]) => Promise<void>;

const wait = { timeout: 5000 };

function copyOut(batch: MessageBatch, into: Buffer[]): void {
  for (let i = 0; i < batch.length; i++) {
    for (const data of batch.segments(i)) into.push(Buffer.from(data));
  }
}

const receives: Record<string, Receive> = {
  'one datagram a call': async (socket, into) => {
    while (into.length < COUNT) into.push((await socket.recvfrom(SIZE + 1, wait)).data);
  },
  'one datagram a call, Sync': async (socket, into) => {
    while (into.length < COUNT) into.push(socket.recvfromSync(SIZE + 1).data);
  },
  'batches of 64': async (socket, into) => {
    const batch = new MessageBatch({ count: BATCH, size: SIZE + 1 });
    for (; into.length < COUNT; copyOut(batch, into)) await socket.recvmmsg(batch, wait);
  },
  'batches of 64, Sync': async (socket, into) => {
    const batch = new MessageBatch({ count: BATCH, size: SIZE + 1 });
    for (; into.length < COUNT; copyOut(batch, into)) socket.recvmmsgSync(batch);
  },
  'joined segments': async (socket, into) => {
    socket.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
    while (into.length < COUNT) into.push(...(await socket.recvSegments(wait)).segments);
  },
  'batches of joined segments': async (socket, into) => {
    socket.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
    const batch = new MessageBatch({ count: 8, size: 65536, controlSize: spaceFor(segment) });
    for (; into.length < COUNT; copyOut(batch, into)) await socket.recvmmsg(batch, wait);
  },
  'batches of joined segments, Sync': async (socket, into) => {
    socket.setsockopt(IPPROTO_UDP, UDP_GRO, 1);
    const batch = new MessageBatch({ count: 8, size: 65536, controlSize: spaceFor(segment) });
    for (; into.length < COUNT; copyOut(batch, into)) socket.recvmmsgSync(batch);
  },
};

for (const how of ['sendto', 'gso']) {
  describe(`receiving from Python's ${how}`, { skip }, () => {
    for (const [name, receive] of Object.entries(receives)) {
      test(name, async () => {
        using socket = receiver();
        const peer = start('send', `${socket.getsockname().port}`, `${COUNT}`, how);
        const received: Buffer[] = [];
        socket.timeout = 5000;
        await receive(socket, received);
        assert.deepEqual({ count: received.length, digest: digestOf(received) }, expected);
        await assert.rejects(socket.recv(1, { timeout: 10 }), { code: 'ETIMEDOUT' });
        if (peer.exitCode === null) await once(peer, 'exit');
      });
    }
  });
}
