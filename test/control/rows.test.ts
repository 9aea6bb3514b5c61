/**
 * The rows without a kernel: reading inverts making, errors name the mistake, and invalid bytes are handled
 * safely.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CMSG_SPACE,
  type ControlInput,
  IP_TTL,
  IPPROTO_IP,
  SCM_CREDENTIALS,
  SCM_RIGHTS,
  SOL_SOCKET,
} from 'berkeley';
import { SO_TIMESTAMPNS_NEW } from 'berkeley/constants';
import * as control from 'berkeley/control';
import { notOnWindows } from '../support/kernel.js';
import { onWindows } from '../support/local.js';

type AnyRow = control.Receivable<unknown, unknown> & ((value: never) => ControlInput);

/** A row, valid values, and the values that it then reads (the same if absent). */
const sent: readonly (readonly [row: unknown, values: readonly unknown[], read?: readonly unknown[]])[] = [
  [control.rights, [[], [0, 1, 2], [0x7fffffff]]],
  [
    control.credentials,
    [
      { pid: 0, uid: 0, gid: 0 },
      { pid: 0x7fffffff, uid: 0xffffffff, gid: 0xfffffffe },
    ],
  ],
  [control.mark, [0, 1, 0xffffffff]],
  [control.priority, [0, 6, 0x7fffffff]],
  [control.timestampId, [0, 0xffffffff]],
  [control.txtime, [0n, 0xffffffffffffffffn]],
  [
    control.pktinfo,
    [
      {},
      { local: '10.1.2.3' },
      { interfaceIndex: 7 },
      { interfaceIndex: 0x7fffffff, local: '0.0.0.0', destination: '224.0.0.1' },
    ],
    [
      { interfaceIndex: 0, local: '0.0.0.0', destination: '0.0.0.0' },
      { interfaceIndex: 0, local: '10.1.2.3', destination: '0.0.0.0' },
      { interfaceIndex: 7, local: '0.0.0.0', destination: '0.0.0.0' },
      { interfaceIndex: 0x7fffffff, local: '0.0.0.0', destination: '224.0.0.1' },
    ],
  ],
  [control.ttl, [1, 255]],
  [control.tos, [0, 0xfc]],
  [control.ipProtocol, [1, 255]],
  [control.ipReturnOptions, [Buffer.alloc(40, 1), Buffer.alloc(0)]],
  [control.segment, [0, 1, 65535]],
  [control.dccpPriority, [0, 0xffffffff]],
  [
    control.sctpInit,
    [{}, { numOstreams: 3, maxInitTimeo: 65535 }],
    [
      { numOstreams: 0, maxInstreams: 0, maxAttempts: 0, maxInitTimeo: 0 },
      { numOstreams: 3, maxInstreams: 0, maxAttempts: 0, maxInitTimeo: 65535 },
    ],
  ],
  [
    control.sctpSndinfo,
    [{ stream: 1 }, { association: 7, flags: 1, ppid: 0xffffffff, context: 9 }],
    [
      { association: 0, stream: 1, flags: 0, ppid: 0, context: 0 },
      { association: 7, stream: 0, flags: 1, ppid: 0xffffffff, context: 9 },
    ],
  ],
  [control.sctpPrinfo, [{ policy: 16, value: 1000 }]],
  [control.sctpAuthinfo, [0, 65535]],
  [control.sctpDstaddrv4, ['192.0.2.1']],
  [control.sctpDstaddrv6, ['2001:db8::1']],
  [
    control.sctpSndrcv,
    [{ stream: 2, timeToLive: 5 }],
    [
      {
        association: 0,
        stream: 2,
        ssn: 0,
        flags: 0,
        ppid: 0,
        context: 0,
        timeToLive: 5,
        tsn: 0,
        cumtsn: 0,
      },
    ],
  ],
  [
    control.pktinfo6,
    [{}, { interfaceIndex: 3, local: 'fe80::1' }],
    [
      { interfaceIndex: 0, local: '::' },
      { interfaceIndex: 3, local: 'fe80::1' },
    ],
  ],
  [control.hoplimit, [-1, 0, 255]],
  [control.tclass, [0, 255]],
  [control.dontfrag, [true, false]],
  [control.flowinfo, [0, 0x12345, 0xfffffff]],
  [control.hopOptions, [Buffer.alloc(8), Buffer.alloc(2048, 1)]],
  [control.destinationOptions, [Buffer.from('0001020304050607', 'hex')]],
  [control.routingDestinationOptions, [Buffer.alloc(16)]],
  [control.routingHeader, [Buffer.alloc(24)]],
  [
    control.nextHop,
    [{ host: 'fe80::1', port: 0, scopeId: 2 }],
    [{ family: 'inet6', host: 'fe80::1', port: 0, flowinfo: 0, scopeId: 2 }],
  ],
];

