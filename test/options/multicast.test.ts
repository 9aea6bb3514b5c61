/** Which datagrams a member of a group receives. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AF_INET, AF_INET6, SOCK_DGRAM, Socket, SocketError } from 'berkeley';
import { ip, ipv6, multicast, so } from 'berkeley/options';
import { Cable } from '../support/cable.js';
import { needsNamespaces } from '../support/kernel.js';
import { assertRefused, wrong } from '../support/refusal.js';

const GROUP = `239.78.1.${1 + (process.pid % 250)}`;
const GROUP6 = `ff05::78:${(1 + (process.pid % 250)).toString(16)}`;
const where = { group: GROUP, interface: 'lo' };
const wait = { timeout: 10_000 };

/** A socket on its own port that receives datagrams to any address. */
function listener(): Socket<'inet'> {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.setOption(so.reuseaddr, true);
  socket.bind({ host: '', port: 0 });
  return socket;
}

/** A socket that sends to groups from an address of the loopback interface. */
function sender(host = '127.0.0.1'): Socket<'inet'> {
  const socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.bind({ host, port: 0 });
  multicast.setInterface(socket, 'lo');
  return socket;
}

/** The queued datagrams. The loopback interface delivers before send returns, so none is in transit. */
function heard(socket: Socket<'inet'>): string[] {
  const all: string[] = [];
  const saved = socket.timeout;
  socket.timeout = 0;
  try {
    for (;;) all.push(socket.recvSync(100).toString());
  } catch (error) {
    assert.equal((error as SocketError).code, 'EAGAIN');
  } finally {
    socket.timeout = saved;
  }
  return all;
}

describe('a member', () => {
  /** The datagrams received from two senders, 127.0.0.1 and 127.0.0.2. */
  function hears(member: Socket<'inet'>): string[] {
    const { port } = member.getsockname() as { port: number };
    for (const host of ['127.0.0.1', '127.0.0.2']) {
      using from = sender(host);
      from.sendtoSync(host, { host: GROUP, port });
    }
    return heard(member);
  }

  test('receives from every sender', () => {
    using member = listener();
    assert.deepEqual(hears(member), [], 'nobody has joined');
    multicast.join(member, where);
    assert.deepEqual(hears(member), ['127.0.0.1', '127.0.0.2']);
    multicast.leave(member, where);
    assert.deepEqual(hears(member), []);
  });

  test('of one source receives only from that source', () => {
    using member = listener();
    multicast.join(member, { ...where, source: '127.0.0.2' });
    assert.deepEqual(hears(member), ['127.0.0.2']);
    multicast.join(member, { ...where, source: '127.0.0.1' });
    assert.deepEqual(hears(member), ['127.0.0.1', '127.0.0.2']);
  });

  test('does not receive from a blocked source until it is unblocked', () => {
    using member = listener();
    multicast.join(member, where);
    multicast.block(member, { ...where, source: '127.0.0.1' });
    assert.deepEqual(hears(member), ['127.0.0.2']);
    multicast.unblock(member, { ...where, source: '127.0.0.1' });
    assert.deepEqual(hears(member), ['127.0.0.1', '127.0.0.2']);
    multicast.setSources(member, { ...where, mode: 'include', sources: ['127.0.0.1'] });
    assert.deepEqual(hears(member), ['127.0.0.1']);
  });

  test('receives groups that other sockets have joined, unless IP_MULTICAST_ALL is off', () => {
    using member = listener();
    using other = listener();
    multicast.join(other, where);
    assert.deepEqual(hears(member), ['127.0.0.1', '127.0.0.2']);
    multicast.setAll(member, false);
    assert.deepEqual(hears(member), []);
    multicast.join(member, where);
    assert.deepEqual(hears(member), ['127.0.0.1', '127.0.0.2']);
  });
});

describe('a sender', () => {
  test('sets the TTL and the interface', () => {
    using from = sender();
    multicast.setHops(from, 7);
    assert.equal(from.getOption(ip.multicastTtl), 7);
    for (const by of ['lo', 1, '127.0.0.1']) multicast.setInterface(from, by);
    using six = new Socket(AF_INET6, SOCK_DGRAM);
    multicast.setHops(six, 9);
    assert.equal(six.getOption(ipv6.multicastHops), 9);
    for (const by of ['lo', 1, '::1']) {
      multicast.setInterface(six, 0);
      multicast.setInterface(six, by);
      assert.equal(six.getOption(ipv6.multicastIf), 1);
    }
    multicast.setLoopback(six, false);
    assert.equal(six.getOption(ipv6.multicastLoop), false);
  });
});

