/** AF_INET: what is specific to IPv4. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_INET,
  ConnectionRefusedError,
  createConnection,
  createConnectionSync,
  createServer,
  formatAddress,
  type InetAddress,
  IPPROTO_ICMP,
  IPPROTO_TCP,
  PermissionError,
  parseAddress,
  ResolverError,
  SO_BROADCAST,
  SOCK_DGRAM,
  SOCK_RAW,
  SOL_SOCKET,
  Socket,
  TCP_NODELAY,
} from 'berkeley';
import { random } from '../support/bytes.js';
import { failsWith, failureOf } from '../support/failure.js';

const NOBODY = 'no-such-host.invalid'; // RFC 2606: never resolves

function bound(host: string): Socket<'inet'> {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.bind({ host, port: 0 });
  return socket;
}

describe('hosts', () => {
  test("'' is every interface", () => {
    using socket = bound('');
    assert.equal(socket.getsockname().host, '0.0.0.0');
  });

  test('host names and short forms are resolved', async () => {
    for (const host of ['localhost', '127.1', '0x7f000001']) {
      using socket = bound(host);
      assert.equal(socket.getsockname().host, '127.0.0.1');
      using client = new Socket(AF_INET, SOCK_DGRAM);
      const { port } = socket.getsockname();
      assert.equal(await client.sendto('promise', { host, port }), 7);
      assert.equal(client.sendtoSync('sync', { host, port }), 4);
      await client.connect({ host, port });
      assert.equal(client.getpeername().host, '127.0.0.1');
      client.connectSync({ host, port });
      assert.equal(await client.connectEx({ host, port }), 0);
      assert.equal(client.connectExSync({ host, port }), 0);
      assert.equal(socket.recvSync(9).toString(), 'promise');
      assert.equal(socket.recvSync(9).toString(), 'sync');
    }
  });

  test('an unknown host name fails with a ResolverError, before any system call on the socket', async () => {
    using socket = new Socket(AF_INET, SOCK_DGRAM);
    const address = { host: NOBODY, port: 9 };
    for (const call of [
      () => socket.bind(address),
      () => socket.connect(address),
      () => socket.connectSync(address),
      () => socket.connectEx(address),
      () => socket.connectExSync(address),
      () => socket.sendto('x', address),
      () => socket.sendtoSync('x', address),
    ]) {
      const error = await failureOf(call);
      assert.ok(error instanceof ResolverError, String(error));
    }
    assert.deepEqual(socket.getsockname(), { family: 'inet', host: '0.0.0.0', port: 0 });
  });

  test("'<broadcast>' is 255.255.255.255, and needs SO_BROADCAST", async () => {
    using socket = bound('');
    const address = { host: '<broadcast>', port: 9 };
    const error = await failsWith(() => socket.sendto('x', address), PermissionError, 'EACCES', 'sendto');
    assert.match(error.message, /^sendto EACCES 255\.255\.255\.255:9 \(.*SO_BROADCAST/);
    socket.setsockopt(SOL_SOCKET, SO_BROADCAST, true);
    const sent = await socket.sendto('x', address).catch((failure: Error & { code: string }) => failure.code);
    assert.ok(sent === 1 || sent === 'ENETUNREACH', `${sent}: a machine may have no network`);
  });

  test('an error has the address that a host name resolved to', async () => {
    const { port } = deserted();
    using socket = new Socket();
    const connect = () => socket.connect({ host: 'localhost', port });
    const error = await failsWith(connect, ConnectionRefusedError, 'ECONNREFUSED', 'connect');
    assert.equal(error.message, `connect ECONNREFUSED 127.0.0.1:${port}`);
  });
});

/** An address without a listener. */
function deserted(): InetAddress {
  using server = createServer({ host: '127.0.0.1', port: 0 });
  return server.getsockname();
}

