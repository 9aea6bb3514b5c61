/** AF_INET6: what is specific to IPv6. */
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  createConnection,
  createServer,
  formatAddress,
  getaddrinfoSync,
  hasDualStack,
  hasIpv6,
  if_nameindex,
  if_nametoindex,
  inet_ntop,
  parseAddress,
  SOCK_DGRAM,
  Socket,
} from 'berkeley';
import { ipv6 } from 'berkeley/options';
import { random } from '../support/bytes.js';
import { assertRefused } from '../support/refusal.js';

const skip = !hasIpv6() && 'this machine has no IPv6: modprobe ipv6';

/** A host name of ::1, which not every /etc/hosts has. */
const name = ['localhost', 'ip6-localhost'].find(host => {
  try {
    return getaddrinfoSync(host, null, { family: AF_INET6 }).length > 0;
  } catch {
    return false;
  }
});
const noName = name === undefined && 'no name has the address ::1: add "::1 localhost" to /etc/hosts';

describe('hosts', { skip }, () => {
  test("'' is every interface", () => {
    using any = new Socket(AF_INET6, SOCK_DGRAM);
    any.bind({ host: '', port: 0 });
    assert.equal(any.getsockname().host, '::');
  });

  test('a host name is resolved', { skip: noName }, async () => {
    using local = new Socket(AF_INET6, SOCK_DGRAM);
    local.bind({ host: name!, port: 0 });
    assert.equal(local.getsockname().host, '::1');
    using client = new Socket(AF_INET6, SOCK_DGRAM);
    await client.sendto('found', { host: name!, port: local.getsockname().port });
    assert.equal((await local.recv(9)).toString(), 'found');
  });

  test('every spelling of an address gives the same address', async () => {
    using server = createServer({ host: '::1', port: 0 }, { family: AF_INET6 });
    const { port } = server.getsockname();
    for (const host of ['::1', '0:0:0:0:0:0:0:1', '0::0001', '::0.0.0.1', '::1%lo', '::1%1']) {
      using client = new Socket(AF_INET6);
      await client.connect({ host, port });
      assert.equal(client.getpeername().host, '::1');
      (await server.accept()).socket.close();
    }
  });

  test('there is no broadcast address, and a zone needs an interface', async () => {
    using socket = new Socket(AF_INET6, SOCK_DGRAM);
    await assertRefused([
      'bind',
      () => socket.bind({ host: '<broadcast>', port: 0 }),
      'value',
      'address.host',
    ]);
    const nowhere = { host: 'fe80::1%nosuchif', port: 0 };
    const error = await socket.sendto('x', nowhere).catch((failure: Error) => failure);
    assert.ok(error instanceof Error);
  });
});

/** A link-local address of this machine, and its interface. */
const [link, linkHost] =
  Object.entries(networkInterfaces())
    .map(([name, addresses]) => [name, addresses?.find(each => each.address.startsWith('fe80:'))?.address])
    .find(([, address]) => address !== undefined) ?? [];

const noLink = skip || (link === undefined && 'no interface has a link-local address: ip link set <name> up');

test('a link-local address needs its interface: a zone by name or number, or scopeId', {
  skip: noLink,
}, () => {
  const scopeId = if_nametoindex(link!);
  assert.ok(if_nameindex().some(({ index, name }) => index === scopeId && name === link));
  for (const address of [
    { host: `${linkHost}%${link}`, port: 0 },
    { host: `${linkHost}%${scopeId}`, port: 0 },
    { host: linkHost!, port: 0, scopeId },
  ]) {
    using socket = new Socket(AF_INET6, SOCK_DGRAM);
    socket.bind(address);
    const name = socket.getsockname();
    assert.deepEqual({ host: name.host, scopeId: name.scopeId }, { host: linkHost, scopeId });
    assert.ok(formatAddress(name).startsWith(`[${linkHost}%${scopeId}]:`));
    using again = new Socket(AF_INET6, SOCK_DGRAM);
    again.bind({ ...name, port: 0 }); // the result of getsockname can be used as an address
  }
  using without = new Socket(AF_INET6, SOCK_DGRAM);
  assert.throws(() => without.bind({ host: linkHost!, port: 0 }), { code: 'EINVAL' });
});

test('the flow information of a peer address is kept, and the address can be used again', {
  skip,
}, async () => {
  using receiver = new Socket(AF_INET6, SOCK_DGRAM);
  receiver.bind({ host: '::1', port: 0 });
  using sender = new Socket(AF_INET6, SOCK_DGRAM);
  sender.setOption(ipv6.flowinfoSend, true); // otherwise the kernel discards it
  const flowinfo = 0x28 * 2 ** 20;
  await sender.connect({ ...receiver.getsockname(), flowinfo });
  const peer = sender.getpeername();
  assert.equal(peer.flowinfo, flowinfo);
  await sender.connect(peer);
  await sender.sendto('x', peer);
  assert.equal((await receiver.recv(9)).toString(), 'x');
});

describe('addresses as text', () => {
  test('parsing inverts formatting, for random addresses', () => {
    const next = random(6);
    const below = (most: number) => Math.floor(next() * most);
    for (let i = 0; i < 1000; i++) {
      const bytes = Uint8Array.from({ length: 16 }, () => (next() < 0.4 ? 0 : below(256)));
      const address = {
        family: 'inet6',
        host: inet_ntop(AF_INET6, bytes),
        port: below(65536),
        flowinfo: next() < 0.5 ? 0 : below(2 ** 28),
        scopeId: next() < 0.5 ? 0 : below(2 ** 32),
      } as const;
      assert.deepEqual(parseAddress(formatAddress(address)), address, formatAddress(address));
    }
  });

  test('invalid text is refused', () => {
    for (const text of [
      '[::1]',
      '::1:80',
      '[::1]:65536',
      '[::1%lo]:80',
      '[::1]:80?flowinfo=x',
      '[1.2.3.4]:80',
    ])
      assert.throws(() => parseAddress(text), { code: 'ERR_INVALID_ARG_VALUE' }, text);
  });
});

describe('IPv4 and IPv6 together', {
  skip: skip || (!hasDualStack() && 'IPV6_V6ONLY cannot be unset here'),
}, () => {
  test('a dual-stack server sees IPv4 clients under mapped addresses', async () => {
    using server = createServer({ host: '', port: 0 }, { family: AF_INET6, dualStack: true });
    const { port } = server.getsockname();
    using client = await createConnection({ host: '127.0.0.1', port });
    const { socket, address } = await server.accept();
    using _ = socket;
    assert.equal(address?.family, 'inet6');
    assert.equal(address.host, '::ffff:127.0.0.1');
    assert.equal(address.port, client.getsockname().port);
  });

  test('an IPv6-only server leaves the IPv4 port free', () => {
    using server = createServer({ host: '', port: 0 }, { family: AF_INET6 });
    using other = createServer({ host: '', port: server.getsockname().port }, { family: AF_INET });
    assert.equal(other.getsockname().port, server.getsockname().port);
  });
});
