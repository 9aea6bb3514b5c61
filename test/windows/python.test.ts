/**
 * Parity with Python on Windows. No Python for Windows can be run here, so the expected values are what its documentation
 * and its source say: "socket — Low-level networking interface" (docs.python.org/3/library/socket.html), Lib/socket.py and
 * Modules/socketmodule.c of CPython, and for numbers winsock2.h and ws2tcpip.h.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as berkeley from 'berkeley';
import { AF_INET, AF_INET6, SOCK_DGRAM, SOCK_STREAM, Socket } from 'berkeley';
import * as constants from 'berkeley/constants';
import { isAbsent } from '#src/constants/constant.js';
import { failureOf } from '../support/failure.js';

const skip = process.platform !== 'win32' && 'the values are those of Windows: npm run test:wine';
const numbers = new Map<string, unknown>(Object.entries(constants));

/** Constants of the socket module on Windows, and their values in Winsock's headers. */
const values: Readonly<Record<string, number>> = {
  ...{ AF_UNSPEC: 0, AF_INET: 2, AF_INET6: 23, SOCK_STREAM: 1, SOCK_DGRAM: 2, SOCK_RAW: 3 },
  ...{ SOL_SOCKET: 0xffff, SO_DEBUG: 1, SO_ACCEPTCONN: 2, SO_REUSEADDR: 4, SO_KEEPALIVE: 8 },
  ...{ SO_EXCLUSIVEADDRUSE: -5, SO_BROADCAST: 0x20, SO_LINGER: 0x80, SO_OOBINLINE: 0x100 },
  ...{ SO_SNDBUF: 0x1001, SO_RCVBUF: 0x1002, SO_SNDTIMEO: 0x1005, SO_RCVTIMEO: 0x1006 },
  ...{ SO_ERROR: 0x1007, SO_TYPE: 0x1008, SOMAXCONN: 0x7fffffff, IPPROTO_IPV6: 41 },
  ...{ IP_TTL: 4, IP_MULTICAST_IF: 9, IP_MULTICAST_TTL: 10, IP_MULTICAST_LOOP: 11 },
  ...{ IP_ADD_MEMBERSHIP: 12, IP_DROP_MEMBERSHIP: 13, IPV6_V6ONLY: 27, IPV6_UNICAST_HOPS: 4 },
  ...{ TCP_NODELAY: 1, TCP_KEEPIDLE: 3, TCP_KEEPCNT: 16, TCP_KEEPINTVL: 17, TCP_FASTOPEN: 15 },
  ...{ MSG_OOB: 1, MSG_PEEK: 2, MSG_WAITALL: 8, MSG_TRUNC: 0x100, MSG_CTRUNC: 0x200 },
  ...{ AI_PASSIVE: 1, AI_CANONNAME: 2, AI_NUMERICHOST: 4, NI_NUMERICHOST: 2, NI_NAMEREQD: 4 },
  ...{ EAI_AGAIN: 11002, EAI_FAIL: 11003, EAI_NONAME: 11001, EAI_SERVICE: 10109 },
  ...{ RCVALL_OFF: 0, RCVALL_ON: 1, RCVALL_SOCKETLEVELONLY: 2, RCVALL_MAX: 3 },
  ...{ SIO_RCVALL: 0x98000001, SIO_KEEPALIVE_VALS: 0x98000004, SIO_LOOPBACK_FAST_PATH: 0x98000010 },
};

describe('constants have the values of Winsock', { skip }, () => {
  for (const [name, value] of Object.entries(values)) {
    test(name, () => assert.equal(numbers.get(name), value));
  }
});

/** Names that the documentation has for other systems only ("Availability"). */
const notThere = ['AF_PACKET', 'AF_NETLINK', 'AF_CAN', 'SO_REUSEPORT', 'SO_BINDTODEVICE', 'SCM_RIGHTS'];

test('constants of other systems are absent', { skip }, () => {
  for (const name of notThere) assert.ok(isAbsent(numbers.get(name)), name);
});

