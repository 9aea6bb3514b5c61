/** A server that replies to the address that it has received: its bytes are used again, and only for that address. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_INET, AF_INET6, AF_UNIX, hasIpv6, SOCK_DGRAM, Socket } from 'berkeley';
import { sockaddr_un } from '#src/families/unix/layout.js';
import { notOnWindows } from '../support/kernel.js';
import { freshPath } from '../support/names.js';

interface Family {
  readonly number: typeof AF_INET | typeof AF_INET6 | typeof AF_UNIX;
  readonly skip?: string | false;
  address(): object;
}

const noUnix = notOnWindows('Unix datagrams');

const families: Readonly<Record<string, Family>> = {
  inet: { number: AF_INET, address: () => ({ host: '127.0.0.1', port: 0 }) },
  inet6: { number: AF_INET6, skip: !hasIpv6() && 'no IPv6', address: () => ({ host: '::1', port: 0 }) },
  unix: { number: AF_UNIX, skip: noUnix, address: () => ({ path: freshPath() }) },
  // Without a NUL: the kernel writes a sockaddr that is a byte longer than the one that it accepts.
  'unix, with the longest path': {
    number: AF_UNIX,
    skip: noUnix,
    address: () => ({ path: freshPath().padEnd(sockaddr_un.sun_path_size, 'x') }),
  },
};

function bound(family: Family): Socket {
  const socket = new Socket(family.number, SOCK_DGRAM) as Socket;
  socket.bind(family.address() as never);
  return socket;
}

describe('replies', () => {
  for (const [name, family] of Object.entries(families)) {
    test(`each sender gets its own: ${name}`, { skip: family.skip ?? false }, async () => {
      const [server, ...clients] = [0, 1, 2, 3].map(() => bound(family));
      const to = server!.getsockname();
      for (let round = 0; round < 3; round++) {
        const received = [];
        for (const [i, client] of clients.entries()) {
          await client.sendto(`${round} ${i}`, to as never);
          received.push(await server!.recvfrom(20));
          const { data, address } = received.at(-1)!;
          await server!.sendto(data, address as never);
          assert.equal(String(client.recvSync(20)), `${round} ${i}`);
        }
        // The addresses of the earlier messages, now that another one was received last.
        for (const [i, { data, address }] of received.entries()) {
          server!.sendtoSync(data, address as never);
          assert.equal(String(clients[i]!.recvSync(20)), `${round} ${i}`);
        }
      }
      for (const socket of [server!, ...clients]) socket.close();
    });
  }
});
