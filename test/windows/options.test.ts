/** The typed rows of options that Windows has: each value that is set is read back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_INET, AF_INET6, SOCK_DGRAM, SOCK_STREAM, Socket, type SocketError } from 'berkeley';
import { ip, ipv6, type Option, so, tcp } from 'berkeley/options';
import { inWine } from '../support/kernel.js';

const skip = process.platform !== 'win32' && 'the options are those of Windows: npm run test:wine';

type Make = () => Socket<'inet'> | Socket<'inet6'>;
const tcp4: Make = () => new Socket(AF_INET, SOCK_STREAM);
const udp4: Make = () => new Socket(AF_INET, SOCK_DGRAM);
const tcp6: Make = () => new Socket(AF_INET6, SOCK_STREAM);
const udp6: Make = () => new Socket(AF_INET6, SOCK_DGRAM);

/** A row, a socket that has it, and values. `lacking`: the error of Wine, which passes. */
type Case = readonly [row: Option<never>, make: Make, values: readonly unknown[], lacking?: string];

const cases = [
  [so.keepalive, tcp4, [true, false]],
  [so.reuseaddr, tcp4, [true, false]],
  [so.exclusiveaddruse, tcp4, [true, false]],
  [so.broadcast, udp4, [true, false]],
  [so.oobinline, tcp4, [true, false]],
  [so.linger, tcp4, [{ seconds: 3 }, { seconds: 0 }, null]],
  [so.rcvtimeo, udp4, [1500, null]],
  [so.sndtimeo, tcp4, [20, null]],
  [so.rcvbuf, udp4, [65_536]],
  [so.sndbuf, udp4, [65_536]],
  [tcp.nodelay, tcp4, [true, false]],
  [tcp.nodelay, tcp6, [true, false]],
  [tcp.keepidle, tcp4, [30], 'ENOPROTOOPT'],
  [tcp.keepintvl, tcp4, [5], 'ENOPROTOOPT'],
  [tcp.keepcnt, tcp4, [4], 'ENOPROTOOPT'],
  [ip.ttl, udp4, [1, 200]],
  [ip.multicastTtl, udp4, [0, 7]],
  [ip.multicastLoop, udp4, [false, true]],
  [ipv6.v6only, tcp6, [true, false]],
  [ipv6.unicastHops, udp6, [9]],
  [ipv6.multicastHops, udp6, [9]],
  [ipv6.multicastLoop, udp6, [false, true]],
] as unknown as readonly Case[];

function check(row: Option<never>, make: Make, values: readonly unknown[]): void {
  using socket = make() as Socket<'inet'>;
  for (const value of values) {
    socket.setOption(row, value as never);
    assert.deepEqual(socket.getOption(row), value);
  }
}

describe('options that Windows has', { skip }, () => {
  for (const [row, make, values, lacking] of skip ? [] : cases) {
    test(`${row.name}${make === tcp6 || make === udp6 ? ', IPv6' : ''}`, () => {
      try {
        check(row, make, values);
      } catch (error) {
        if (!inWine || lacking === undefined) throw error;
        assert.equal((error as SocketError).code, lacking);
      }
    });
  }

  test('options that are only read', () => {
    using stream = tcp4() as Socket<'inet'>;
    assert.equal(stream.getOption(so.type), SOCK_STREAM);
    assert.equal(stream.getOption(so.acceptconn), false);
    assert.equal(stream.getOption(so.error), 0);
    stream.bind({ host: '127.0.0.1', port: 0 });
    stream.listen();
    assert.equal(stream.getOption(so.acceptconn), true);
    assert.equal(stream.getOption(so.domain), AF_INET);
  });
});
