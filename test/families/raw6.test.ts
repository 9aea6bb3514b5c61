/** Raw IPv6: ICMPv6, filters, checksums that the kernel computes and verifies, and our own headers. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import {
  AF_INET,
  AF_INET6,
  hasIpv6,
  IPPROTO_ICMPV6,
  IPPROTO_RAW,
  IPPROTO_UDP,
  internetChecksum,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
} from 'berkeley';
import { ICMP6_ECHO_REPLY, ICMP6_ECHO_REQUEST } from 'berkeley/constants';
import { hoplimit, pktinfo6, spaceFor } from 'berkeley/control';
import { icmp6, ipv6 } from 'berkeley/options';
import { echoRequest6 } from '../support/icmp.js';
import { needsRoot } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';

const wait = { timeout: 10_000 };
const loopback = { host: '::1', port: 0 };
const skip = needsRoot || (!hasIpv6() && 'this machine has no IPv6: modprobe ipv6');

/** The bytes of ::1. */
const ONE = Buffer.concat([Buffer.alloc(15), Buffer.from([1])]);

/** A UDP datagram from port 7, with or without a checksum. */
function udpDatagram(port: number, data: string, checksum = 0): Buffer {
  const datagram = Buffer.concat([Buffer.alloc(8), Buffer.from(data)]);
  datagram.writeUInt16BE(7, 0);
  datagram.writeUInt16BE(port, 2);
  datagram.writeUInt16BE(datagram.length, 4);
  datagram.writeUInt16BE(checksum, 6);
  return datagram;
}

/** The checksum of an upper layer from ::1 to ::1. */
function checksumOf(datagram: Buffer, protocol: number): number {
  return internetChecksum(datagram, { pseudoHeader: { source: '::1', destination: '::1', protocol } });
}

/** Receives until `wanted` accepts a packet, because a raw socket also receives packets of other programs. */
async function receive(socket: Socket<'inet6'>, wanted: (message: Buffer) => boolean) {
  for (;;) {
    const message = await socket.recvmsg(2048, { control: spaceFor(hoplimit, pktinfo6), ...wait });
    if (wanted(message.data)) return message;
  }
}