const rows = Object.values(control).filter(value => 'matches' in Object(value)) as unknown as AnyRow[];

describe('rows', () => {
  for (const [row, values, read = values] of sent) {
    const it = row as AnyRow;
    // Windows has no `local` and `destination` side by side in it: test/windows/pktinfo.test.ts.
    const skip = onWindows && it.name === 'IP_PKTINFO' && 'the structure of Windows is another';
    test(`${it.name}: reading inverts making`, { skip }, () => {
      for (const [i, value] of values.entries()) {
        const item = it(value as never);
        assert.deepEqual([item.level, item.type], [it.level, it.type]);
        assert.ok(it.matches(item));
        assert.deepEqual(it.decode(item), read[i]);
        assert.deepEqual(it.find([{ level: 99, type: 99, data: 'x' }, item, item]), read[i]);
        assert.deepEqual(it.all([item, { level: 99, type: 99, data: 'x' }, item]), [read[i], read[i]]);
        assert.deepEqual(control.describeControl([item]), [{ name: it.name, value: read[i] }]);
      }
    });
  }

  test('each row has facts, and space for its longest value', () => {
    assert.ok(rows.length >= 40, `${rows.length} rows`);
    const numbers = rows.map(({ level, type }) => `${level} ${type}`);
    assert.equal(new Set(numbers).size, rows.length, 'no two rows for one message');
    for (const row of rows) {
      assert.match(row.name, /^[A-Z][A-Z0-9]+_[A-Z0-9_]+$/);
      assert.ok(row.man.length > 0 && Object.isFrozen(row));
      const space = row.space as number | ((length: number) => number);
      assert.ok(typeof space === 'number' ? space > CMSG_SPACE(0) : space(1) > CMSG_SPACE(0), row.name);
    }
  });

  test('data that is too short is undefined, longer data is read up to its size, and other types are ignored', () => {
    for (const row of rows) {
      const { level, type, name, space } = row;
      if (typeof space !== 'number') continue;
      const longest = Buffer.alloc(space);
      assert.notEqual(row.decode({ level, type, data: longest }), undefined, name);
      assert.equal(row.decode({ level, type, data: '' }), undefined, name);
      assert.equal(row.decode({ level: level + 1, type, data: longest }), undefined, name);
      assert.equal(row.find([]), undefined);
      assert.deepEqual(row.all([{ level, type, data: '' }]), []);
    }
  });

  test('a value at an unaligned address is read correctly', () => {
    const { level, type, data } = control.credentials({ pid: 1, uid: 2, gid: 3 });
    const odd = Buffer.concat([Buffer.alloc(1), data]).subarray(1);
    assert.deepEqual(control.credentials.decode({ level, type, data: odd }), { pid: 1, uid: 2, gid: 3 });
    const view = new DataView(odd.buffer, odd.byteOffset, odd.length);
    assert.deepEqual(control.credentials.decode({ level, type, data: view }), { pid: 1, uid: 2, gid: 3 });
  });

  test('an error names the field', () => {
    const { pktinfo, pktinfo6, credentials, ttl, tos, segment, txtime, hoplimit } = control;
    const odd = (value: unknown) => value as never;
    for (const [make, field] of [
      [() => ttl(0), 'IP_TTL'],
      [() => ttl(256), 'IP_TTL'],
      [() => ttl(1.5), 'IP_TTL'],
      [() => ttl(odd('64')), 'IP_TTL'],
      [() => tos(-1), 'IP_TOS'],
      [() => segment(65536), 'UDP_SEGMENT'],
      [() => control.sctpSndinfo({ stream: 65536 }), 'SCTP_SNDINFO.stream'],
      [() => control.sctpPrinfo(odd({ policy: 16 })), 'SCTP_PRINFO.value'],
      [() => control.sctpDstaddrv4('::1'), 'SCTP_DSTADDRV4'],
      [() => control.sctpDstaddrv6(odd(6)), 'SCTP_DSTADDRV6'],
      [() => hoplimit(-2), 'IPV6_HOPLIMIT'],
      [() => txtime(odd(3)), 'SCM_TXTIME'],
      [() => txtime(-1n), 'SCM_TXTIME'],
      [() => pktinfo(odd(3)), 'IP_PKTINFO'],
      [() => pktinfo({ local: '::1' }), 'IP_PKTINFO.local'],
      [() => pktinfo({ destination: 'localhost' }), 'IP_PKTINFO.destination'],
      [() => pktinfo({ interfaceIndex: -1 }), 'IP_PKTINFO.interfaceIndex'],
      [() => pktinfo6({ local: '127.0.0.1' }), 'IPV6_PKTINFO.local'],
      [() => pktinfo6({ interfaceIndex: 2 ** 31 }), 'IPV6_PKTINFO.interfaceIndex'],
      [() => credentials({ pid: -1, uid: 0, gid: 0 }), 'SCM_CREDENTIALS.pid'],
      [() => credentials({ pid: 1, uid: 2 ** 32, gid: 0 }), 'SCM_CREDENTIALS.uid'],
      [() => credentials(odd({ pid: 1, uid: 0 })), 'SCM_CREDENTIALS.gid'],
      [() => control.dontfrag(odd(1)), 'IPV6_DONTFRAG'],
      [() => control.flowinfo(2 ** 28), 'IPV6_FLOWINFO'],
      [() => control.hopOptions(Buffer.alloc(2049)), 'IPV6_HOPOPTS.length'],
      [() => control.ipReturnOptions(Buffer.alloc(41)), 'IP_RETOPTS.length'],
      [() => control.ipReturnOptions(odd(3)), 'IP_RETOPTS'],
      [() => control.nextHop({ host: 'localhost', port: 0 }), 'address.host'],
      [() => control.rights([1, -1]), 'fds[1]'],
      [() => control.timestamping(-1), 'SCM_TIMESTAMPING'],
    ] as const) {
      assert.throws(make, (error: Error & { code: string }) => {
        assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
        assert.match(error.code, /^ERR_(INVALID_ARG_(TYPE|VALUE)|OUT_OF_RANGE)$/);
        assert.equal(/["'](.+?)["']/.exec(error.message)![1], field, error.message);
        return true;
      });
    }
  });
});

describe('the space of rows', () => {
  test('adds up', { skip: notOnWindows('SCM_CREDENTIALS') }, () => {
    const { spaceFor, pktinfo, ttl, rights, credentials } = control;
    assert.equal(spaceFor(), 0);
    assert.equal(spaceFor(ttl), CMSG_SPACE(4));
    assert.equal(spaceFor(pktinfo, ttl), CMSG_SPACE(12) + CMSG_SPACE(4));
    assert.equal(spaceFor(rights.space(3), credentials), CMSG_SPACE(12) + CMSG_SPACE(12));
    assert.throws(() => rights.space(-1), RangeError);
    // @ts-expect-error: how many?
    assert.throws(() => spaceFor(rights), TypeError);
    // @ts-expect-error: it is only received
    assert.throws(() => control.gro(3), TypeError);
    // @ts-expect-error: a number
    assert.throws(() => ttl('64'), TypeError);
  });
});

describe('logs', () => {
  test('keep unknown and truncated control messages as bytes', () => {
    const unknown = { level: 284, type: 7, data: Buffer.from('as it came') };
    const short = { level: IPPROTO_IP, type: IP_TTL, data: Buffer.alloc(3) };
    const items = control.describeControl([unknown, short, control.ttl(64)]);
    assert.equal(items[0], unknown);
    assert.equal(items[1], short);
    assert.deepEqual(items[2], { name: 'IP_TTL', value: 64 });
  });

  test('read timestamps with 64-bit numbers like the older ones', () => {
    const data = Buffer.alloc(16);
    data.writeBigInt64LE(1_700_000_000n);
    data.writeBigInt64LE(123_456_789n, 8);
    const item = { level: SOL_SOCKET, type: SO_TIMESTAMPNS_NEW, data };
    assert.equal(control.timestampns.find([item]), 1_700_000_000_123_456_789n);
    assert.deepEqual(control.describeControl([item]), [
      { name: 'SCM_TIMESTAMPNS', value: 1_700_000_000_123_456_789n },
    ]);
  });
});

describe('raw control data', () => {
  test('is split as the kernel lays it out, up to a truncation', () => {
    const two = Buffer.alloc(CMSG_SPACE(4) + CMSG_SPACE(12));
    two.writeBigUInt64LE(20n);
    two.writeInt32LE(SOL_SOCKET, 8);
    two.writeInt32LE(SCM_RIGHTS, 12);
    two.writeInt32LE(42, 16);
    two.writeBigUInt64LE(28n, 24);
    two.writeInt32LE(SOL_SOCKET, 32);
    two.writeInt32LE(SCM_CREDENTIALS, 36);
    two.writeInt32LE(7, 40);
    const whole = control.parseControl(two);
    assert.deepEqual(control.rights.find(whole), [42]);
    assert.deepEqual(control.credentials.find(whole), { pid: 7, uid: 0, gid: 0 });
    const cut = control.parseControl(two.subarray(0, 44));
    assert.deepEqual(control.rights.find(cut), [42]);
    assert.equal(control.credentials.find(cut), undefined);
    assert.equal(cut[1]!.data.length, 4);
    assert.deepEqual(control.parseControl(new Uint8Array(0)), []);
    assert.deepEqual(control.parseControl(two.subarray(0, 15)), []);
  });
});
