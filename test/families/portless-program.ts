/**
 * Calls raw and ping sockets with addresses that have no port. It runs in a network namespace of its own, where ping
 * sockets are permitted. Prints the results of each socket, one per line.
 */
import assert from 'node:assert/strict';
import {
  AF_INET,
  AF_INET6,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  MessageBatch,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
} from 'berkeley';
import { echoRequest, echoRequest6 } from '../support/icmp.js';

const kinds = {
  'ping, IPv4': { host: '127.0.0.1', open: () => new Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) },
  'raw, IPv4': { host: '127.0.0.1', open: () => new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) },
  'ping, IPv6': { host: '::1', open: () => new Socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6) },
  'raw, IPv6': { host: '::1', open: () => new Socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6) },
} as const;

for (const [name, { host, open }] of Object.entries(kinds)) {
  const hostName = host === '::1' ? '::1%lo' : 'localhost'; // not every machine has a name for ::1
  using socket = open() as Socket<'inet'>;
  socket.bind({ host });
  // A ping socket takes its identifier from bind(), and getsockname() returns it as the port.
  assert.equal(socket.getsockname().host, host);
  const request = host === '::1' ? echoRequest6(0x4242, 1) : echoRequest(0x4242, 1);
  const sent = [
    await socket.sendto(request, { host }),
    socket.sendtoSync(request, { host, port: undefined }),
    await socket.sendto(request, Object.freeze({ host })),
    await socket.sendto(request, { host: hostName }), // a name is resolved in another thread
    socket.sendtoSync(request, { host: hostName }),
    await socket.sendmsg({ data: request, address: { host } }),
    await socket.sendto(request, { host, port: 0 }),
  ];
  assert.deepEqual(sent, Array(7).fill(request.length));
  const reply = await socket.recvfrom(1500, { timeout: 10_000 });
  assert.deepEqual({ host: reply.address?.host, port: reply.address?.port }, { host, port: 0 });
  await socket.connect({ host });
  assert.equal(await socket.send(request), request.length);
  await assert.rejects(async () => socket.sendto(request, { host, port: null as never }), {
    code: 'ERR_INVALID_ARG_TYPE',
    message: /"address\.port"/,
  });
  await assert.rejects(async () => socket.sendto(request, 'x' as never), { message: /"address" argument/ });
  console.log(name);
}

// A batch does not know on which socket it is sent.
const batch = new MessageBatch({ count: 1, size: 64 });
assert.throws(() => batch.push('x', { host: '127.0.0.1' }), { message: /"address\.port"/ });
console.log('batch');
