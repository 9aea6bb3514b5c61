/**
 * Invalid arguments are refused before any system call, and the error names the argument. An error of the
 * kernel has the option’s name.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  PermissionError,
  SO_RCVBUF,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  SocketError,
  UnsupportedError,
} from 'berkeley';
import { bpf, ret } from 'berkeley/bpf';
import * as constants from 'berkeley/constants';
import {
  codec,
  defineLevel,
  icmp,
  ip,
  ipv6,
  type OptionRow,
  sctp,
  so,
  tcp,
  withParameter,
} from 'berkeley/options';
import { isAbsent } from '#src/constants/constant.js';
import { needsRoot, notOnWindows } from '../support/kernel.js';
import { assertRefused, type Kind, wrong } from '../support/refusal.js';

const tcp4 = () => new Socket(AF_INET, SOCK_STREAM);
const udp4 = () => new Socket(AF_INET, SOCK_DGRAM);

/** A row, a value that it does not accept, and the expected error. */
type Case = readonly [row: OptionRow<never>, value: unknown, kind: Kind, argument: string];

const cases: readonly Case[] = [
  [so.reuseaddr, 1, 'type', 'value'],
  [so.reuseaddr, undefined, 'type', 'value'],
  [so.rcvbuf, '1', 'type', 'value'],
  [so.rcvbuf, -1, 'range', 'value'],
  [so.rcvbuf, 2 ** 31, 'range', 'value'],
  [so.rcvbuf, 1.5, 'range', 'value'],
  [so.rcvbuf, Number.NaN, 'range', 'value'],
  [so.mark, 2 ** 32, 'range', 'value'],
  [so.linger, 5, 'type', 'value'],
  [so.linger, {}, 'type', 'value.seconds'],
  [so.linger, { seconds: -1 }, 'range', 'value.seconds'],
  [so.rcvtimeo, 0, 'range', 'value'],
  [so.rcvtimeo, -1, 'range', 'value'],
  [so.rcvtimeo, '1', 'type', 'value'],
  [so.maxPacingRate, -1, 'range', 'value'],
  [so.maxPacingRate, 2 ** 64, 'range', 'value'],
  [so.bindtodevice, 'a'.repeat(16), 'value', 'value'],
  [so.bindtodevice, 'a\0b', 'value', 'value'],
  [so.bindtodevice, 3, 'type', 'value'],
  [so.detachFilter, 1, 'type', 'value'],
  [so.attachFilter, 'ret 0', 'type', 'value'],
  [so.attachFilter, [], 'value', 'value'],
  [so.attachFilter, [{ code: 6, jt: 0, jf: 0 }], 'type', 'value[0].k'],
  [so.timestamping, { flags: -1 }, 'range', 'value.flags'],
  [so.timestamping, {}, 'type', 'value.flags'],
  [so.txtime, null, 'type', 'value'],
  [ip.tos, 256, 'range', 'value'],
  [ip.ttl, 0, 'range', 'value'],
  [ip.ttl, -2, 'range', 'value'],
  [ip.options, 'x', 'type', 'value'],
  [ip.options, new Uint8Array(41), 'value', 'value'],
  [ip.localPortRange, { low: 1, high: 65536 }, 'range', 'value.high'],
  [ip.addMembership, { group: 'nonsense' }, 'value', 'value.group'],
  [ip.addMembership, { group: '239.1.2.3', interface: true }, 'type', 'value.interface'],
  [ip.addSourceMembership, { group: '239.1.2.3' }, 'type', 'value.source'],
  [ip.mcastJoinGroup, { group: '239.1.2.3', interface: -1 }, 'range', 'value.interface'],
  [ip.mcastMsfilter, { group: '239.1.2.3', mode: 'some', sources: [] }, 'value', 'value.mode'],
  [ip.mcastMsfilter, { group: '239.1.2.3', mode: 'include' }, 'type', 'value.sources'],
  [ip.mcastMsfilter, { group: '239.1.2.3', mode: 'include', sources: [1] }, 'type', 'value.sources[0]'],
  [tcp.keepidle, 0, 'range', 'value'],
  [tcp.congestion, 'a name that is too long', 'value', 'value'],
  [tcp.md5sig, { host: '192.0.2.1', key: 'secret' }, 'type', 'value.key'],
  [tcp.md5sig, { host: '192.0.2.1', key: new Uint8Array(81) }, 'value', 'value.key'],
  [tcp.repairOptions, { code: 2, value: 3 }, 'type', 'value'],
  [tcp.repairOptions, [{ code: 2 }], 'type', 'value[0].value'],
];

const numbers = new Map<string, unknown>(Object.entries(constants));

describe('a value that an option does not accept is refused', () => {
  for (const [row, value, kind, argument] of cases) {
    const skip = isAbsent(numbers.get(row.name)) && notOnWindows(row.name);
    test(`${row.name}: ${JSON.stringify(value) ?? value}`, { skip }, async () => {
      using socket = tcp4();
      const call = () => socket.setOption(row as never, wrong(value));
      await assertRefused([row.name, call, kind, argument]);
    });
  }
});

