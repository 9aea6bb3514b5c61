/** The three shapes of a socket option: an integer, bytes, and a length without a value. */
import assert from 'node:assert/strict';
import {
  AF_INET,
  AF_INET6,
  IPPROTO_TCP,
  IPPROTO_UDP,
  SO_BINDTODEVICE,
  SO_BROADCAST,
  SO_DOMAIN,
  SO_KEEPALIVE,
  SO_LINGER,
  SO_PROTOCOL,
  SO_RCVBUF,
  SO_RCVLOWAT,
  SO_REUSEADDR,
  SO_TYPE,
  SOL_SOCKET,
  SocketError,
  UnsupportedError,
} from 'berkeley';
import { failsWith } from '../../support/failure.js';
import { isDatagram, isStream } from '../../support/rows.js';
import type { Behaviour } from '../behaviour.js';

const int = (value: number) => Buffer.from(Int32Array.of(value).buffer);

export const options: readonly Behaviour[] = [
  {
    name: 'the kernel says what the socket is',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      assert.equal(a.getsockopt(SOL_SOCKET, SO_DOMAIN), context.row.family);
      assert.equal(a.getsockopt(SOL_SOCKET, SO_TYPE), context.row.type);
      const { protocol = 0 } = context.row;
      const isIp = [AF_INET, AF_INET6].includes(context.row.family as never);
      const usual = isIp ? (isStream(context.row) ? IPPROTO_TCP : IPPROTO_UDP) : 0;
      assert.equal(a.getsockopt(SOL_SOCKET, SO_PROTOCOL), protocol || usual);
      assert.equal(a.protocol, protocol, 'what the socket was made with');
    },
  },
  {
    name: 'an integer is set and read',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      a.setsockopt(SOL_SOCKET, SO_RCVBUF, 20_000);
      assert.equal(a.getsockopt(SOL_SOCKET, SO_RCVBUF), 40_000, 'socket(7): the kernel doubles it');
      a.setsockopt(SOL_SOCKET, SO_RCVBUF, int(30_000));
      assert.equal(a.getsockopt(SOL_SOCKET, SO_RCVBUF), 60_000);
    },
  },
  {
    name: 'booleans count as 1 and 0',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      for (const option of [SO_KEEPALIVE, SO_BROADCAST]) {
        a.setsockopt(SOL_SOCKET, option, true);
        assert.equal(a.getsockopt(SOL_SOCKET, option), 1);
        a.setsockopt(SOL_SOCKET, option, false);
        assert.equal(a.getsockopt(SOL_SOCKET, option), 0);
        a.setsockopt(SOL_SOCKET, option, 1);
        assert.equal(a.getsockopt(SOL_SOCKET, option), 1);
      }
    },
  },
  {
    name: 'bytes are set and read, as many as the kernel has',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      const linger = Buffer.concat([int(1), int(7)]);
      a.setsockopt(SOL_SOCKET, SO_LINGER, linger);
      assert.deepEqual(a.getsockopt(SOL_SOCKET, SO_LINGER, 8), linger);
      assert.deepEqual(a.getsockopt(SOL_SOCKET, SO_LINGER, 64), linger);
      assert.deepEqual(a.getsockopt(SOL_SOCKET, SO_LINGER, 4), int(1));
      assert.equal(a.getsockopt(SOL_SOCKET, SO_LINGER), 1, 'as an integer: the first four bytes');
      assert.deepEqual(a.getsockopt(SOL_SOCKET, SO_TYPE, 4), int(context.row.type));
      assert.equal(a.getsockopt(SOL_SOCKET, SO_TYPE, 0).length, 0);
      a.setsockopt(SOL_SOCKET, SO_LINGER, new DataView(new ArrayBuffer(8)));
      assert.deepEqual(a.getsockopt(SOL_SOCKET, SO_LINGER, 4), int(0));
    },
  },
  {
    name: 'a length without a value passes NULL to the kernel',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      // An empty name removes the binding to a device. This is the only generic option that accepts an empty
      // value.
      a.setsockopt(SOL_SOCKET, SO_BINDTODEVICE, null, 0);
      assert.equal(a.getsockopt(SOL_SOCKET, SO_BINDTODEVICE, 16).length, 0);
      const unreadable = () => a.setsockopt(SOL_SOCKET, SO_REUSEADDR, null, 4);
      await failsWith(unreadable, SocketError, 'EFAULT', 'setsockopt');
    },
  },
  {
    name: 'the upper half of an unsigned number is the same 32 bits',
    when: isDatagram,
    async run(context) {
      const [a] = await context.pair();
      // A negative value means the maximum (net/core/sock.c, SO_RCVLOWAT).
      for (const value of [0xffffffff, -1]) {
        a.setsockopt(SOL_SOCKET, SO_RCVLOWAT, 1);
        a.setsockopt(SOL_SOCKET, SO_RCVLOWAT, value);
        assert.equal(a.getsockopt(SOL_SOCKET, SO_RCVLOWAT), 0x7fffffff);
      }
    },
  },
  {
    name: 'an option that does not exist fails with ENOPROTOOPT, and the error says which',
    quiet: true,
    async run(context) {
      const [a] = await context.pair();
      for (const call of [
        () => a.getsockopt(SOL_SOCKET, 9999),
        () => a.getsockopt(SOL_SOCKET, 9999, 4),
        () => a.setsockopt(SOL_SOCKET, 9999, 1),
      ]) {
        const error = await failsWith(call, UnsupportedError, 'ENOPROTOOPT');
        assert.match(error.syscall, /^[gs]etsockopt$/);
        assert.ok(
          error.message.includes(`this socket has no option 9999 at level ${SOL_SOCKET}`),
          error.message,
        );
      }
    },
  },
];
