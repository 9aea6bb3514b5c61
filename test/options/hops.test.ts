/** `unicast` and `multicast`: the number of hops, on sockets of both families, as the receiver sees it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_INET, AF_INET6, hasIpv6, IPPROTO_IP, SOCK_DGRAM, SOCK_STREAM, Socket } from 'berkeley';
import { IP_RECVTTL, IPPROTO_IPV6, IPV6_RECVHOPLIMIT } from 'berkeley/constants';
import { hoplimit, spaceFor, ttl } from 'berkeley/control';
import { ip, ipv6, multicast, unicast } from 'berkeley/options';
import { notOnWindows } from '../support/kernel.js';

type IpSocket = Socket<'inet' | 'inet6'>;

const withoutIpv6 = !hasIpv6() && 'this machine has no IPv6';
const families = [
  { name: 'AF_INET', family: AF_INET, host: '127.0.0.1', skip: false },
  { name: 'AF_INET6', family: AF_INET6, host: '::1', skip: withoutIpv6 },
] as const;

function open(family: unknown, type = SOCK_DGRAM): IpSocket {
  return new Socket<'inet' | 'inet6'>(family as never, type);
}

/** A receiver that gets the number of hops of each datagram. */
function receiver(family: unknown, host: string): IpSocket {
  const socket = open(family);
  if (socket.family === (AF_INET as never)) socket.setsockopt(IPPROTO_IP, IP_RECVTTL, 1);
  else socket.setsockopt(IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1);
  socket.bind({ host, port: 0 });
  return socket;
}

async function hopsOf(socket: IpSocket): Promise<number | undefined> {
  const { control } = await socket.recvmsg(10, { control: spaceFor(ttl, hoplimit), timeout: 10_000 });
  return ttl.find(control) ?? hoplimit.find(control);
}

for (const { name, family, host, skip } of families) {
  describe(name, { skip }, () => {
    test('datagrams have the hops that were set, and the default again with -1', {
      skip: family === AF_INET6 && notOnWindows('IPV6_RECVHOPLIMIT'),
    }, async () => {
      using to = receiver(family, host);
      using from = open(family);
      const initial = unicast.hops(from);
      for (const hops of [1, 2, 64, 255, -1]) {
        unicast.setHops(from, hops);
        assert.equal(unicast.hops(from), hops === -1 ? initial : hops);
        await from.sendto('x', to.getsockname());
        assert.equal(await hopsOf(to), hops === -1 ? initial : hops);
      }
    });

    test('the number is that of the row of the family, on streams too', () => {
      for (const type of [SOCK_DGRAM, SOCK_STREAM]) {
        using socket = open(family, type);
        unicast.setHops(socket, 7);
        const own =
          family === AF_INET ? socket.getOption(ip.ttl) : socket.getOption(ipv6.unicastHops as never);
        assert.deepEqual([own, unicast.hops(socket)], [7, 7]);
      }
    });

    test('multicast packets have their own number', () => {
      using socket = open(family);
      const before = unicast.hops(socket);
      assert.equal(multicast.hops(socket), 1);
      multicast.setHops(socket, 9);
      assert.deepEqual([multicast.hops(socket), unicast.hops(socket)], [9, before]);
    });

    test('an invalid number is refused, and changes nothing', () => {
      using socket = open(family);
      const before = unicast.hops(socket);
      for (const hops of [0, 256, -2, 1.5, '1', null, undefined])
        assert.throws(() => unicast.setHops(socket, hops as never), { message: /"hops"/ }, `${hops}`);
      assert.equal(unicast.hops(socket), before);
    });
  });
}

test('an IPv6 socket sends to IPv4 with the same number', {
  skip: withoutIpv6 || (process.platform !== 'linux' && 'Linux only'),
}, async () => {
  using to = receiver(AF_INET, '127.0.0.1');
  using from = open(AF_INET6);
  from.setOption(ipv6.v6only as never, false as never);
  unicast.setHops(from, 33);
  await from.sendto('x', { host: '::ffff:127.0.0.1', port: to.getsockname().port });
  assert.equal(await hopsOf(to), 33);
});

test('only IPv4 and IPv6 sockets have it', () => {
  assert.throws(() => unicast.setHops({} as never, 1), { message: /socket/ });
  assert.throws(() => unicast.hops(null as never), { message: /socket/ });
});