describe('a row is refused', () => {
  test('that belongs to another family', { skip: notOnWindows('SO_PEERCRED and TCP_INFO') }, () => {
    using socket = tcp4();
    const refused = (call: () => unknown, option: string, valid: string, actual: string) =>
      assert.throws(call, {
        name: 'TypeError',
        code: 'ERR_INVALID_ARG_VALUE',
        message: `Option ${option} is only valid on ${valid} sockets; this socket is ${actual}.`,
      });
    refused(() => socket.setOption(wrong(ipv6.v6only), true), 'IPV6_V6ONLY', 'AF_INET6', 'AF_INET');
    refused(() => socket.getOption(wrong(so.peercred)), 'SO_PEERCRED', 'AF_UNIX', 'AF_INET');
    using unix = new Socket(AF_UNIX, SOCK_STREAM);
    refused(() => unix.getOption(wrong(tcp.info)), 'TCP_INFO', 'AF_INET and AF_INET6', 'AF_UNIX');
  });

  test('that has the other direction', async () => {
    using socket = udp4();
    await assertRefused(['set', () => socket.setOption(wrong(so.type), wrong(1)), 'value', 'option']);
    await assertRefused(['get', () => socket.getOption(wrong(ip.addMembership)), 'value', 'option']);
  });

  test('that is not a row', async () => {
    using socket = udp4();
    await assertRefused(['number', () => socket.getOption(wrong(SO_RCVBUF)), 'type', 'option']);
    await assertRefused(['undefined', () => socket.setOption(wrong(undefined), wrong(1)), 'type', 'option']);
  });

  test('whose parameter is not expected or invalid', async () => {
    await assertRefused(['no parameter', () => withParameter(so.rcvbuf, wrong({})), 'value', 'option']);
    await assertRefused([
      'no host',
      () => withParameter(ip.mcastMsfilter, { group: 'x' }),
      'value',
      'parameter.group',
    ]);
    await assertRefused([
      'no number',
      () => withParameter(sctp.status, { association: wrong('1') }),
      'type',
      'parameter.association',
    ]);
  });
});

/** The error of a call that the kernel refuses. */
function refusal(call: () => unknown): SocketError {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof SocketError, String(error));
    return error;
  }
  return assert.fail('the kernel took it');
}

describe('an error of the kernel', () => {
  test('names the option, and the socket type that supports it', () => {
    using socket = udp4();
    const error = refusal(() => socket.getOption(tcp.nodelay));
    assert.ok(error instanceof UnsupportedError);
    assert.match(error.message, /^getsockopt ENOTSUP \(TCP_NODELAY: only valid on SOCK_STREAM sockets\)$/);
    assert.equal(error.hint, 'TCP_NODELAY: only valid on SOCK_STREAM sockets');
  });

  test('names the missing kernel feature', { skip: notOnWindows('TCP_CONGESTION') }, () => {
    using socket = tcp4();
    const error = refusal(() => socket.setOption(tcp.congestion, 'nonesuch'));
    assert.match(error.message, /^setsockopt ENOENT \(TCP_CONGESTION: modprobe tcp_<name>\)$/);
  });

  test('names the kernel release with the option', () => {
    using socket = tcp4();
    const none = { ...tcp.info, name: 'TCP_NONE', option: 0x7fff, since: '9.9' };
    const error = refusal(() => socket.getOption(none));
    assert.ok(error instanceof UnsupportedError);
    assert.match(error.message, /^getsockopt ENOPROTOOPT \(TCP_NONE: since Linux 9\.9\)$/);
  });

  test('names the required privilege', { skip: needsRoot }, async () => {
    using socket = tcp4();
    process.seteuid!(65534);
    try {
      const error = refusal(() => socket.setOption(so.mark, 7));
      assert.ok(error instanceof PermissionError);
      assert.match(error.message, /^setsockopt EPERM \(SO_MARK: needs CAP_NET_ADMIN or/);
    } finally {
      process.seteuid!(0);
    }
  });

  test('is EBADF for any option on a closed socket', { skip: notOnWindows('TCP_INFO') }, () => {
    const socket = tcp4();
    socket.close();
    assert.match(refusal(() => socket.getOption(tcp.info)).message, /^getsockopt EBADF \(TCP_INFO\)$/);
    assert.match(
      refusal(() => socket.setOption(so.attachFilter, bpf([ret(0)]))).message,
      /^setsockopt EBADF/,
    );
  });
});

describe('an answer of an invalid length', () => {
  const level = defineLevel({ constants: { SO_RCVBUF }, level: SOL_SOCKET, man: 'socket(7)' });

  test('is an error, not a truncated value', () => {
    using socket = tcp4();
    const error = refusal(() => socket.getOption(level.readOnly('SO_RCVBUF', codec.uint64)));
    assert.equal(error.code, 'EPROTO');
    assert.match(error.message, /SO_RCVBUF: the kernel returned 4 bytes; 8 were expected/);
  });

  test('a filter is read completely', { skip: needsRoot }, () => {
    using socket = new Socket(AF_INET, SOCK_RAW, 1);
    assert.deepEqual(socket.getOption(icmp.filter), { block: [] });
  });
});

test('rows and read values are frozen', { skip: notOnWindows('TCP_INFO') }, () => {
  using socket = tcp4();
  assert.ok(Object.isFrozen(tcp.info));
  assert.ok(Object.isFrozen(socket.getOption(tcp.info)));
  assert.ok(Object.isFrozen(socket.getOption(tcp.info).options));
  assert.ok(Object.isFrozen(socket.getOption(so.meminfo)));
});

test('a small timeout is not rounded to 0, which would mean none', () => {
  using socket = udp4();
  socket.setOption(so.rcvtimeo, 0.0001);
  assert.ok(socket.getOption(so.rcvtimeo)! > 0);
  socket.setOption(so.rcvtimeo, 999.9999);
  assert.ok(socket.getOption(so.rcvtimeo)! >= 1000);
  socket.setOption(so.rcvtimeo, null);
  assert.equal(socket.getOption(so.rcvtimeo), null);
});

test('IPv6 sockets accept IPv4 options', () => {
  using socket = new Socket(AF_INET6, SOCK_DGRAM);
  socket.setOption(ip.ttl, 9);
  assert.equal(socket.getOption(ip.ttl), 9);
});
