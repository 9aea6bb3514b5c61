/**
 * Netlink messages and attributes as bytes: packing and parsing are inverse, and invalid bytes are handled
 * safely.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NETLINK_GENERIC, NETLINK_ROUTE, NETLINK_SOCK_DIAG } from 'berkeley';
import {
  NLM_F_ACK_TLVS,
  NLM_F_CAPPED,
  NLM_F_EXCL,
  NLMSG_DONE,
  NLMSG_ERROR,
  RTM_GETADDR,
  RTM_GETLINK,
  RTM_GETROUTE,
  RTM_NEWLINK,
} from 'berkeley/constants';
import * as netlink from 'berkeley/netlink';
import {
  attributeNumber,
  attributeText,
  CTRL_ATTR_FAMILY_NAME,
  GENL_ID_CTRL,
  INET_DIAG_REQ_PROTOCOL,
  listNetlinkAttributes,
  type NetlinkMessage,
  packGenericMessage,
  packNetlinkAttributes,
  packNetlinkMessage,
  parseNetlinkAcknowledgement,
  parseNetlinkAttributes,
  parseNetlinkMessages,
  SOCK_DIAG_BY_FAMILY,
} from 'berkeley/netlink';
import { acknowledgedError } from '#src/netlink/acknowledgement.js';
import { random } from '../support/bytes.js';

describe('messages', () => {
  test('survive packing and parsing, with several in one datagram', () => {
    const one = packNetlinkMessage({ type: 16, flags: 3, sequence: 7, pid: 9, payload: 'abc' });
    const two = packNetlinkMessage({ type: 17 });
    assert.deepEqual(parseNetlinkMessages(Buffer.concat([one, two])), [
      { type: 16, flags: 3, sequence: 7, pid: 9, payload: Buffer.from('abc') },
      { type: 17, flags: 0, sequence: 0, pid: 0, payload: Buffer.alloc(0) },
    ]);
  });

  test('that were truncated end the list', () => {
    const whole = packNetlinkMessage({ type: 16, payload: 'abcd' });
    for (let length = 0; length < whole.length; length++) {
      assert.deepEqual(parseNetlinkMessages(whole.subarray(0, length)), []);
    }
  });

  test('of generic netlink consist of a command, a version and attributes', () => {
    const packed = packGenericMessage({ command: 3, attributes: [[2, 'nlctrl\0']] });
    assert.equal(packed.toString('hex'), `03010000${'0b000200'}${Buffer.from('nlctrl\0\0').toString('hex')}`);
    const { command, version, attributes } = netlink.parseGenericMessage(packed)!;
    assert.deepEqual([command, version, attributeText(attributes.get(2))], [3, 1, 'nlctrl']);
    assert.equal(netlink.parseGenericMessage(packed, 100), undefined, 'no room for so large a head');
    assert.throws(() => packGenericMessage({ command: 256 }), { code: 'ERR_OUT_OF_RANGE' });
  });
});

describe('attributes', () => {
  test('can contain attributes', () => {
    const packed = packNetlinkAttributes([
      [1, 'one'],
      [2, [[3, Buffer.from([1, 2, 3, 4, 5])]]],
    ]);
    const parsed = parseNetlinkAttributes(packed);
    assert.equal(String(parsed.get(1)), 'one');
    assert.deepEqual(parseNetlinkAttributes(parsed.get(2)!).get(3), Buffer.from([1, 2, 3, 4, 5]));
    assert.throws(() => packNetlinkAttributes([[-1, '']]), { code: 'ERR_OUT_OF_RANGE' });
    assert.throws(() => packNetlinkAttributes([[1, Buffer.alloc(65536)]]), { code: 'ERR_INVALID_ARG_VALUE' });
  });

  test('that occur twice are both listed, and the last one counts', () => {
    const packed = packNetlinkAttributes([
      [1, 'one'],
      [2, ''],
      [1, 'two'],
    ]);
    assert.deepEqual(
      listNetlinkAttributes(packed).map(([type, value]) => [type, String(value)]),
      [
        [1, 'one'],
        [2, ''],
        [1, 'two'],
      ],
    );
    assert.equal(String(parseNetlinkAttributes(packed).get(1)), 'two');
  });

  test('can be numbers of one, two or four bytes, or strings', () => {
    assert.equal(attributeNumber(Buffer.from([7])), 7);
    assert.equal(attributeNumber(Buffer.from([7, 1])), 0x107);
    assert.equal(attributeNumber(Buffer.from([7, 0, 0, 0x80])), 0x80000007);
    for (const length of [0, 3, 5, 8]) assert.equal(attributeNumber(Buffer.alloc(length)), undefined);
    assert.equal(attributeText(Buffer.from('eth0\0\0\0')), 'eth0');
    assert.equal(attributeText(Buffer.from('eth0')), 'eth0');
    assert.equal(attributeText(undefined), undefined);
  });
});

describe('the end of an answer', () => {
  const word = (number: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(number);
    return bytes;
  };
  const message = (type: number, payload: Buffer, flags = 0): NetlinkMessage => ({
    type,
    flags,
    sequence: 0,
    pid: 0,
    payload,
  });
  const request = packNetlinkMessage({ type: 18, payload: Buffer.alloc(10) });
  const told = packNetlinkAttributes([
    [1, 'no such thing\0'],
    [2, word(24)],
  ]);

  test('is an error, with or without the request', () => {
    for (const [asked, flags] of [
      [request, NLM_F_ACK_TLVS],
      [request.subarray(0, 16), NLM_F_ACK_TLVS | NLM_F_CAPPED],
    ] as const) {
      const payload = Buffer.concat([word(-22), asked, told]);
      assert.deepEqual(parseNetlinkAcknowledgement(message(NLMSG_ERROR, payload, flags)), {
        errno: -22,
        code: 'EINVAL',
        text: 'no such thing',
        offset: 24,
      });
    }
    const bare = message(NLMSG_ERROR, Buffer.concat([word(-1), request]));
    assert.deepEqual(parseNetlinkAcknowledgement(bare), { errno: -1, code: 'EPERM' });
  });

  test('has the advice of a table if the kernel sends no words', () => {
    const inet = (protocol: number) => Buffer.concat([Buffer.of(2, protocol), Buffer.alloc(54)]);
    const wide = packNetlinkAttributes([[INET_DIAG_REQ_PROTOCOL, word(262)]]);
    const none = Buffer.alloc(16);
    const named = packGenericMessage({ command: 3, attributes: [[CTRL_ATTR_FAMILY_NAME, 'nl80211\0']] });
    for (const [errno, code, protocol, type, payload, hint] of [
      [-1, 'EPERM', NETLINK_ROUTE, RTM_NEWLINK, none, 'the request needs CAP_NET_ADMIN'],
      [-19, 'ENODEV', NETLINK_ROUTE, RTM_NEWLINK, none, /^there is no such interface/],
      [-17, 'EEXIST', NETLINK_ROUTE, RTM_NEWLINK, none, /^the object exists/],
      [-2, 'ENOENT', NETLINK_ROUTE, SOCK_DIAG_BY_FAMILY, inet(6), undefined], // RTM_NEWADDR has the same number
      [-2, 'ENOENT', NETLINK_GENERIC, GENL_ID_CTRL, named, /^the kernel has no .* family 'nl80211'/],
      [-2, 'ENOENT', NETLINK_GENERIC, GENL_ID_CTRL, Buffer.alloc(0), undefined],
      [-2, 'ENOENT', NETLINK_GENERIC, 0x20, named, undefined],
      [-2, 'ENOENT', NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, inet(6), /IPPROTO_TCP .*: modprobe tcp_diag$/],
      [-2, 'ENOENT', NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, inet(17), /IPPROTO_UDP .*: modprobe udp_diag$/],
      [-2, 'ENOENT', NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, inet(255), /: modprobe raw_diag$/],
      [
        -2,
        'ENOENT',
        NETLINK_SOCK_DIAG,
        SOCK_DIAG_BY_FAMILY,
        inet(47),
        /cannot list the sockets of protocol 47$/,
      ],
      [-2, 'ENOENT', NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, Buffer.concat([inet(6), wide]), /mptcp_diag$/],
      [-2, 'ENOENT', NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, Buffer.of(1, 0, 0, 0), /: modprobe unix_diag$/],
    ] as const) {
      const error = acknowledgedError({ errno, code }, protocol, { type, flags: NLM_F_EXCL, payload });
      if (hint instanceof RegExp) assert.match(error!.hint!, hint);
      else assert.equal(error!.hint, hint);
    }
    const plain = { type: RTM_NEWLINK, flags: 0, payload: none };
    assert.equal(acknowledgedError({ errno: -17, code: 'EEXIST' }, NETLINK_ROUTE, plain)?.hint, undefined);
    const words = { errno: -1, code: 'EPERM', text: 'not you' };
    assert.equal(acknowledgedError(words, NETLINK_ROUTE, plain)?.hint, 'not you');
    assert.equal(acknowledgedError({ errno: 0, code: null }, NETLINK_ROUTE, plain), undefined);
  });

  test('is an acknowledgement, which can have a warning', () => {
    const payload = Buffer.concat([word(0), request.subarray(0, 16), told]);
    const { errno, code, text } = parseNetlinkAcknowledgement(
      message(NLMSG_ERROR, payload, NLM_F_ACK_TLVS | NLM_F_CAPPED),
    )!;
    assert.deepEqual([errno, code, text], [0, null, 'no such thing']);
  });

  test('of a list can also be an error', () => {
    const failed = message(NLMSG_DONE, Buffer.concat([word(-12), told]), NLM_F_ACK_TLVS);
    assert.deepEqual(parseNetlinkAcknowledgement(failed), {
      errno: -12,
      code: 'ENOMEM',
      text: 'no such thing',
      offset: 24,
    });
    for (const payload of [word(0), word(77), Buffer.alloc(0)])
      assert.deepEqual(parseNetlinkAcknowledgement(message(NLMSG_DONE, payload)), { errno: 0, code: null });
    assert.equal(parseNetlinkAcknowledgement(message(16, word(-1))), undefined);
  });
});

/** BERKELEY_FUZZ=1000000 runs more cases. BERKELEY_SEED repeats a failure. */
const COUNT = Number(process.env.BERKELEY_FUZZ ?? 20_000);
const SEED = Number(process.env.BERKELEY_SEED ?? 20260101);

