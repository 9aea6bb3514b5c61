/** J1939 messages that need several frames: progress, failures, and j1939cat and j1939spy as peers. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CAN_J1939, SOCK_DGRAM, type Socket } from 'berkeley';
import {
  SOF_TIMESTAMPING_OPT_CMSG,
  SOF_TIMESTAMPING_OPT_ID,
  SOF_TIMESTAMPING_RX_SOFTWARE,
  SOF_TIMESTAMPING_SOFTWARE,
  SOF_TIMESTAMPING_TX_ACK,
  SOF_TIMESTAMPING_TX_SCHED,
} from 'berkeley/constants';
import {
  describeControl,
  type J1939Progress,
  j1939DestAddr,
  j1939DestName,
  j1939Error,
  j1939Prio,
  j1939Progress,
  readErrorQueue,
  spaceFor,
} from 'berkeley/control';
import { canJ1939, so } from 'berkeley/options';
import { needsCan, openNode, vcan } from '../support/can.js';
import { Child, waitFor } from '../support/running.js';

const wait = { timeout: 20_000 };
const pgn = 0x12300;
const text = (length: number): string =>
  'The quick brown fox jumps over the lazy dog. '.repeat(length / 40).slice(0, length);
/**
 * A receive buffer into which the kernel can assemble a message. With much less it cannot continue (Linux
 * 6.1).
 */
const SMALL = 8000;
const space = spaceFor(j1939DestAddr, j1939DestName, j1939Prio);

/** A node that gets progress reports for its messages. */
function openWatched(address: number): Socket<'can'> {
  const node = openNode(address);
  node.setOption(canJ1939.errqueue, true);
  const sent = SOF_TIMESTAMPING_TX_SCHED | SOF_TIMESTAMPING_TX_ACK | SOF_TIMESTAMPING_RX_SOFTWARE;
  const how = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_CMSG | SOF_TIMESTAMPING_OPT_ID;
  node.setOption(so.timestamping, { flags: sent | how });
  return node;
}

/** The items of the error queue, up to a stage. */
async function newsUntil(socket: Socket<'can'>, stage: J1939Progress['stage']): Promise<J1939Progress[]> {
  const news: J1939Progress[] = [];
  for (;;) {
    const progress = j1939Progress(await socket.recvError(wait));
    assert.ok(progress !== undefined);
    news.push(progress);
    if (progress.stage === stage) return news;
  }
}

/** Sends repeatedly until a program has printed it, because the program does not report when it listens. */
async function untilHeard(child: Child, heard: RegExp, send: () => Promise<unknown>): Promise<void> {
  await waitFor(`a program prints ${heard}`, async () => {
    await send();
    return heard.test(child.output);
  });
}

