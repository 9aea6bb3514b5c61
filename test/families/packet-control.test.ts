/** Control data of a packet: VLAN tags, lengths, checksum states, timestamps. Against Python and tcpdump. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  AF_INET,
  AF_PACKET,
  ETH_P_8021AD,
  ETH_P_8021Q,
  ETH_P_ALL,
  ETH_P_IP,
  PACKET_OUTGOING,
  SOCK_DGRAM,
  SOCK_RAW,
  SOL_SOCKET,
  Socket,
} from 'berkeley';
import {
  SO_TIMESTAMPNS,
  SOF_TIMESTAMPING_OPT_TSONLY,
  SOF_TIMESTAMPING_SOFTWARE,
  SOF_TIMESTAMPING_TX_SOFTWARE,
  TP_STATUS_CSUMNOTREADY,
} from 'berkeley/constants';
import { auxdata, packetError, spaceFor, timestampns } from 'berkeley/control';
import { packet, so } from 'berkeley/options';
import { Cable } from '../support/cable.js';
import { needsCommand, needsNamespaces } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };

/** The local experimental Ethertype (IEEE 802): only our frames have it. */
const EXPERIMENTAL = 0x88b5;

/** A frame with a tag: priority, drop eligibility and number in the two bytes after the tag's protocol. */
function tagged(to: Buffer, from: Buffer, protocol: number, tci: number): Buffer {
  const tag = Buffer.alloc(6);
  tag.writeUInt16BE(protocol, 0);
  tag.writeUInt16BE(tci, 2);
  tag.writeUInt16BE(EXPERIMENTAL, 4);
  return Buffer.concat([
    to,
    from,
    tag,
    Buffer.from('inside a virtual network, and padded to the least length'),
  ]);
}

/** Whole frames and their times in a file of tcpdump with nanoseconds: pcap-savefile(5). */
function captured(bytes: Buffer): { time: bigint; frame: Buffer }[] {
  assert.equal(bytes.readUInt32LE(0), 0xa1b23c4d);
  const packets: { time: bigint; frame: Buffer }[] = [];
  for (let at = 24; at + 16 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 8);
    packets.push({
      time: BigInt(bytes.readUInt32LE(at)) * 1_000_000_000n + BigInt(bytes.readUInt32LE(at + 4)),
      frame: bytes.subarray(at + 16, at + 16 + length),
    });
    at += 16 + length;
  }
  return packets;
}

