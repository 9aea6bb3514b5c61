/**
 * HCI: filters, directions and timestamps, the monitor channel compared with btmon, and the control channel
 * compared with btmgmt.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AF_BLUETOOTH, BTPROTO_HCI, hciPacketInfo, SOCK_RAW, Socket } from 'berkeley';
import {
  HCI_CHANNEL_MONITOR,
  HCI_CHANNEL_RAW,
  HCI_COMMAND_PKT,
  HCI_DEV_NONE,
  HCI_EVENT_PKT,
  HCI_MAX_EVENT_SIZE,
} from 'berkeley/constants';
import { hci } from 'berkeley/options';
import { type Air, Management, needsBluetooth, startAir } from '../support/bluetooth.js';
import { temporaryFolder } from '../support/names.js';
import { Child, waitFor } from '../support/running.js';

const wait = { timeout: 20_000 };
const commandComplete = 0x0e;
/** Informational commands, which change nothing: the Bluetooth Core Specification, volume 4, part E, 7.4. */
const [readVersion, readAddress] = [0x1001, 0x1009];

/** A command without parameters, in the format of the controller. */
function command(opcode: number): Buffer {
  const bytes = Buffer.from([HCI_COMMAND_PKT, 0, 0, 0]);
  bytes.writeUInt16LE(opcode, 1);
  return bytes;
}

