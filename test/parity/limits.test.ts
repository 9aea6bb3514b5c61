/** Where addresses and lengths beyond their limits differ from Python on purpose: both outcomes, as docs/python.md says. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CMSG_LEN, CMSG_SPACE, type Family, type FamilyName, fromfd, Socket } from 'berkeley';
import {
  AF_ALG,
  AF_CAN,
  AF_INET,
  AF_NETLINK,
  AF_QIPCRTR,
  AF_VSOCK,
  CAN_J1939,
  CAN_RAW,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_SEQPACKET,
  SOCK_STREAM,
} from 'berkeley/constants';
import { failureOf } from '../support/failure.js';
import { askPython, besideSource, withoutPython } from '../support/python.js';

/** What a call does: it fails in the kernel, refuses the argument, or fails with another code. */
type Ours = 'kernel' | 'RangeError' | 'TypeError' | 'ENODEV';

interface Row {
  readonly what: string;
  readonly kind: readonly [family: number, type: number, protocol: number];
  readonly tuple: readonly unknown[];
  readonly object: object;
  readonly python: string;
  readonly ours: Ours;
}

const j1939 = [AF_CAN, SOCK_DGRAM, CAN_J1939] as const;
const qipcrtr = [AF_QIPCRTR, SOCK_DGRAM, 0] as const;
const alg = [AF_ALG, SOCK_SEQPACKET, 0] as const;
const LARGE = 2 ** 32 + 1;
const long = 'x'.repeat(16);

const J1939 = { interface: 'lo', name: 1n, pgn: 2, address: 3 };
const fits = { python: 'kernel', ours: 'kernel' } as const;
const wraps = { python: 'kernel', ours: 'RangeError' } as const;

const rows: readonly Row[] = [
  { what: 'J1939: all four fields', kind: j1939, tuple: ['lo', 1, 2, 3], object: J1939, ...fits },
  {
    what: 'J1939: fields that are missing',
    kind: j1939,
    tuple: ['lo', 1, 2],
    object: { interface: 'lo' },
    python: 'type',
    ours: 'kernel',
  },
  {
    what: 'J1939: a large PGN',
    kind: j1939,
    tuple: ['lo', 1, LARGE, 3],
    object: { ...J1939, pgn: LARGE },
    ...wraps,
  },
  {
    what: 'J1939: a large address',
    kind: j1939,
    tuple: ['lo', 1, 2, 256],
    object: { ...J1939, address: 256 },
    ...wraps,
  },
  {
    what: 'J1939: a negative NAME',
    kind: j1939,
    tuple: ['lo', -1, 2, 3],
    object: { ...J1939, name: -1n },
    ...wraps,
  },
  { what: 'QIPCRTR', kind: qipcrtr, tuple: [1, 2], object: { node: 1, port: 2 }, ...fits },
  {
    what: 'QIPCRTR: a negative node',
    kind: qipcrtr,
    tuple: [-2, 0],
    object: { node: -2, port: 0 },
    ...wraps,
  },
  {
    what: 'QIPCRTR: a large port',
    kind: qipcrtr,
    tuple: [1, LARGE],
    object: { node: 1, port: LARGE },
    ...wraps,
  },
  {
    what: 'vsock: a large CID',
    kind: [AF_VSOCK, SOCK_STREAM, 0],
    tuple: [LARGE, 1],
    object: { cid: LARGE, port: 1 },
    ...wraps,
  },
  {
    what: 'CAN: a long name of an interface',
    kind: [AF_CAN, SOCK_RAW, CAN_RAW],
    tuple: [long],
    object: { interface: long },
    python: 'unnumbered',
    ours: 'ENODEV',
  },
  {
    what: 'ALG: a name of 63 bytes',
    kind: alg,
    tuple: ['hash', 'n'.repeat(63)],
    object: { type: 'hash', name: 'n'.repeat(63) },
    ...fits,
  },
  {
    what: 'ALG: a name of 103 bytes',
    kind: alg,
    tuple: ['hash', 'n'.repeat(103)],
    object: { type: 'hash', name: 'n'.repeat(103) },
    python: 'value',
    ours: 'kernel',
  },
  {
    what: 'ALG: a name of 104 bytes',
    kind: alg,
    tuple: ['hash', 'n'.repeat(104)],
    object: { type: 'hash', name: 'n'.repeat(104) },
    python: 'value',
    ours: 'TypeError',
  },
  {
    what: 'ALG: a type of 14 bytes',
    kind: alg,
    tuple: ['t'.repeat(14), 'n'],
    object: { type: 't'.repeat(14), name: 'n' },
    python: 'value',
    ours: 'TypeError',
  },
];

const space = [0x7fffffe7, 0x7fffffe8, -1];
const length = [0x7fffffef, 0x7ffffff0, -1];

interface Answers {
  readonly connect: string[];
  readonly netlink: number;
  readonly space: string[];
  readonly length: string[];
}

/** Connects a socket of IPv4 that is taken for one of `kind`: the address is written before the kernel refuses it. */
async function connect([family, type, protocol]: Row['kind'], address: object): Promise<string> {
  using udp = new Socket(AF_INET, SOCK_DGRAM);
  using socket = fromfd(udp.fd, { family: family as Family<FamilyName>, type, protocol } as never);
  const error = await failureOf(() => socket.connectSync(address as never));
  const { code, name } = error as { code: string; name: string };
  if (code === 'ENODEV') return code;
  return code.startsWith('ERR_') ? name : 'kernel';
}

describe('beyond the limits', { skip: withoutPython }, () => {
  const question = {
    connect: rows.map(({ kind, tuple }) => [...kind, tuple]),
    netlink: LARGE + process.pid,
    space,
    length,
  };
  const theirs = withoutPython
    ? undefined
    : askPython<Answers>(besideSource('limits.py', import.meta.url), question);

  for (const [i, { what, kind, object, python, ours }] of rows.entries()) {
    test(what, async () => {
      assert.equal(theirs!.connect[i], python, 'Python');
      assert.equal(await connect(kind, object), ours, 'here');
    });
  }

  test('a large number of a netlink socket is cut there, and refused here', () => {
    assert.equal(theirs!.netlink, question.netlink - 2 ** 32);
    using socket = new Socket(AF_NETLINK, SOCK_RAW);
    assert.throws(() => socket.bind({ pid: question.netlink }), { name: 'RangeError' });
  });

  test('lengths of control messages have the same limits', () => {
    const outcome = (call: (length: number) => number) => (length: number) => {
      try {
        return call(length) > 0 ? 'done' : 'wrong';
      } catch (error) {
        return (error as Error).name === 'RangeError' ? 'overflow' : String(error);
      }
    };
    assert.deepEqual(space.map(outcome(CMSG_SPACE)), theirs!.space);
    assert.deepEqual(length.map(outcome(CMSG_LEN)), theirs!.length);
  });
});