describe('addresses as text', () => {
  test('parsing inverts formatting, for random addresses', () => {
    const next = random(4);
    const byte = () => Math.floor(next() * 256);
    for (let i = 0; i < 1000; i++) {
      const host = [byte(), byte(), byte(), byte()].join('.');
      const address = { family: 'inet', host, port: Math.floor(next() * 65536) } as const;
      const text = formatAddress(address);
      assert.equal(text, `${host}:${address.port}`);
      assert.deepEqual(parseAddress(text), address);
    }
  });

  test('invalid text is refused', () => {
    for (const text of [
      '',
      '127.0.0.1',
      '127.0.0.1:',
      '127.1:80',
      '01.2.3.4:80',
      '1.2.3.4:-1',
      '1.2.3.4:99999',
    ])
      assert.throws(() => parseAddress(text), { code: 'ERR_INVALID_ARG_VALUE' }, text);
  });
});

describe('servers and connections', () => {
  test('a server can be bound again while connections of the previous one are in TIME_WAIT', async () => {
    using first = createServer({ host: '127.0.0.1', port: 0 });
    const address = first.getsockname();
    using client = await createConnection(address);
    using accepted = (await first.accept()).socket;
    accepted.close(); // the end that closes first stays in TIME_WAIT
    assert.equal((await client.recv(1)).length, 0);
    client.close();
    first.close();
    using again = createServer(address);
    assert.deepEqual(again.getsockname(), address);
  });

  test('createConnection resolves a name, in both faces, and uses the first address that answers', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    const { port } = server.getsockname();
    using one = await createConnection({ host: 'localhost', port });
    assert.equal(one.getpeername().host, '127.0.0.1');
    using other = createConnectionSync({ host: 'localhost', port }, { timeout: 5000 });
    assert.equal(other.getpeername().host, '127.0.0.1');
    assert.equal(other.timeout, 5000);
    const source = { host: '127.0.0.2', port: 0 };
    using bound = await createConnection({ host: '127.0.0.1', port }, { sourceAddress: source });
    assert.equal(bound.getsockname().host, '127.0.0.2');
  });

  test('createConnection reports the failure of each address', async () => {
    const { port } = deserted();
    for (const connect of [createConnection, createConnectionSync]) {
      const error = await failureOf(() => connect({ host: 'localhost', port }));
      const errors = error instanceof AggregateError ? error.errors : [error];
      assert.equal((error as { code?: string }).code, 'ECONNREFUSED');
      for (const each of errors) assert.ok(each instanceof ConnectionRefusedError, String(each));
    }
  });

  test('TCP_NODELAY can be set and read on a connection', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    using client = await createConnection(server.getsockname());
    assert.equal(client.getsockopt(IPPROTO_TCP, TCP_NODELAY), 0);
    client.setsockopt(IPPROTO_TCP, TCP_NODELAY, true);
    assert.equal(client.getsockopt(IPPROTO_TCP, TCP_NODELAY), 1);
  });
});

/** An ICMP echo request: type 8, its checksum, an identifier. RFC 792. */
function echoRequest(identifier: number): Buffer {
  const packet = Buffer.from([8, 0, 0, 0, identifier >> 8, identifier & 255, 0, 1]);
  let sum = 0;
  for (let i = 0; i < packet.length; i += 2) sum += packet.readUInt16BE(i);
  packet.writeUInt16BE(~((sum & 0xffff) + (sum >> 16)) & 0xffff, 2);
  return packet;
}

function openRaw(): Socket<'inet'> | undefined {
  try {
    return new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
  } catch (error) {
    if (error instanceof PermissionError) return undefined;
    throw error;
  }
}

const raw = openRaw();
const skip = raw === undefined && 'raw sockets need CAP_NET_RAW; run as root';

test('a raw socket pings this machine', { skip, timeout: 10_000 }, async () => {
  using socket = raw!;
  assert.equal(socket.protocol, IPPROTO_ICMP);
  const identifier = process.pid & 0xffff;
  await socket.sendto(echoRequest(identifier), { host: '127.0.0.1', port: 0 });
  for (;;) {
    const { data, address } = await socket.recvfrom(1500);
    const icmp = data.subarray((data[0]! & 15) * 4);
    if (icmp[0] !== 0 || icmp.readUInt16BE(4) !== identifier) continue; // the request itself, or a reply to another program
    assert.deepEqual(address, { family: 'inet', host: '127.0.0.1', port: 0 });
    break;
  }
});
