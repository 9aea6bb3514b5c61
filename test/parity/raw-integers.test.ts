/**
 * Every option of a level read as an integer, here and in Python, including those whose value is not an
 * `int`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Family, type FamilyName, Socket, SocketError } from 'berkeley';
import {
  AF_INET,
  AF_INET6,
  AF_NETLINK,
  AF_UNIX,
  AF_VSOCK,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPPROTO_TCP,
  SO_COOKIE,
  SO_MAX_PACING_RATE,
  SO_NETNS_COOKIE,
  SO_VM_SOCKETS_BUFFER_MAX_SIZE,
  SO_VM_SOCKETS_BUFFER_MIN_SIZE,
  SO_VM_SOCKETS_BUFFER_SIZE,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  SOL_NETLINK,
  SOL_SOCKET,
  TCP_TIMESTAMP,
} from 'berkeley/constants';
import { so } from 'berkeley/options';
import { hasSocket, needsSocket } from '../support/kernel.js';
import { askPython, besideSource, withoutPython } from '../support/python.js';

const upTo = (most: number, ...without: number[]): number[] =>
  Array.from({ length: most + 1 }, (_, name) => name).filter(name => !without.includes(name));

type Answer = number | { readonly errno: number };

function ask(socket: Socket<FamilyName>, level: number, name: number): Answer {
  try {
    return socket.getsockopt(level as never, name as never);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    return { errno: -error.errno };
  }
}

type Kind = readonly [family: Family<FamilyName>, type: number];

function compare(kinds: readonly Kind[], levels: readonly (readonly [number, readonly number[]])[]): void {
  const theirs = askPython<Answer[][][]>(besideSource('raw-integers.py', import.meta.url), { kinds, levels });
  for (const [i, [family, type]] of kinds.entries()) {
    using socket = new Socket<FamilyName>(family, type as never);
    for (const [j, [level, names]] of levels.entries()) {
      const ours = names.map(name => ask(socket, level, name));
      const named = (answers: readonly Answer[]) => names.map((name, k) => [name, answers[k]]);
      assert.deepEqual(named(ours), named(theirs[i]![j]!), `family ${family}, type ${type}, level ${level}`);
    }
  }
}

test('options of every level are read as integers as in Python', { skip: withoutPython }, () => {
  const kinds: Kind[] = [
    [AF_INET, SOCK_STREAM],
    [AF_INET6, SOCK_STREAM],
    [AF_INET, SOCK_DGRAM],
    [AF_UNIX, SOCK_STREAM],
    [AF_NETLINK, SOCK_RAW],
  ];
  compare(kinds, [
    [SOL_SOCKET, upTo(76)], // the next one opens a descriptor
    [IPPROTO_IP, upTo(60)],
    [IPPROTO_IPV6, upTo(90)],
    [IPPROTO_TCP, upTo(46, TCP_TIMESTAMP)], // a clock
    [SOL_NETLINK, upTo(12)],
  ]);
});

test('values whose size differs from an int are read as in Python', () => {
  using socket = new Socket(AF_INET, SOCK_STREAM);
  for (const name of [SO_COOKIE, SO_NETNS_COOKIE])
    assert.throws(() => socket.getsockopt(SOL_SOCKET, name), { code: 'EINVAL' });
  assert.equal(socket.getsockopt(SOL_SOCKET, SO_COOKIE, 8).readBigUInt64LE(), socket.getOption(so.cookie));
  socket.setOption(so.maxPacingRate, 2 ** 33);
  assert.equal(socket.getsockopt(SOL_SOCKET, SO_MAX_PACING_RATE), -1);
  assert.equal(socket.getsockopt(SOL_SOCKET, SO_MAX_PACING_RATE, 8).readBigUInt64LE(), 2n ** 33n);
});

const skip = needsSocket('AF_VSOCK', AF_VSOCK, SOCK_STREAM);
test('AF_VSOCK: the sizes of buffers have 64 bits', { skip }, () => {
  assert.ok(hasSocket(AF_VSOCK, SOCK_STREAM));
  using socket = new Socket(AF_VSOCK, SOCK_STREAM);
  const get = (name: typeof SO_VM_SOCKETS_BUFFER_SIZE) => socket.getsockopt(AF_VSOCK as never, name);
  assert.equal(get(SO_VM_SOCKETS_BUFFER_SIZE), 262_144);
  const large = 5 * 2 ** 32;
  socket.setsockopt(AF_VSOCK as never, SO_VM_SOCKETS_BUFFER_MAX_SIZE, large);
  assert.equal(get(SO_VM_SOCKETS_BUFFER_MAX_SIZE), large);
  socket.setsockopt(AF_VSOCK as never, SO_VM_SOCKETS_BUFFER_MIN_SIZE, 256);
  assert.equal(get(SO_VM_SOCKETS_BUFFER_MIN_SIZE), 256);
  if (withoutPython === false)
    compare(
      [[AF_VSOCK, SOCK_STREAM]],
      [
        [AF_VSOCK, upTo(8)],
        [SOL_SOCKET, [3]],
      ],
    );
});