describe('over a cable', { skip: needsNamespaces }, () => {
  let cable: Cable;
  before(() => {
    cable = new Cable(4);
  });
  after(() => cable[Symbol.dispose]());

  test('a sender with loopback off is not received on its own machine', async () => {
    using member = listener();
    multicast.join(member, { group: GROUP, interface: cable.name });
    const { port } = member.getsockname() as { port: number };
    using from = sender(cable.here);
    multicast.setInterface(from, cable.name);
    for (const on of [false, true]) {
      multicast.setLoopback(from, on);
      await from.sendto(on ? 'heard' : 'unheard', { host: GROUP, port });
    }
    assert.equal((await member.recv(100, wait)).toString(), 'heard');
    assert.deepEqual(heard(member), []);
  });

  test('IPv6: a member of one source receives only from that source', async () => {
    using member = new Socket(AF_INET6, SOCK_DGRAM);
    member.bind({ host: '', port: 0 });
    const { port } = member.getsockname() as { port: number };
    using from = new Socket(AF_INET6, SOCK_DGRAM);
    from.bind({ host: cable.here6, port: 0 });
    multicast.setInterface(from, cable.here6);
    const group = { group: GROUP6, interface: cable.name };
    multicast.join(member, { ...group, source: '2001:db8::1' });
    await from.sendto('unheard', { host: GROUP6, port });
    multicast.join(member, { ...group, source: cable.here6 });
    await from.sendto('heard', { host: GROUP6, port });
    const { data, address } = await member.recvfrom(100, wait);
    assert.deepEqual([data.toString(), address?.host], ['heard', cable.here6]);
  });
});

test('an IPv6 socket can join IPv4 groups', async () => {
  using member = new Socket(AF_INET6, SOCK_DGRAM);
  member.setOption(ipv6.v6only, false);
  member.bind({ host: '', port: 0 });
  multicast.join(member, { group: GROUP, interface: '127.0.0.1' });
  using from = sender();
  const { port } = member.getsockname() as { port: number };
  await from.sendto('mapped', { host: GROUP, port });
  const { data, address } = await member.recvfrom(100, wait);
  assert.deepEqual([data.toString(), address?.host], ['mapped', '::ffff:127.0.0.1']);
});

describe('invalid arguments', () => {
  test('are refused before any system call', async () => {
    using four = listener();
    using six = new Socket(AF_INET6, SOCK_DGRAM);
    const join = (options: object) => () => multicast.join(four, options as never);
    await assertRefused(['no group', join({}), 'type', 'options.group']);
    await assertRefused(['one host', join({ group: '192.0.2.1' }), 'value', 'options.group']);
    await assertRefused(['a name', join({ group: 'mdns.local' }), 'value', 'options.group']);
    await assertRefused(['the other family', join({ group: 'ff02::1' }), 'value', 'options.group']);
    await assertRefused([
      'an interface',
      join({ group: GROUP, interface: -1 }),
      'range',
      'options.interface',
    ]);
    await assertRefused(['no index', join({ group: GROUP, interface: true }), 'type', 'options.interface']);
    await assertRefused(['a source', join({ group: GROUP, source: '::1' }), 'value', 'options.source']);
    const block = () => multicast.block(six, wrong({ group: GROUP6 }));
    await assertRefused(['no source', block, 'type', 'options.source']);
  });

  test('that only the kernel refuses cause a SocketError', () => {
    using socket = listener();
    const code = (call: () => void) => {
      try {
        call();
        return undefined;
      } catch (error) {
        assert.ok(error instanceof SocketError, String(error));
        return error.code;
      }
    };
    const join = (by: string | number) => code(() => multicast.join(socket, { group: GROUP, interface: by }));
    assert.equal(join('nonesuch0'), 'ENODEV');
    assert.equal(join(0x7ffffff), 'ENODEV');
    assert.equal(join('192.0.2.77'), 'EADDRNOTAVAIL');
    assert.equal(join('lo'), undefined);
    assert.equal(join('lo'), 'EADDRINUSE');
    assert.equal(
      code(() => multicast.leave(socket, { group: '239.78.99.99', interface: 'lo' })),
      'EADDRNOTAVAIL',
    );
  });

  test('and say why', () => {
    using socket = listener();
    const message = (call: () => void): string => {
      try {
        call();
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const where = { group: GROUP, interface: 'lo' };
    assert.match(
      message(() => multicast.leave(socket, where)),
      /_LEAVE_GROUP: the socket has not joined/,
    );
    multicast.join(socket, where);
    assert.match(
      message(() => multicast.join(socket, where)),
      /_JOIN_GROUP: the socket has already joined/,
    );
    const nowhere = { group: GROUP, interface: 0x7ffffff };
    assert.match(
      message(() => multicast.join(socket, nowhere)),
      /ENODEV \(.*: name an interface\)$/,
    );
  });
});