describe('the control data of a packet', { skip: needsNamespaces }, () => {
  let cable: Cable;
  before(() => {
    cable = new Cable(1);
  });
  after(() => cable[Symbol.dispose]());

  const open = (protocol: number, type = SOCK_RAW): Socket<'packet'> => {
    const socket = new Socket(AF_PACKET, type);
    socket.bind({ interface: cable.name, protocol });
    return socket;
  };

  for (const [kind, protocol] of [
    ['802.1Q', ETH_P_8021Q],
    ['802.1ad', ETH_P_8021AD],
  ] as const) {
    test(`has the ${kind} tag that the kernel removed from a frame of Python`, {
      skip: withoutPython,
    }, async () => {
      using socket = open(ETH_P_ALL);
      socket.setOption(packet.auxdata, true);
      const frame = tagged(cable.hardware, cable.hardwareThere, protocol, (5 << 13) | 0x1000 | 42);
      const program = `
import socket
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
    s.bind(('eth0', 0))
    s.send(bytes.fromhex('${frame.toString('hex')}'))`;
      await new Child(...cable.namespace.command(python, '-c', program)).ends();
      for (;;) {
        const { data, control } = await socket.recvmsg(2048, { control: spaceFor(auxdata), ...wait });
        if (data.readUInt16BE(12) !== EXPERIMENTAL) continue;
        const { vlan, length, capturedLength, linkOffset, networkOffset } = auxdata.find(control)!;
        assert.deepEqual(vlan, { id: 42, priority: 5, dropEligible: true, protocol });
        assert.deepEqual(data, Buffer.concat([frame.subarray(0, 12), frame.subarray(16)]), 'the tag is out');
        assert.deepEqual([length, capturedLength], [frame.length - 4, frame.length - 4]);
        assert.equal(networkOffset - linkOffset, 14);
        break;
      }
    });
  }

  test('has no tag for an untagged frame, and the true length of a truncated one', async () => {
    using socket = open(EXPERIMENTAL);
    socket.setOption(packet.auxdata, true);
    const frame = Buffer.concat([
      cable.hardware,
      cable.hardwareThere,
      Buffer.from('88b5', 'hex'),
      Buffer.alloc(86),
    ]);
    const program = `
import socket
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
    s.bind(('eth0', 0))
    s.send(bytes.fromhex('${frame.toString('hex')}'))`;
    await new Child(...cable.namespace.command(python, '-c', program)).ends();
    const { data, control } = await socket.recvmsg(20, { control: spaceFor(auxdata), ...wait });
    const { vlan, length, capturedLength } = auxdata.find(control)!;
    assert.deepEqual([data.length, vlan, length, capturedLength], [20, undefined, 100, 100]);
  });

  test('sets a tag on a sent packet, as tcpdump at the other end shows', {
    skip: needsCommand('tcpdump', 'tcpdump'),
  }, async () => {
    const filter = ['vlan', '77', 'and', 'ether', 'proto', `0x${EXPERIMENTAL.toString(16)}`];
    const [command, args] = cable.namespace.command(
      'tcpdump',
      '-i',
      'eth0',
      '-c',
      '1',
      '-e',
      '-n',
      '-xx',
      ...filter,
    );
    await using dump = new Child(command, args);
    await dump.prints(/listening on/);
    const frame = tagged(cable.hardwareThere, cable.hardware, ETH_P_8021Q, (3 << 13) | 77);
    using socket = open(0);
    await socket.send(frame, wait);
    const output = await dump.ends();
    const hex = [...output.matchAll(/^\s+0x[0-9a-f]+:\s+([0-9a-f ]+)$/gm)].map(([, bytes]) => bytes);
    assert.equal(hex.join('').replaceAll(' ', ''), frame.toString('hex'));
    assert.match(output, /vlan 77, p 3/);
  });

  test('says of an outgoing packet whether its checksum is still incomplete', async () => {
    using socket = open(ETH_P_ALL);
    socket.setOption(packet.auxdata, true);
    using udp = new Socket(AF_INET, SOCK_DGRAM);
    await udp.sendto('unsummed', { host: cable.there, port: 9 }, wait);
    for (;;) {
      const { data, control, address } = await socket.recvmsg(2048, { control: spaceFor(auxdata), ...wait });
      if (data.readUInt16BE(12) !== ETH_P_IP || data[23] !== 17) continue;
      if (address?.packetType !== PACKET_OUTGOING) continue;
      assert.ok(auxdata.find(control)!.status & TP_STATUS_CSUMNOTREADY);
      break;
    }
  });

  test('has the receive time, equal to tcpdump’s to the nanosecond', {
    skip: needsCommand('tcpdump', 'tcpdump'),
  }, async () => {
    using socket = open(EXPERIMENTAL);
    socket.setsockopt(SOL_SOCKET, SO_TIMESTAMPNS, 1);
    const program = `
import socket, time
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
    s.bind(('eth0', 0))
    for i in range(8):
        s.send(bytes.fromhex('${cable.hardware.toString('hex')}${cable.hardwareThere.toString('hex')}88b5') + bytes([i] * 50))
        time.sleep(0.05)`;
    const file = join(tmpdir(), `${cable.name}.pcap`);
    const args = [
      '-i',
      cable.name,
      '-c',
      '8',
      '-w',
      file,
      '--time-stamp-precision=nano',
      'ether proto 0x88b5',
    ];
    await using dump = new Child('tcpdump', args);
    await dump.prints(/listening on/);
    await new Child(...cable.namespace.command(python, '-c', program)).ends();
    const before = BigInt(Date.now()) * 1_000_000n;
    await dump.ends();
    const theirs = captured(readFileSync(file));
    rmSync(file);
    assert.equal(theirs.length, 8);
    for (const { time, frame } of theirs) {
      const { data, control } = await socket.recvmsg(2048, { control: spaceFor(timestampns), ...wait });
      assert.deepEqual(data, frame);
      assert.equal(timestampns.find(control), time);
      assert.ok(time < before && before - time < 60_000_000_000n);
    }
  });

  test('has the send time, in the error queue', async () => {
    using socket = open(0);
    const flags = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_TSONLY;
    socket.setOption(so.timestamping, { flags });
    const head = Buffer.concat([cable.hardwareThere, cable.hardware, Buffer.from('88b5', 'hex')]);
    const before = BigInt(Date.now() - 1000) * 1_000_000n;
    await socket.send(Buffer.concat([head, Buffer.alloc(50)]), wait);
    const { origin, code, timestamps, control } = await socket.recvError(wait);
    assert.deepEqual([origin, code], ['timestamping', 'ENOMSG']);
    assert.ok(timestamps!.software! > before);
    assert.equal(packetError.find(control)?.origin, 'timestamping');
  });
});
