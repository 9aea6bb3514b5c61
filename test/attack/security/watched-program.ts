/**
 * Passes bytes to the kernel and receives bytes from it, while unused memory is poison (watch.c). Prints the poison that it
 * received as JSON lines; what it sent is in the record of watch.c.
 */
import {
  AF_INET,
  AF_INET6,
  AF_NETLINK,
  AF_UNIX,
  type ControlMessage,
  createConnection,
  createServer,
  getaddrinfo,
  IPPROTO_TCP,
  MessageBatch,
  MSG_PEEK,
  NETLINK_ROUTE,
  SO_PEERCRED,
  SO_RCVTIMEO,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_SEQPACKET,
  SOL_SOCKET,
  Socket,
  socketpair,
  TCP_INFO,
} from 'berkeley';
import * as control from 'berkeley/control';
import { ip, so, tcp } from 'berkeley/options';
import { driverOf } from '#src/address/registry.js';
import { addresses } from './addresses.js';
import { holdsPoison, holdsPoisonRun } from './poison.js';

/** Ports whose bytes are no poison, on an address of this process alone. */
const host = `127.${1 + ((process.pid >> 6) % 89)}.${1 + (process.pid & 63)}.1`;
let port = 0x1234;
const nextAddress = () => ({ family: 'inet', host, port: port++ }) as const;

const found: string[] = [];

/** Reports poison in the bytes of a result, wherever they are in it. */
function check(name: string, result: unknown): void {
  if (holdsPoison(result)) found.push(name);
}

/** The number of a process can have any bytes. It is the first member of the credentials. */
function withoutProcess(item: ControlMessage): Uint8Array {
  return control.credentials.matches(item) ? item.data.subarray(4) : item.data;
}

/** Messages on a pair: short data in long buffers, and control messages with padding. */
async function messages(): Promise<void> {
  const [a, b] = socketpair(AF_UNIX, SOCK_SEQPACKET);
  b.setOption(so.passcred, true);
  const items = [
    control.rights([0]),
    control.rights([0, 1, 2]),
    { level: 41, type: 250, data: Buffer.from('odd') }, // padding after three bytes
    control.ttl(3),
    control.pktinfo({ interfaceIndex: 1 }),
    control.pktinfo6({ interfaceIndex: 1 }),
    control.segment(9),
  ];
  for (const item of items) {
    await a.sendmsg({ data: 'short', control: [item, { level: 41, type: 251, data: Buffer.from('x') }] });
    const message = await b.recvmsg(65_536, { control: 512 });
    check('recvmsg', { ...message, control: message.control.map(withoutProcess) });
    for (const fd of control.rights.find(message.control) ?? []) Socket.adopt(fd).close();
  }
  for (const method of ['recv', 'recvfrom', 'recvmsg'] as const) {
    await a.send('short');
    check(`${method} with MSG_PEEK`, await b[method](65_536, MSG_PEEK));
    check(method, await b[method](65_536));
  }
  await a.sendFds('x', [0, 1, 2]);
  check('recvFds that cuts', await b.recvFds(100, 1));
  for (const socket of [a, b]) socket.close();
}

/** Datagrams alone and in batches, with and without addresses. */
async function datagrams(): Promise<void> {
  using a = new Socket(AF_INET, SOCK_DGRAM);
  using b = new Socket(AF_INET, SOCK_DGRAM);
  b.bind(nextAddress());
  a.bind(nextAddress());
  const to = b.getsockname();
  for (const size of [0, 1, 7, 100]) {
    await a.sendto(Buffer.alloc(size, 'd'), to);
    check('recvfrom', await b.recvfrom(2000));
    const batch = new MessageBatch({ count: 3, size: 120, controlSize: 64 });
    for (let i = 0; i < 3; i++)
      batch.push(Buffer.alloc(size, 'b'), to, i === 1 ? [control.ttl(9)] : undefined);
    await a.sendmmsg(batch);
    for (let count = 0; count < 3; ) {
      count += await b.recvmmsg(batch);
      check('recvmmsg', [...batch]);
    }
  }
  await a.sendSegments('one two three', 4, { address: to });
  check('recvSegments', await b.recvSegments());
  a.setOption(ip.multicastIf, 1);
}

async function streams(): Promise<void> {
  using server = createServer(nextAddress());
  using near = await createConnection(server.getsockname());
  const { socket: far } = await server.accept();
  await near.sendAll('0123456789');
  check('recv', await far.recv(4096));
  near.sendAllSync('0123456789');
  check('recvSync', far.recvSync(4096));
  await near.sendAll('line\n');
  check('readline', await far.makefile('rb').readline());
  near.setOption(tcp.nodelay, true);
  near.setOption(so.linger, { seconds: 1 });
  for (const size of [1, 4, 12, 64, 1000]) {
    check('getsockopt', far.getsockopt(SOL_SOCKET, SO_RCVTIMEO, size));
    if (holdsPoisonRun(far.getsockopt(IPPROTO_TCP, TCP_INFO, size))) found.push('TCP_INFO');
  }
  far.dup().close();
  far.close();
}

/** The caller's memory after the received bytes keeps what it had. */
async function intoMemory(): Promise<void> {
  const [a, b] = socketpair();
  const memory = Buffer.alloc(64, 's');
  await a.send('12345');
  const length = await b.recvInto(memory);
  const [one, two] = [memory.subarray(8, 10), memory.subarray(16, 40)];
  await a.send('12345');
  await b.recvmsgInto([one, two]);
  const expected = `12345sss12ssssss345${'s'.repeat(45)}`;
  if (length !== 5 || memory.toString() !== expected) found.push(`recvInto: ${memory}`);
  check('SO_PEERCRED', a.getsockopt(SOL_SOCKET, SO_PEERCRED, 64).subarray(4));
  for (const socket of [a, b]) socket.close();
}

/** Addresses of every family: the bytes that a system call gets, and those of families that this kernel lacks. */
async function names(): Promise<void> {
  for (const [family, address] of addresses)
    check(`an address of ${family}`, driverOf(family).encode(address as never));
  for (const address of [
    { path: '/nowhere/berkeley' },
    { abstract: 'berkeley' },
    { abstract: Buffer.from([0, 1]) },
  ]) {
    using socket = new Socket(AF_UNIX, SOCK_DGRAM);
    await socket.sendto('x', address).catch(() => {});
    await socket.connect(address).catch(() => {});
  }
  using six = new Socket(AF_INET6, SOCK_DGRAM);
  await six.sendto('x', { host: '::1', port: 0x1234 }).catch(() => {});
  using netlink = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  netlink.bind({ pid: 0, groups: 0 });
  check('getaddrinfo', await getaddrinfo('127.0.0.1', 80));
}

// Without poison, nothing would be found.
if (!holdsPoison(Buffer.allocUnsafeSlow(100_000))) found.push('unused memory is not poisoned');
for (const part of [messages, datagrams, streams, intoMemory, names]) await part();
console.log(JSON.stringify(found));
