/** Raw IP and ICMP, here and across namespaces: what ping and traceroute are made of. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  AF_INET,
  ICMP_FILTER,
  IP_HDRINCL,
  IPPROTO_ICMP,
  IPPROTO_IP,
  IPPROTO_MPTCP,
  IPPROTO_RAW,
  IPPROTO_UDPLITE,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  SOL_RAW,
  Socket,
  UDPLITE_RECV_CSCOV,
  UDPLITE_SEND_CSCOV,
} from 'berkeley';
import { hasSocket, inGuest, needsCommand, needsNamespaces, needsRoot } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';
import { Child } from '../support/running.js';
import { echoRequest } from './namespace-program.js';

const wait = { timeout: 10_000 };
const loopback = { host: '127.0.0.1', port: 0 };
const program = fileURLToPath(new URL('namespace-program.js', import.meta.url));

/** Receives until `wanted` likes it: a raw socket hears what others on the machine do as well. */
async function receive(socket: Socket<'inet'>, wanted: (packet: Buffer) => boolean): Promise<Buffer> {
  for (;;) {
    const packet = await socket.recv(2048, 0, wait);
    if (wanted(packet)) return packet;
  }
}

describe('SOCK_RAW', { skip: needsRoot }, () => {
  test('an ICMP echo is answered by the kernel, with its IP header', async () => {
    using socket = new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    const request = echoRequest(0x4242, 1, 'berkeley');
    assert.equal(await socket.sendto(request, 0, loopback, wait), request.length);
    const reply = await receive(socket, packet => packet[20] === 0 && packet.readUInt16BE(24) === 0x4242);
    assert.deepEqual([reply[0], reply[9], reply.readUInt16BE(26)], [0x45, IPPROTO_ICMP, 1]);
    assert.deepEqual(reply.subarray(28), Buffer.from('berkeley'));
  });

  test('a filter keeps types away', async () => {
    using socket = new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    const allButEchoReply = Buffer.alloc(4);
    allButEchoReply.writeUInt32LE(~(1 << 0) >>> 0); // struct icmp_filter: a set bit is dropped
    socket.setsockopt(SOL_RAW, ICMP_FILTER, allButEchoReply);
    assert.deepEqual(socket.getsockopt(SOL_RAW, ICMP_FILTER, 4), allButEchoReply);
    for (const sequence of [1, 2]) await socket.sendto(echoRequest(0x4343, sequence), 0, loopback, wait);
    for (const sequence of [1, 2]) {
      const packet = await receive(socket, reply => reply.readUInt16BE(24) === 0x4343);
      assert.deepEqual([packet[20], packet.readUInt16BE(26)], [0, sequence]);
    }
  });

  test('a header of our own, around a UDP datagram', async () => {
    using receiver = new Socket(AF_INET, SOCK_DGRAM);
    receiver.bind({ host: '127.0.0.1', port: 0 });
    using socket = new Socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
    assert.notEqual(socket.getsockopt(IPPROTO_IP, IP_HDRINCL), 0);
    const packet = Buffer.concat([Buffer.alloc(28), Buffer.from('by hand')]);
    packet.set([0x45, 0, 0, packet.length, 0, 1, 0, 0, 64, 17]); // the kernel puts the checksum in
    packet.set([127, 0, 0, 9], 12);
    packet.set([127, 0, 0, 1], 16);
    packet.writeUInt16BE(7, 20);
    packet.writeUInt16BE(receiver.getsockname().port, 22);
    packet.writeUInt16BE(8 + 7, 24);
    await socket.sendto(packet, 0, loopback, wait);
    assert.deepEqual(await receiver.recvfrom(100, 0, wait), {
      data: Buffer.from('by hand'),
      address: { family: 'inet', host: '127.0.0.9', port: 7 },
    });
  });
});