describe('raw IPv6 sockets', { skip }, () => {
  const isOurs = (message: Buffer) => message.readUInt16BE(4) === 0x4646;

  test('the kernel answers an ICMPv6 echo, and computes and verifies the checksums', async () => {
    using socket = new Socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
    socket.setOption(ipv6.recvhoplimit, true);
    socket.setOption(ipv6.recvpktinfo, true);
    await socket.sendto(echoRequest6(0x4646, 1, 'berkeley'), loopback, wait);
    const { data, control, address } = await receive(
      socket,
      message => isOurs(message) && message[0] === ICMP6_ECHO_REPLY,
    );
    assert.deepEqual([data.readUInt16BE(6), String(data.subarray(8))], [1, 'berkeley']);
    const without = Buffer.from(data);
    without.writeUInt16BE(0, 2);
    assert.equal(data.readUInt16BE(2), checksumOf(without, IPPROTO_ICMPV6));
    assert.equal(address?.host, '::1');
    assert.equal(hoplimit.find(control), 64);
    assert.equal(pktinfo6.find(control)?.local, '::1');
  });

  test('a filter passes some types, or drops some', async () => {
    using replies = new Socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
    replies.setOption(icmp6.filter, { pass: [ICMP6_ECHO_REPLY] });
    using requests = new Socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
    requests.setOption(icmp6.filter, { block: [ICMP6_ECHO_REPLY] });
    for (const sequence of [1, 2]) await replies.sendto(echoRequest6(0x4646, sequence), loopback, wait);
    for (const [socket, type] of [
      [replies, ICMP6_ECHO_REPLY],
      [requests, ICMP6_ECHO_REQUEST],
    ] as const) {
      for (const sequence of [1, 2]) {
        const { data } = await receive(socket, isOurs);
        assert.deepEqual([data[0], data.readUInt16BE(6)], [type, sequence]);
      }
    }
  });

  test('IPV6_CHECKSUM makes the kernel compute a checksum, which its UDP accepts', async () => {
    using udp = new Socket(AF_INET6, SOCK_DGRAM);
    udp.bind(loopback);
    const { port } = udp.getsockname();
    using socket = new Socket(AF_INET6, SOCK_RAW, IPPROTO_UDP);
    await socket.sendto(udpDatagram(port, 'unsummed'), loopback, wait); // IPv6 does not accept a datagram without a checksum
    await socket.sendto(udpDatagram(port, 'wrong', 0x1234), loopback, wait);
    socket.setOption(ipv6.checksum, 6);
    await socket.sendto(udpDatagram(port, 'summed by the kernel'), loopback, wait);
    assert.deepEqual(await udp.recvfrom(100, wait), {
      data: Buffer.from('summed by the kernel'),
      address: { family: 'inet6', host: '::1', port: 7, flowinfo: 0, scopeId: 0 },
    });
  });

  test('IPV6_CHECKSUM makes the kernel drop packets with a wrong checksum', async () => {
    using receiver = new Socket(AF_INET6, SOCK_RAW, 253); // for experiments: RFC 3692
    receiver.setOption(ipv6.checksum, 2);
    using sender = new Socket(AF_INET6, SOCK_RAW, 253);
    const packet = (text: string) => Buffer.concat([Buffer.alloc(4), Buffer.from(text)]);
    await sender.sendto(packet('wrong'), loopback, wait);
    const right = packet('right!');
    right.writeUInt16BE(checksumOf(right, 253), 2);
    await sender.sendto(right, loopback, wait);
    assert.deepEqual(await receiver.recv(100, wait), right);
    assert.throws(() => receiver.setOption(ipv6.checksum, 3), { code: 'EINVAL' }, 'an odd place');
  });

  test('our own IP header can precede a UDP datagram', async () => {
    using udp = new Socket(AF_INET6, SOCK_DGRAM);
    udp.bind(loopback);
    udp.setOption(ipv6.recvhoplimit, true);
    using socket = new Socket(AF_INET6, SOCK_RAW, IPPROTO_RAW);
    assert.equal(socket.getOption(ipv6.hdrincl), true);
    const datagram = udpDatagram(udp.getsockname().port, 'by hand');
    datagram.writeUInt16BE(checksumOf(datagram, IPPROTO_UDP), 6);
    const head = Buffer.alloc(40);
    head[0] = 0x60;
    head.writeUInt16BE(datagram.length, 4);
    head.set([IPPROTO_UDP, 33], 6);
    ONE.copy(head, 8);
    ONE.copy(head, 24);
    await socket.sendto(Buffer.concat([head, datagram]), loopback, wait);
    const { data, control } = await udp.recvmsg(100, { control: spaceFor(hoplimit), ...wait });
    assert.deepEqual([String(data), hoplimit.find(control)], ['by hand', 33]);
  });
});

describe('an unassigned protocol', { skip: needsRoot || withoutPython }, () => {
  for (const [family, host, name] of [
    [AF_INET, '127.0.0.1', 'AF_INET'],
    [AF_INET6, '::1', 'AF_INET6'],
  ] as const) {
    test(`goes to Python and back, over raw ${name} sockets`, {
      skip: family === AF_INET6 && skip,
    }, async () => {
      using socket = new Socket(family as typeof AF_INET, SOCK_RAW, 254); // for experiments: RFC 3692
      const program = `
import socket
with socket.socket(socket.${name}, socket.SOCK_RAW, 254) as s:
    s.settimeout(20)
    s.sendto(b'from Python', ('${host}', 0))
    while True:
        data = s.recv(2048)
        if data.endswith(b'to Python'): break
    print(data[-9:].decode())`;
      const theirs = promisify(execFile)(python, ['-c', program]);
      for (;;) {
        const data = await socket.recv(2048, { timeout: 20_000 });
        if (String(data.subarray(family === AF_INET ? 20 : 0)) === 'from Python') break;
      }
      await socket.sendto('to Python', { host, port: 0 }, wait);
      assert.equal((await theirs).stdout.trim(), 'to Python');
    });
  }
});
