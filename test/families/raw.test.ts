/** Raw IP and ICMP, locally and across namespaces: the functions that ping and traceroute use. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  IP_HDRINCL,
  IPPROTO_ICMP,
  IPPROTO_IP,
  IPPROTO_RAW,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
} from 'berkeley';
import { ICMP_FILTER, SOL_RAW } from 'berkeley/constants';
import { echoRequest } from '../support/icmp.js';
import { needsRoot } from '../support/kernel.js';

const wait = { timeout: 10_000 };
const loopback = { host: '127.0.0.1', port: 0 };

/** Receives until `wanted` accepts a packet, because a raw socket also receives packets of other programs. */
async function receive(socket: Socket<'inet'>, wanted: (packet: Buffer) => boolean): Promise<Buffer> {
  for (;;) {
    const packet = await socket.recv(2048, wait);
    if (wanted(packet)) return packet;
  }
}

describe('SOCK_RAW', { skip: needsRoot }, () => {
  test('the kernel answers an ICMP echo, and the answer has its IP header', async () => {
    using socket = new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    const request = echoRequest(0x4242, 1, 'berkeley');
    assert.equal(await socket.sendto(request, loopback, wait), request.length);
    const reply = await receive(socket, packet => packet[20] === 0 && packet.readUInt16BE(24) === 0x4242);
    assert.deepEqual([reply[0], reply[9], reply.readUInt16BE(26)], [0x45, IPPROTO_ICMP, 1]);
    assert.deepEqual(reply.subarray(28), Buffer.from('berkeley'));
  });

  test('a filter drops ICMP types', async () => {
    using socket = new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    const allButEchoReply = Buffer.alloc(4);
    allButEchoReply.writeUInt32LE(~(1 << 0) >>> 0); // struct icmp_filter: a set bit is dropped
    socket.setsockopt(SOL_RAW, ICMP_FILTER, allButEchoReply);
    assert.deepEqual(socket.getsockopt(SOL_RAW, ICMP_FILTER, 4), allButEchoReply);
    for (const sequence of [1, 2]) await socket.sendto(echoRequest(0x4343, sequence), loopback, wait);
    for (const sequence of [1, 2]) {
      const packet = await receive(socket, reply => reply.readUInt16BE(24) === 0x4343);
      assert.deepEqual([packet[20], packet.readUInt16BE(26)], [0, sequence]);
    }
  });

  test('our own IP header can precede a UDP datagram', async () => {
    using receiver = new Socket(AF_INET, SOCK_DGRAM);
    receiver.bind({ host: '127.0.0.1', port: 0 });
    using socket = new Socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
    assert.notEqual(socket.getsockopt(IPPROTO_IP, IP_HDRINCL), 0);
    const packet = Buffer.concat([Buffer.alloc(28), Buffer.from('by hand')]);
    packet.set([0x45, 0, 0, packet.length, 0, 1, 0, 0, 64, 17]); // the kernel fills in the checksum
    packet.set([127, 0, 0, 9], 12);
    packet.set([127, 0, 0, 1], 16);
    packet.writeUInt16BE(7, 20);
    packet.writeUInt16BE(receiver.getsockname().port, 22);
    packet.writeUInt16BE(8 + 7, 24);
    await socket.sendto(packet, loopback, wait);
    assert.deepEqual(await receiver.recvfrom(100, wait), {
      data: Buffer.from('by hand'),
      address: { family: 'inet', host: '127.0.0.9', port: 7 },
    });
  });
});