describe('a J1939 transfer', { skip: needsCan(CAN_J1939, SOCK_DGRAM) }, () => {
  test('reports its progress to its sender, message by message', async () => {
    using a = openWatched(0x20);
    using b = openNode(0x30);
    const to = { interface: vcan, pgn, address: 0x30 };
    for (const [message, length] of [8, 1785, 5000].entries()) {
      await a.sendto(Buffer.alloc(length), to, wait);
      assert.equal((await b.recv(8192, wait)).length, length);
      const news = await newsUntil(a, 'acknowledged');
      const done = { stage: 'acknowledged', message, bytes: length, announcement: null, code: null };
      assert.deepEqual(news.at(-1), done);
      assert.ok(news.every(each => each.message === message));
      const counts = news.map(({ bytes }) => bytes!);
      assert.deepEqual(
        counts,
        counts.toSorted((x, y) => x - y),
      );
    }
  });

  test('is announced to its receiver, with its length, before it arrives', async () => {
    using a = openNode(0x20);
    using b = openWatched(0x30);
    await a.sendto(Buffer.alloc(5000), { interface: vcan, pgn, address: 0x30 }, wait);
    const [first] = await newsUntil(b, 'announced');
    const { stage, announcement, bytes } = first!;
    assert.deepEqual([stage, bytes], ['announced', null]);
    assert.deepEqual(announcement, {
      ...{ size: 5000, pgn, sourceName: 0n, sourceAddress: 0x20, destName: 0n, destAddress: 0x30 },
    });
    assert.equal((await b.recv(8192, wait)).length, 5000);
    const rest = readErrorQueue(b).map(item => j1939Progress(item));
    assert.ok(rest.length > 0 && rest.every(progress => progress?.stage === 'receiving'));
  });

  test('to an unused address fails: in the error queue if enabled, otherwise in the next call', async () => {
    using socket = openWatched(0x20);
    const to = { interface: vcan, pgn, address: 0x55 };
    await socket.sendto(Buffer.alloc(100), to, wait);
    const item = await socket.recvError(wait);
    assert.equal(j1939Error.find(item.control)?.code, 'EHOSTUNREACH');
    const { stage, code, bytes } = j1939Progress(item)!;
    assert.deepEqual([stage, code, bytes, item.origin], ['sendAborted', 'EHOSTUNREACH', 0, 'local']);
    socket.setOption(canJ1939.errqueue, false);
    await socket.sendto(Buffer.alloc(100), to, wait);
    await assert.rejects(socket.recv(100, wait), { code: 'EHOSTUNREACH', hint: /did not answer/ });
  });

  test('has its destination and priority, as j1939spy shows them', async () => {
    using a = openNode(0x20);
    using b = openNode(0x30);
    await using spy = new Child('stdbuf', ['-oL', 'j1939spy', '-P', `${vcan}:`]);
    await untilHeard(spy, /!6/, () => a.sendto('?', { interface: vcan, pgn, address: 0x31 }, wait));
    a.setOption(canJ1939.sendPrio, 2);
    await a.sendto('12345678', { interface: vcan, pgn, address: 0x30 }, wait);
    const { control, flags } = await b.recvmsg(100, { control: space, ...wait });
    assert.deepEqual(describeControl(control), [
      { name: 'SCM_J1939_DEST_ADDR', value: 0x30 },
      { name: 'SCM_J1939_PRIO', value: 2 },
    ]);
    assert.equal(flags & ~4, 0); // MSG_DONTROUTE: it came from this machine
    await a.sendto('to all', { interface: vcan, pgn: 0xfeee, address: 0xff }, wait);
    const broadcast = await b.recvmsg(100, { control: space, ...wait });
    assert.equal(j1939DestAddr.find(broadcast.control), undefined);
    assert.equal(j1939Prio.find(broadcast.control), 2);
    const line = await spy.prints(/^.*20,12300 30 !2 \[8\] 31323334 35363738$/m);
    assert.ok(line);
    await spy.prints(/20,0?feee - !2 \[6\] 746f2061 6c6c$/m);
  });

  test('to other nodes is only received in promiscuous mode', async () => {
    using a = openNode(0x20);
    using b = openNode(0x30);
    using nosy = openNode(0x40);
    const to = { interface: vcan, pgn, address: 0x30 };
    await a.sendto('private', to, wait);
    nosy.setOption(canJ1939.promisc, true);
    await a.sendto('public', to, wait);
    const { data, control } = await nosy.recvmsg(100, { control: space, ...wait });
    assert.deepEqual([String(data), j1939DestAddr.find(control)], ['public', 0x30]);
    assert.equal(String(b.recvSync(100)), 'private');
  });

  test('works with j1939cat in both directions, and sendAll sends it in pieces', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'berkeley-j1939-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'file');
    writeFileSync(file, text(20_000));
    using socket = openNode(0x20);
    await using _ = new Child('j1939cat', ['-i', file, `${vcan}:0x80`, ':0x20,0x12300']);
    assert.equal(String(await socket.recv(1 << 16, wait)), text(20_000));

    await using receiver = new Child('j1939cat', [`${vcan}:0x90`, '-r']);
    using sender = openNode(0x21);
    sender.setOption(so.sndbuf, SMALL);
    await sender.connect({ interface: vcan, pgn, address: 0x90 });
    await untilHeard(receiver, /ready/, () => sender.send('ready', wait));
    await sender.sendAll(text(20_000), wait);
    await waitFor('all has come', () => receiver.output.endsWith(text(20_000)));
  });

  test('that sent only a part has to continue with exactly the rest', async () => {
    using a = openNode(0x22);
    using b = openNode(0x32);
    a.setOption(so.sndbuf, SMALL);
    await a.connect({ interface: vcan, pgn, address: 0x32 });
    const data = Buffer.from(text(20_000));
    const taken = await a.send(data, wait);
    assert.ok(taken > 0 && taken < data.length, String(taken));
    await assert.rejects(a.send('something else', wait), { code: 'EIO', hint: /sendAll/ });
    await a.sendAll(data.subarray(taken), wait);
    assert.deepEqual(await b.recv(1 << 16, wait), data);
  });
});