describe('across three namespaces', { skip: needsNamespaces }, () => {
  let [near, router, far]: Namespace[] = [];
  before(() => {
    [near, router, far] = [new Namespace(), new Namespace(), new Namespace()];
    const link = (a: Namespace, b: Namespace, net: number): void => {
      ip(['link', 'add', `to${net}`, 'type', 'veth', 'peer', 'name', `from${net}`, 'netns', b.name], a);
      ip(['address', 'add', `10.99.${net}.1/24`, 'dev', `to${net}`], a);
      ip(['address', 'add', `10.99.${net}.2/24`, 'dev', `from${net}`], b);
      ip(['link', 'set', `to${net}`, 'up'], a);
      ip(['link', 'set', `from${net}`, 'up'], b);
    };
    link(near, router, 1);
    link(router, far, 2);
    ip(['route', 'add', 'default', 'via', '10.99.1.2'], near);
    ip(['route', 'add', 'default', 'via', '10.99.2.1'], far);
    return new Child(...router.command('sysctl', '-w', 'net.ipv4.ip_forward=1')).ends();
  });
  after(() => {
    for (const namespace of [near, router, far]) namespace?.remove();
  });

  test('traceroute: IP_TTL, and who says what in the error queue', async () => {
    const path = await new Child(
      ...near!.command(process.execPath, program, 'traceroute', '10.99.2.2'),
    ).ends();
    assert.deepEqual(JSON.parse(path), [
      { offender: '10.99.1.2', code: 'EHOSTUNREACH', type: 11, origin: 'icmp' },
      { offender: '10.99.2.2', code: 'ECONNREFUSED', type: 3, origin: 'icmp' },
    ]);
  });

  test('ping without privilege: SOCK_DGRAM with IPPROTO_ICMP, where ping_group_range allows it', async () => {
    const ping = () => new Child(...near!.command(process.execPath, program, 'ping', '10.99.2.2'));
    await new Child(...near!.command('sysctl', '-w', 'net.ipv4.ping_group_range=1 0')).ends();
    assert.match(await ping().ends(), /PermissionError EACCES/);
    await new Child(...near!.command('sysctl', '-w', 'net.ipv4.ping_group_range=0 2147483647')).ends();
    assert.match(await ping().ends(), /reply 0 sequence 7 data berkeley from 10\.99\.2\.2/);
  });
});

const withoutLite =
  !inGuest && !hasSocket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE) && 'needs UDP-Lite (gone since Linux 7.1)';
test('UDP-Lite covers as much as is asked for', { skip: withoutLite }, async () => {
  using a = new Socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
  using b = new Socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);
  b.bind({ host: '127.0.0.1', port: 0 });
  b.setsockopt(IPPROTO_UDPLITE, UDPLITE_RECV_CSCOV, 20);
  a.setsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV, 8);
  assert.equal(a.getsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV), 8);
  await a.sendto('too little covered', 0, b.getsockname(), wait);
  a.setsockopt(IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV, 20);
  await a.sendto('covered as asked for', 0, b.getsockname(), wait);
  assert.equal(String(await b.recv(100, 0, wait)), 'covered as asked for');
});

const withoutMultipath =
  (!inGuest &&
    !hasSocket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP) &&
    'needs MPTCP: sysctl net.mptcp.enabled=1') ||
  needsCommand('ss', 'iproute2');
test('Multipath TCP, as ss -M shows it', { skip: withoutMultipath }, async () => {
  using server = new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
  server.bind({ host: '127.0.0.1', port: 0 });
  server.listen();
  using client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
  await client.connect(server.getsockname(), wait);
  using peer = (await server.accept(wait)).socket;
  await client.sendAll('several paths', 0, wait);
  assert.equal(String(await peer.recv(100, 0, wait)), 'several paths');
  const { port } = client.getsockname();
  assert.match(
    await new Child('ss', ['-M', '-n', '-H']).ends(),
    new RegExp(`ESTAB.*127\\.0\\.0\\.1:${port}\\b`),
  );
});
