/** The checksum of the Internet protocols, against a bitwise definition, examples of RFCs and packets of the kernel. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  hasIpv6,
  IPPROTO_UDP,
  internetChecksum,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
} from 'berkeley';
import { needsRoot } from '../support/kernel.js';

const EXPERIMENT = 254;

/** RFC 1071 section 1, word by word, with an end-around carry for each. */
function defined(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += bytes[at]! * 256 + (bytes[at + 1] ?? 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return 0xffff - sum;
}

/** Reproducible bytes. */
function bytesOf(length: number, seed: number): Buffer {
  let state = seed + 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 48271) % 0x7fffffff;
      return state & 0xff;
    }),
  );
}

test('examples of RFC 1071 and RFC 791', () => {
  const example = Buffer.from('0001f203f4f5f6f7', 'hex');
  assert.equal(internetChecksum(example), 0x220d); // the complement of 0xddf2
  const header = Buffer.from('450000730000400040110000c0a80001c0a800c7', 'hex');
  assert.equal(internetChecksum(header), 0xb861);
  header.writeUInt16BE(0xb861, 10);
  assert.equal(internetChecksum(header), 0);
  assert.equal(internetChecksum(Buffer.alloc(0)), 0xffff);
  assert.equal(internetChecksum(Buffer.from([1])), 0xfeff); // an odd byte is the first of its word
});

test('any bytes, in any number of parts, also odd ones', () => {
  for (let length = 0; length < 300; length += 1 + (length >> 4)) {
    const bytes = bytesOf(length, length);
    const wanted = defined(bytes);
    assert.equal(internetChecksum(bytes), wanted);
    for (const cuts of [[0], [1], [1, 2], [1, 1, 4], [3, 3, 3, 5, 8], [length]]) {
      const at = cuts.map(cut => Math.min(cut, length)).sort((a, b) => a - b);
      const parts = [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? length));
      assert.equal(internetChecksum(parts), wanted, `${length}: ${at}`);
    }
  }
  assert.equal(internetChecksum([]), 0xffff);
});

test('a large packet of the largest words', () => {
  const bytes = new Uint8Array(10_000_001).fill(0xff);
  assert.equal(internetChecksum(bytes), defined(bytes));
});

test('memory of every kind, without regard to the type of its elements', () => {
  const bytes = bytesOf(16, 5);
  const { buffer, byteOffset } = Uint8Array.from(bytes);
  const wanted = defined(bytes);
  for (const data of [
    buffer,
    new DataView(buffer, byteOffset, 16),
    new Float64Array(buffer),
    new Uint16Array(buffer),
    [new BigInt64Array(buffer, 0, 1), new DataView(buffer, 8)],
  ])
    assert.equal(internetChecksum(data), wanted);
});

test('a sum to start with', () => {
  const [first, second] = [bytesOf(10, 1), bytesOf(7, 2)];
  const initial = ~internetChecksum(first) & 0xffff;
  assert.equal(internetChecksum(second, { initial }), internetChecksum([first, second]));
  assert.equal(internetChecksum(second, { initial: 0xffffffff }), internetChecksum(second)); // 0 in this arithmetic
});

test('a pseudo-header, which is the one that the protocol defines', () => {
  const data = bytesOf(33, 3);
  const v4 = Buffer.concat([Buffer.from('c0000201c633640a0011', 'hex'), Buffer.from([0, 33]), data]);
  const addresses = { source: '192.0.2.1', destination: '198.51.100.10', protocol: IPPROTO_UDP };
  assert.equal(internetChecksum(data, { pseudoHeader: addresses }), defined(v4));
  const v6 = Buffer.concat([
    Buffer.from('20010db8000000000000000000000001', 'hex'),
    Buffer.from('20010db80000000000000000000000ff', 'hex'),
    Buffer.from('0001000100000011', 'hex'),
    data,
  ]);
  const other = {
    source: '2001:db8::1',
    destination: '2001:db8::ff',
    protocol: IPPROTO_UDP,
    length: 0x10001,
  };
  assert.equal(internetChecksum(data, { pseudoHeader: other }), defined(v6));
});

describe('invalid arguments', () => {
  const data = Buffer.alloc(2);
  const pseudoHeader = { source: '127.0.0.1', destination: '127.0.0.1', protocol: 17 };
  for (const [call, name] of [
    [() => internetChecksum('text' as never), 'data'],
    [() => internetChecksum([data, 5 as never]), 'data[1]'],
    [() => internetChecksum(data, { initial: -1 }), 'options.initial'],
    [() => internetChecksum(data, { initial: 2 ** 32 }), 'options.initial'],
    [() => internetChecksum(data, { pseudoHeader: { ...pseudoHeader, source: 'localhost' } }), 'source'],
    [() => internetChecksum(data, { pseudoHeader: { ...pseudoHeader, destination: '::1' } }), 'destination'],
    [() => internetChecksum(data, { pseudoHeader: { ...pseudoHeader, protocol: 256 } }), 'protocol'],
    [() => internetChecksum(data, { pseudoHeader: { ...pseudoHeader, length: 65536 } }), 'length'],
    [() => internetChecksum(data, { pseudo: 1 } as never), 'options.pseudo'],
  ] as const) {
    test(name, () =>
      assert.throws(
        call,
        (error: Error) => /TypeError|RangeError/.test(error.name) && error.message.includes(name),
      ),
    );
  }
});

/** The loopback does not compute checksums: the kernel leaves it to a device that does not exist. */
describe('packets that the kernel has checked', { skip: needsRoot }, () => {
  for (const [family, host, skip] of [
    [AF_INET, '127.0.0.1', false],
    [AF_INET6, '::1', !hasIpv6() && 'this machine has no IPv6'],
  ] as const) {
    test(`UDP with our checksum is received, with a wrong one dropped: ${host}`, { skip }, async () => {
      using receiver = new Socket<'inet' | 'inet6'>(family as never, SOCK_DGRAM);
      receiver.bind({ host, port: 0 });
      const { port } = receiver.getsockname();
      using raw = new Socket<'inet' | 'inet6'>(family as never, SOCK_RAW, IPPROTO_UDP);
      const send = async (text: string, error: number): Promise<void> => {
        const datagram = Buffer.concat([Buffer.alloc(8), Buffer.from(text)]);
        datagram.writeUInt16BE(9, 0);
        datagram.writeUInt16BE(port, 2);
        datagram.writeUInt16BE(datagram.length, 4);
        const pseudoHeader = { source: host, destination: host, protocol: IPPROTO_UDP };
        datagram.writeUInt16BE(internetChecksum(datagram, { pseudoHeader }) ^ error, 6);
        await raw.sendto(datagram, { host, port: 0 });
      };
      await send('wrong', 1);
      await send('right', 0);
      assert.equal(String(await receiver.recv(100, { timeout: 10_000 })), 'right');
      await assert.rejects(receiver.recv(100, { timeout: 0 }), { code: 'EAGAIN' });
    });
  }

  test('the header of a received IPv4 packet adds up to 0', async () => {
    // Only packets of this protocol are received, which is one for experiments (RFC 3692).
    using socket = new Socket(AF_INET, SOCK_RAW, EXPERIMENT);
    socket.bind({ host: '127.0.0.1', port: 0 });
    await socket.sendto('x', { host: '127.0.0.1', port: 0 });
    const packet = await socket.recv(2048, { timeout: 10_000 });
    const length = (packet[0]! & 15) * 4;
    assert.ok(length >= 20 && packet.readUInt16BE(10) !== 0);
    assert.equal(internetChecksum(packet.subarray(0, length)), 0);
  });
});