/** The bodies of three requests, as bytes. */
const size: Readonly<Record<number, number>> = { [RTM_GETLINK]: 16, [RTM_GETADDR]: 8, [RTM_GETROUTE]: 12 };

describe('invalid bytes', () => {
  const parsers = [
    netlink.parseLink,
    netlink.parseLinkAddress,
    netlink.parseRoute,
    netlink.parseNeighbour,
    netlink.parseSocketEntry,
    netlink.parseGenericFamily,
    netlink.parseGenericMessage,
    netlink.parseDeviceEvent,
    netlink.parseNetlinkMessages,
    netlink.parseNetlinkAttributes,
    (payload: Buffer) =>
      netlink.parseNetlinkAcknowledgement({
        type: payload.length % 2 ? NLMSG_DONE : NLMSG_ERROR,
        flags: (payload[4] ?? 0) << 8,
        sequence: 0,
        pid: 0,
        payload,
      }),
  ];

  test(`never throw, even truncated or altered messages: seed ${SEED}`, () => {
    const next = random(SEED);
    const below = (limit: number) => Math.floor(next() * limit);
    for (let i = 0; i < COUNT; i++) {
      const bytes = Buffer.alloc(below(160));
      const [kind, family] = [below(4), below(2)];
      for (let at = 0; at < bytes.length; at++)
        bytes[at] = kind === 0 ? below(256) : below(8) === 0 ? below(40) : 0;
      if (bytes.length > 0 && kind > 1) bytes[0] = family ? 2 : 10;
      // Attributes of plausible types with mostly wrong lengths.
      for (let at = 8 + 4 * below(4); kind === 3 && at + 4 <= bytes.length; at += 4 * (1 + below(6))) {
        bytes.writeUInt16LE(below(24), at);
        bytes.writeUInt16LE(below(30), at + 2);
      }
      for (const parse of parsers) assert.doesNotThrow(() => parse(bytes), bytes.toString('hex'));
    }
  });

  test("never throw, even the kernel's answers truncated anywhere and with any byte altered", async () => {
    using route = new netlink.NetlinkConnection(NETLINK_ROUTE);
    const next = random(SEED);
    for (const type of [RTM_GETLINK, RTM_GETADDR, RTM_GETROUTE]) {
      for (const { payload } of (await route.dump(type, Buffer.alloc(size[type]!))).slice(0, 8)) {
        for (let length = 0; length <= payload.length; length++) {
          const bytes = Buffer.from(payload.subarray(0, length));
          if (length > 0) bytes[Math.floor(next() * length)]! ^= 1 << Math.floor(next() * 8);
          for (const parse of parsers) assert.doesNotThrow(() => parse(bytes), bytes.toString('hex'));
        }
      }
    }
  });
});

test('TCP states have names', () => {
  assert.deepEqual(
    Array.from({ length: 13 }, (_, state) => netlink.tcpStateName(state)),
    [
      undefined,
      ...[
        'TCP_ESTABLISHED',
        'TCP_SYN_SENT',
        'TCP_SYN_RECV',
        'TCP_FIN_WAIT1',
        'TCP_FIN_WAIT2',
        'TCP_TIME_WAIT',
      ],
      ...['TCP_CLOSE', 'TCP_CLOSE_WAIT', 'TCP_LAST_ACK', 'TCP_LISTEN', 'TCP_CLOSING', undefined],
    ],
  );
});
