/** Larger CAN traffic: sequences without gaps, timestamps of frames, and a tunnel to another namespace. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import {
  CAN_RAW,
  MSG_CONFIRM,
  MSG_DONTROUTE,
  packCanFdFrame,
  packCanFrame,
  parseAnyCanFrame,
  parseCanFrame,
} from 'berkeley';
import {
  CAN_MTU,
  CANFD_MTU,
  SOF_TIMESTAMPING_RX_SOFTWARE,
  SOF_TIMESTAMPING_SOFTWARE,
  SOF_TIMESTAMPING_TX_SOFTWARE,
} from 'berkeley/constants';
import { canRawError, spaceFor, timestamp, timestamping, toMilliseconds } from 'berkeley/control';
import { canRaw, so } from 'berkeley/options';
import { candump, logged, needsCan, openBus, startReceiver, vcan } from '../support/can.js';
import { ip, Namespace } from '../support/namespaces.js';
import { Child, waitFor } from '../support/running.js';

const wait = { timeout: 10_000 };

describe('CAN frames', { skip: needsCan(CAN_RAW) }, () => {
  test('of cansequence arrive without a gap, and ours arrive at cansequence', async () => {
    using socket = openBus();
    socket.setOption(canRaw.filter, [{ id: 2, mask: 0x7ff }]);
    socket.setOption(so.rcvbuf, 1 << 20);
    await new Child('cansequence', ['--loop=300', vcan]).ends();
    for (let i = 0; i < 300; i++) {
      const { data } = parseCanFrame(await socket.recv(CAN_MTU, wait));
      assert.equal(data[0], i & 0xff);
    }
    await using checker = await startReceiver('rcvlist_fil', 'cansequence', '-r', '-v', vcan);
    const send = (n: number) => socket.send(packCanFrame({ id: 2, data: Buffer.of(n & 0xff) }));
    for (let i = 0; i < 600; i++) await send(i);
    await send(700); // it prints the position of the first gap
    const [, got, expected] = await checker.prints(/RX: +(\d+) +expected: +(\d+)/);
    assert.deepEqual([Number(expected), Number(got)], [600 & 0xff, 700 & 0xff]);
  });

  test('have a receive time, equal to candump’s', async () => {
    await using dump = await candump();
    using sender = openBus();
    using socket = openBus();
    socket.setOption(so.timestamp, true);
    for (let id = 1; id <= 3; id++) await sender.send(packCanFrame({ id }));
    await dump.prints(/003#/);
    for (const { time } of logged(dump)) {
      const { control } = await socket.recvmsg(CAN_MTU, { control: spaceFor(timestamp), ...wait });
      assert.ok(Math.abs(toMilliseconds(timestamp.find(control)!) - time) < 0.002);
    }
  });

  test('have a send time', async () => {
    using socket = openBus();
    const flags = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE;
    socket.setOption(so.timestamping, { flags });
    const frame = packCanFrame({ id: 0x123, data: 'hello' });
    await socket.send(frame);
    const item = await socket.recvError(wait);
    assert.equal(item.origin, 'timestamping');
    assert.equal(canRawError.find(item.control)?.code, 'ENOMSG');
    assert.ok(Math.abs(toMilliseconds(item.timestamps!.software!) - Date.now()) < 60_000);
    assert.deepEqual(item.packet, frame);
    assert.equal(timestamping.find(item.control)?.hardware, null);
  });

  test('pass through a tunnel into another network namespace, including CAN FD', async t => {
    const there = new Namespace();
    t.after(() => there.remove());
    const [near, far] = ['vxcan5', 'vxcan6'];
    ip(['link', 'add', near, 'type', 'vxcan', 'peer', 'name', far, 'netns', there.name]);
    ip(['link', 'set', near, 'mtu', '72', 'up']);
    ip(['link', 'set', far, 'mtu', '72', 'up'], there);
    using socket = openBus(near);
    socket.setOption(canRaw.fdFrames, true);
    await using dump = new Child(...there.command('candump', '-L', far));
    const frame = packCanFrame({ id: 0x123, data: 'hello' });
    await waitFor('candump listens there', async () => {
      await socket.send(frame);
      return dump.output.includes('123#68656C6C6F');
    });
    await socket.send(packCanFdFrame({ id: 0x7, data: Buffer.alloc(64, 0xab) }));
    await dump.prints(/007##[04](AB){64}/);
    execFileSync(...there.command('cansend', far, '456##1DEADBEEF'));
    const { data, address, flags } = await socket.recvmsg(CANFD_MTU, wait);
    const received = parseAnyCanFrame(data);
    assert.equal(received.kind === 'fd' && received.id, 0x456);
    assert.deepEqual(address, { family: 'can', interface: near });
    assert.equal(flags & (MSG_DONTROUTE | MSG_CONFIRM), 0); // neither of this machine nor our own
  });
});