describe('HCI', { skip: needsBluetooth }, () => {
  let air: Air;
  before(async () => {
    air = await startAir();
  });
  after(() => air?.[Symbol.asyncDispose]());

  function openRaw(): Socket<'bluetooth'> {
    const socket = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
    socket.bind({ device: air.one.device, channel: HCI_CHANNEL_RAW });
    return socket;
  }

  test('a filter selects packet types, events, and the command that events belong to', async () => {
    using socket = openRaw();
    const filter = { typeMask: 1 << HCI_EVENT_PKT, eventMask: 1n << BigInt(commandComplete) };
    socket.setOption(hci.filter, { ...filter, opcode: readVersion });
    assert.deepEqual(socket.getOption(hci.filter), { ...filter, opcode: readVersion });
    await socket.send(command(readAddress), wait);
    await socket.send(command(readVersion), wait);
    const event = await socket.recv(HCI_MAX_EVENT_SIZE, wait);
    assert.deepEqual(
      [event[0], event[1], event.readUInt16LE(4)],
      [HCI_EVENT_PKT, commandComplete, readVersion],
    );
    await assert.rejects(socket.recv(HCI_MAX_EVENT_SIZE, { timeout: 200 }), { name: 'TimeoutError' });
    socket.setOption(hci.filter, filter);
    await socket.send(command(readAddress), wait);
    const answer = await socket.recv(HCI_MAX_EVENT_SIZE, wait);
    assert.equal(answer.readUInt16LE(4), readAddress);
    const address = answer.subarray(7, 13).reverse().toString('hex').toUpperCase();
    assert.equal(address, air.one.address.replaceAll(':', ''));
  });

  test('each packet has its direction and a timestamp', async () => {
    using watcher = openRaw();
    watcher.setOption(hci.filter, {
      typeMask: (1 << HCI_EVENT_PKT) | (1 << HCI_COMMAND_PKT),
      eventMask: 1n << BigInt(commandComplete),
    });
    watcher.setOption(hci.dataDir, true);
    watcher.setOption(hci.timeStamp, true);
    using sender = openRaw();
    const started = BigInt(Date.now()) * 1_000_000n;
    await sender.send(command(readVersion), wait);
    for (const [kind, isIncoming] of [
      [HCI_COMMAND_PKT, false],
      [HCI_EVENT_PKT, true],
    ] as const) {
      const { data, control } = await watcher.recvmsg(HCI_MAX_EVENT_SIZE, { control: 100, ...wait });
      assert.equal(data[0], kind);
      const { isIncoming: incoming, time } = hciPacketInfo(control);
      assert.equal(incoming, isIncoming);
      assert.ok(time! - started > -1_000_000_000n && time! - started < 60_000_000_000n, `${time} ${started}`);
    }
    assert.deepEqual(hciPacketInfo([]), {});
    watcher.setOption(hci.timeStamp, false);
    await sender.send(command(readVersion), wait);
    const { control } = await watcher.recvmsg(HCI_MAX_EVENT_SIZE, { control: 100, ...wait });
    assert.deepEqual(hciPacketInfo(control), { isIncoming: false });
  });

  test('the monitor channel receives what btmon records', async () => {
    const file = join(temporaryFolder(), 'btsnoop');
    await using btmon = new Child('btmon', ['-w', file]);
    await waitFor('btmon listens', () => existsSync(file) && statSync(file).size > 200);
    using monitor = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
    monitor.bind({ device: HCI_DEV_NONE, channel: HCI_CHANNEL_MONITOR });
    using sender = openRaw();
    sender.setOption(hci.filter, { typeMask: 0 });
    for (const opcode of [readVersion, readAddress, readVersion]) await sender.send(command(opcode), wait);
    // struct hci_mon_hdr: opcode, controller index, length.
    const ours: string[] = [];
    while (ours.length < 6) {
      const packet = await monitor.recv(2048, wait);
      const [kind, device] = [packet.readUInt16LE(0), packet.readUInt16LE(2)];
      const isTraffic = [2, 3].includes(kind) && device === air.one.device;
      if (isTraffic) ours.push(`${kind} ${packet.subarray(6).toString('hex')}`);
    }
    assert.deepEqual(
      ours.filter(packet => packet.startsWith('2')),
      ['2 011000', '2 091000', '2 011000'],
    );
    await waitFor('btmon has recorded as much', () => recorded(file, air.one.device).length >= 6);
    assert.deepEqual(recorded(file, air.one.device), ours, btmon.output);
  });

  test('the control channel lists and describes controllers as btmgmt does', async () => {
    using management = new Management();
    const { status, data } = await management.ask(0x0003); // Read Controller Index List
    assert.equal(status, 0);
    const count = data.readUInt16LE(0);
    const listed = Array.from({ length: count }, (_, i) => data.readUInt16LE(2 + 2 * i));
    const output = await new Child('btmgmt', ['info']).ends();
    const theirs = [...output.matchAll(/^hci(\d+):.*\n\s+addr (\S+) version (\d+) manufacturer (\d+)/gm)];
    assert.deepEqual(listed.map(String).sort(), theirs.map(([, device]) => device).sort());
    for (const [, device, address, version, manufacturer] of theirs) {
      const info = (await management.ask(0x0004, Number(device))).data; // Read Controller Information
      const shown = [
        info.subarray(0, 6).reverse().toString('hex').toUpperCase(),
        info[6],
        info.readUInt16LE(7),
      ];
      assert.deepEqual(shown, [address!.replaceAll(':', ''), Number(version), Number(manufacturer)]);
    }
    assert.ok(listed.includes(air.one.device) && listed.includes(air.two.device));
    const invalidIndex = 0x11;
    assert.equal((await management.ask(0x0004, 0x7ff0)).status, invalidIndex);
  });

  test('invalid channels, and channels that need a controller or none, are refused', () => {
    const bind = (address: { device: number; channel: number }) => () => {
      using socket = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);
      socket.bind(address);
    };
    assert.throws(bind({ device: air.one.device, channel: 77 }), { code: 'EINVAL', address: /hci:\d+:77/ });
    assert.throws(bind({ device: air.one.device, channel: HCI_CHANNEL_MONITOR }), { code: 'EINVAL' });
    assert.throws(bind({ device: 0, channel: 0x10000 }), {
      code: 'ERR_OUT_OF_RANGE',
      message: /address\.channel/,
    });
  });
});

/** The commands and events of a controller in a file of btmon: the format "btsnoop", type 2001. */
function recorded(file: string, device: number): string[] {
  const bytes = readFileSync(file);
  const packets: string[] = [];
  for (let at = 16; at + 24 <= bytes.length; ) {
    const [length, flags] = [bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8)];
    const [kind, of] = [flags & 0xffff, flags >>> 16];
    const data = bytes.subarray(at + 24, at + 24 + length);
    if ([2, 3].includes(kind) && of === device) packets.push(`${kind} ${data.toString('hex')}`);
    at += 24 + length;
  }
  return packets;
}