/** Answers, and where they are documented. */
const answers: Readonly<Record<string, readonly [expected: unknown, ask: () => unknown]>> = {
  'socketpair: of AF_INET by default ("Changed in 3.5: Windows support")': [
    [AF_INET, SOCK_STREAM],
    () => {
      const [a, b] = berkeley.socketpair();
      using one = a;
      using _ = b;
      return [one.family, one.type];
    },
  ],
  'SO_REUSEADDR is not set by create_server (Lib/socket.py: os.name)': [
    0,
    () => {
      using server = berkeley.createServer({ host: '127.0.0.1', port: 0 });
      return server.getsockopt(constants.SOL_SOCKET, constants.SO_REUSEADDR);
    },
  ],
  has_dualstack_ipv6: [true, () => berkeley.hasDualStack()],
  'a new socket is not inheritable (PEP 446)': [
    false,
    () => {
      using socket = new Socket();
      return socket.getInheritable();
    },
  ],
  getservbyname: [80, () => berkeley.getservbyname('http', 'tcp')],
  getservbyport: ['http', () => berkeley.getservbyport(80, 'tcp')],
  getprotobyname: [1, () => berkeley.getprotobyname('icmp')],
  'gethostbyname of an address': ['127.0.0.1', () => berkeley.gethostbynameSync('127.0.0.1')],
  'inet_aton of a short form': [[127, 0, 0, 1], () => [...berkeley.inet_aton('127.1')]],
  'inet_pton ("Changed in 3.4: Windows support")': [
    [...Buffer.alloc(15), 1],
    () => [...berkeley.inet_pton(AF_INET6, '::1')],
  ],
  inet_ntop: ['::1', () => berkeley.inet_ntop(AF_INET6, Buffer.from([...Buffer.alloc(15), 1]))],
  'if_nameindex ("Changed in 3.8: Windows support")': [true, () => berkeley.if_nameindex().length > 0],
};

describe('calls answer as documented', { skip }, () => {
  for (const [name, [expected, ask]] of Object.entries(answers)) {
    test(name, () => assert.deepEqual(ask(), expected));
  }
});

const tcp = () => new Socket(AF_INET, SOCK_STREAM);
const nobody = { host: '127.0.0.1', port: 1 };

/** Failures: the class of the exception (bltinmodule: OSError's tree), which Python makes of Winsock's code. */
const failures: Readonly<Record<string, readonly [name: string, code: string, fail: () => unknown]>> = {
  'connect to nobody: WSAECONNREFUSED': [
    'ConnectionRefusedError',
    'ECONNREFUSED',
    async () => {
      using socket = tcp();
      await socket.connect(nobody);
    },
  ],
  'create_server with reuse_port: ValueError, SO_REUSEPORT is not supported on this platform': [
    'UnsupportedError',
    'ENOTSUP',
    () => berkeley.createServer({ host: '127.0.0.1', port: 0 }, { reusePort: true }).close(),
  ],
  'socketpair of another type: ValueError, only SOCK_STREAM': [
    'SocketError',
    'ENOTSUP',
    () => berkeley.socketpair(AF_INET, constants.SOCK_RAW),
  ],
  'recv after settimeout: TimeoutError': [
    'TimeoutError',
    'ETIMEDOUT',
    () => {
      using socket = new Socket(AF_INET, SOCK_DGRAM);
      socket.bind({ host: '127.0.0.1', port: 0 });
      socket.timeout = 20;
      socket.recvSync(1);
    },
  ],
  'recv of a non-blocking socket: BlockingIOError': [
    'BlockingError',
    'EAGAIN',
    () => {
      using socket = new Socket(AF_INET, SOCK_DGRAM);
      socket.bind({ host: '127.0.0.1', port: 0 });
      socket.timeout = 0;
      socket.recvSync(1);
    },
  ],
  'getpeername without a peer: WSAENOTCONN': [
    'SocketError',
    'ENOTCONN',
    () => {
      using socket = tcp();
      socket.getpeername();
    },
  ],
  'sethostname: Unix only': ['SocketError', 'ENOSYS', () => berkeley.sethostname('name')],
};

describe('calls fail as documented', { skip }, () => {
  for (const [name, [expected, code, fail]] of Object.entries(failures)) {
    test(name, async () => {
      const error = (await failureOf(fail)) as Error & { code?: string };
      assert.deepEqual([error.constructor.name, error.code], [expected, code], String(error.stack));
    });
  }
});
