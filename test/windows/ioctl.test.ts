/** socket.ioctl(): the WSAIoctl requests of the specification. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AF_INET,
  IPPROTO_IP,
  RCVALL_OFF,
  RCVALL_ON,
  SIO_KEEPALIVE_VALS,
  SIO_LOOPBACK_FAST_PATH,
  SIO_RCVALL,
  SO_KEEPALIVE,
  SOCK_RAW,
  SOL_SOCKET,
  Socket,
  socketpair,
} from 'berkeley';
import { SIO_UDP_CONNRESET } from 'berkeley/constants';
import { inWine } from '../support/kernel.js';

const elsewhere = process.platform !== 'win32' && 'Windows alone has it: npm run test:wine';
/** The error that Wine reports for what it does not implement. */
const wineLacks = { code: 'ENOTSUP', syscall: 'WSAIoctl' };

test('ioctl is not supported on other platforms', { skip: !elsewhere && 'this is Windows' }, () => {
  using socket = new Socket();
  const message = `ioctl is only available on Windows; this platform is ${process.platform}`;
  assert.throws(() => socket.ioctl(SIO_RCVALL, RCVALL_ON), { name: 'UnsupportedError', message });
});

test('keepalive values can be set', { skip: elsewhere }, () => {
  const [a, b] = socketpair(AF_INET);
  a.ioctl(SIO_KEEPALIVE_VALS, { enabled: true, time: 10_000, interval: 1000 });
  assert.equal(a.getsockopt(SOL_SOCKET, SO_KEEPALIVE), 1);
  a.ioctl(SIO_KEEPALIVE_VALS, { enabled: false, time: 10_000, interval: 1000 });
  assert.equal(a.getsockopt(SOL_SOCKET, SO_KEEPALIVE), 0);
  a.close();
  b.close();
});

test('the loopback fast path can be set', { skip: elsewhere }, () => {
  using socket = new Socket();
  for (const value of [true, 1]) {
    if (inWine) assert.throws(() => socket.ioctl(SIO_LOOPBACK_FAST_PATH, value), wineLacks);
    else socket.ioctl(SIO_LOOPBACK_FAST_PATH, value);
  }
});

test('a raw socket receives all packets', { skip: elsewhere }, () => {
  if (inWine) {
    using datagrams = new Socket(AF_INET, SOCK_RAW, 1);
    assert.throws(() => datagrams.ioctl(SIO_RCVALL, RCVALL_ON), wineLacks);
    return;
  }
  using sniffer = new Socket(AF_INET, SOCK_RAW, IPPROTO_IP);
  sniffer.bind({ host: '127.0.0.1', port: 0 });
  sniffer.ioctl(SIO_RCVALL, RCVALL_ON);
  sniffer.ioctl(SIO_RCVALL, RCVALL_OFF);
});

test('other requests and invalid values are refused', { skip: elsewhere }, () => {
  using socket = new Socket();
  assert.throws(() => socket.ioctl(SIO_UDP_CONNRESET, 1), { code: 'ERR_OUT_OF_RANGE', message: /"request"/ });
  assert.throws(() => socket.ioctl(SIO_RCVALL, 9), { code: 'ERR_OUT_OF_RANGE', message: /"value"/ });
  assert.throws(() => socket.ioctl(SIO_RCVALL, true), { code: 'ERR_INVALID_ARG_TYPE', message: /"value"/ });
  assert.throws(() => socket.ioctl(SIO_LOOPBACK_FAST_PATH, 'yes' as never), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => socket.ioctl(SIO_KEEPALIVE_VALS, 1), { code: 'ERR_INVALID_ARG_TYPE' });
  const short = { enabled: true, time: 1 } as never;
  assert.throws(() => socket.ioctl(SIO_KEEPALIVE_VALS, short), { message: /"value.interval"/ });
  socket.close();
  assert.throws(() => socket.ioctl(SIO_LOOPBACK_FAST_PATH, true), { code: 'EBADF' });
});
