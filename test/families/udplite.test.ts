/**
 * UDP-Lite: datagrams with a configurable checksum coverage, over IPv4 and IPv6, against Python and hand-made
 * packets.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  hasIpv6,
  IPPROTO_UDPLITE,
  internetChecksum,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
  UnsupportedError,
} from 'berkeley';
import { ipv6, udplite } from 'berkeley/options';
import { hasSocket, inGuest, isLinuxSince, needsRoot } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };

type AnySocket = Socket<'inet'>;

const has = hasSocket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE) || (inGuest && !isLinuxSince('7.1'));

test('a kernel without UDP-Lite is an error with advice', { skip: has && 'this kernel has it' }, () => {
  assert.throws(
    () => new Socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE),
    (error: Error) => error instanceof UnsupportedError && /gone since Linux 7\.1/.test(error.message),
  );
});

const hosts = [
  { name: 'AF_INET', family: AF_INET, host: '127.0.0.1', head: 20, skip: false },
  {
    name: 'AF_INET6',
    family: AF_INET6 as unknown as typeof AF_INET,
    host: '::1',
    head: 0,
    skip: !hasIpv6() && 'this machine has no IPv6: modprobe ipv6',
  },
] as const;

describe('UDP-Lite', { skip: !has && 'needs UDP-Lite (gone since Linux 7.1): npm run test:vm' }, () => {
  for (const { name, family, host, head, skip } of hosts) {
    const open = (): AnySocket => new Socket(family, SOCK_DGRAM, IPPROTO_UDPLITE);
    const bound = (): AnySocket => {
      const socket = open();
      socket.bind({ host, port: 0 });
      return socket;
    };

    test(`a datagram with less coverage than the receiver requires is dropped: ${name}`, {
      skip,
    }, async () => {
      using receiver = bound();
      using sender = open();
      receiver.setOption(udplite.recvCscov, 20);
      sender.setOption(udplite.sendCscov, 8);
      assert.deepEqual([receiver.getOption(udplite.recvCscov), sender.getOption(udplite.sendCscov)], [20, 8]);
      await sender.sendto('too little covered', receiver.getsockname(), wait);
      sender.setOption(udplite.sendCscov, 20);
      await sender.sendto('covered as asked for', receiver.getsockname(), wait);
      assert.equal(String(await receiver.recv(100, wait)), 'covered as asked for');
    });

    test(`a raw socket sees the coverage in each datagram’s header: ${name}`, {
      skip: skip || needsRoot,
    }, async () => {
      using receiver = bound();
      using sender = open();
      using raw = new Socket(family, SOCK_RAW, IPPROTO_UDPLITE);
      const { port } = receiver.getsockname();
      for (const [set, told] of [
        [0, 0],
        [8, 8],
        [12, 12],
        [3, 8], // a value below the header's length means the header
      ] as const) {
        sender.setOption(udplite.sendCscov, set);
        await sender.sendto('partially covered', { host, port }, wait);
        await receiver.recv(100, wait);
        for (;;) {
          const datagram = (await raw.recv(2048, wait)).subarray(head);
          if (datagram.readUInt16BE(2) !== port) continue;
          assert.equal(datagram.readUInt16BE(4), told);
          break;
        }
      }
    });

    test(`a damaged byte is accepted outside the coverage and refused within it: ${name}`, {
      skip: skip || needsRoot,
    }, async () => {
      using receiver = bound();
      using raw = new Socket(family, SOCK_RAW, IPPROTO_UDPLITE);
      const { port } = receiver.getsockname();
      /**
       * A datagram whose checksum covers its header and eight more bytes, and one byte of which is changed
       * afterwards.
       */
      const datagram = (text: string, change: number) => {
        const bytes = Buffer.concat([Buffer.alloc(8), Buffer.from(text)]);
        bytes.writeUInt16BE(7, 0);
        bytes.writeUInt16BE(port, 2);
        bytes.writeUInt16BE(16, 4);
        bytes.writeUInt16BE(
          internetChecksum(Buffer.concat([pseudoHead(host, bytes.length), bytes.subarray(0, 16)])),
          6,
        );
        bytes[8 + change]! ^= 1;
        return bytes;
      };
      for (const [text, change] of [
        ['damaged within', 2],
        ['damaged beyond!', 14],
      ] as const)
        await raw.sendto(datagram(text, change), { host, port: 0 }, wait);
      assert.deepEqual(
        String(await receiver.recv(100, wait)),
        'damaged beyond ',
        '"!" lost a bit on the way',
      );
    });

    test(`Python’s datagrams are received, and Python receives ours, each with its coverage: ${name}`, {
      skip: skip || withoutPython,
    }, async () => {
      using receiver = bound();
      receiver.setOption(udplite.recvCscov, 12);
      const program = `
import socket
UDPLITE_SEND_CSCOV, UDPLITE_RECV_CSCOV = 10, 11
with socket.socket(socket.${name}, socket.SOCK_DGRAM, ${IPPROTO_UDPLITE}) as s:
    s.bind(('${host}', 0))
    s.settimeout(20)
    s.setsockopt(${IPPROTO_UDPLITE}, UDPLITE_RECV_CSCOV, 16)
    there = ('${host}', ${receiver.getsockname().port})
    for cover in (8, 12):
        s.setsockopt(${IPPROTO_UDPLITE}, UDPLITE_SEND_CSCOV, cover)
        s.sendto(b'covered %d' % cover, there)
    print(s.recv(100).decode())`;
      const theirs = new Child(python, ['-c', program]);
      const { data, address } = await receiver.recvfrom(100, { timeout: 20_000 });
      assert.equal(String(data), 'covered 12', 'the one with a cover of 8 is not for us');
      for (const cover of [12, 16]) {
        receiver.setOption(udplite.sendCscov, cover);
        await receiver.sendto(`covered ${cover}`, address!, wait);
      }
      assert.equal((await theirs.ends()).trim(), 'covered 16');
    });
  }

  test('IPV6_CHECKSUM does not affect UDP-Lite, which has its own checksum', {
    skip: needsRoot || hosts[1].skip,
  }, () => {
    using socket = new Socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE);
    assert.throws(() => socket.setOption(ipv6.checksum, 6), { syscall: 'setsockopt' });
  });
});

/**
 * The pseudo-header of a datagram from a host to itself: RFC 768, RFC 8200 section 8.1; for UDP-Lite, RFC
 * 3828.
 */
function pseudoHead(host: string, length: number): Buffer {
  if (host === '127.0.0.1') {
    const bytes = Buffer.from([127, 0, 0, 1, 127, 0, 0, 1, 0, IPPROTO_UDPLITE, 0, 0]);
    bytes.writeUInt16BE(length, 10);
    return bytes;
  }
  const bytes = Buffer.alloc(40);
  bytes[15] = 1;
  bytes[31] = 1;
  bytes.writeUInt32BE(length, 32);
  bytes[39] = IPPROTO_UDPLITE;
  return bytes;
}
