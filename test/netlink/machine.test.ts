/**
 * What netlink reports of the machine: sockets as ss lists them, generic netlink families, and devices that
 * are added and removed.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  createConnection,
  createServer,
  hasIpv6,
  IPPROTO_MPTCP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  NETLINK_GENERIC,
  SOCK_DGRAM,
  SOCK_STREAM,
  Socket,
} from 'berkeley';
import { TCP_CLOSE, TCP_ESTABLISHED, TCP_LISTEN } from 'berkeley/constants';
import * as c from 'berkeley/netlink';
import { listSockets, listSocketsSync, NetlinkConnection, type SocketEntry } from 'berkeley/netlink';
import { so, tcp } from 'berkeley/options';
import { hasSocket, inGuest, needsCommand, needsNamespaces, needsRoot } from '../support/kernel.js';

describe('sockets', { skip: needsCommand('ss', 'iproute2') }, () => {
  /** The lines of ss about a port, as comparable objects. */
  const theirs = (kind: string, port: number) =>
    execFileSync('ss', [kind, '-a', '-n', '-H', '-e', `( sport = :${port} or dport = :${port} )`], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n')
      .map(line => {
        const [state, received, sent, local, remote] = line.trim().split(/\s+/);
        const number = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(line)?.[1] ?? 0);
        return [state, Number(received), Number(sent), local, remote, number('ino'), number('uid')].join(' ');
      })
      .sort();
  const text = ({ host, port }: { host: string; port: number }) => {
    const shown = host.includes(':') ? `[${host}]` : host;
    return `${shown}:${port === 0 ? '*' : port}`;
  };
  const states = new Map([
    [TCP_ESTABLISHED, 'ESTAB'],
    [TCP_LISTEN, 'LISTEN'],
    [TCP_CLOSE, 'UNCONN'],
  ]);
  const ours = (entries: readonly SocketEntry[], port: number) =>
    entries
      .filter(({ local, remote }) => local.port === port || remote.port === port)
      .map(({ state, receiveQueue, sendQueue, local, remote, inode, uid }) =>
        [states.get(state), receiveQueue, sendQueue, text(local), text(remote), inode, uid].join(' '),
      )
      .sort();

  for (const [family, host, skip] of [
    [AF_INET, '127.0.0.1', false],
    [AF_INET6, '::1', !hasIpv6() && 'this machine has no IPv6: modprobe ipv6'],
  ] as const) {
    test(`of TCP: a server, and both ends of a connection with data in transit: ${host}`, {
      skip,
    }, async () => {
      using server = createServer({ host, port: 0 }, { family: family as typeof AF_INET, backlog: 7 });
      const { port } = server.getsockname();
      using client = await createConnection({ host, port });
      using peer = (await server.accept()).socket;
      await client.sendAll('unread');
      const wanted = ours(await listSockets(), port);
      assert.equal(wanted.length, 3);
      assert.deepEqual(wanted, theirs('-t', port));
      assert.deepEqual(ours(listSocketsSync(), port), wanted);
      const all = await listSockets({ protocol: IPPROTO_TCP, states: 1 << TCP_LISTEN });
      const listening = all.find(({ local }) => local.port === port)!;
      assert.deepEqual([listening.state, listening.sendQueue], [TCP_LISTEN, 7]);
      assert.ok(all.every(({ state }) => state === TCP_LISTEN));
      const entries = await listSockets({ family: family === AF_INET ? 'inet' : 'inet6' });
      const entry = entries.find(each => each.local.port === client.getsockname().port)!;
      assert.deepEqual(entry.local, client.getsockname());
      assert.deepEqual(entry.remote, client.getpeername());
      assert.equal(entry.cookie, client.getOption(so.cookie));
      assert.equal(entry.congestion, client.getOption(tcp.congestion));
      assert.equal(peer.getOption(tcp.congestion), entry.congestion);
    });
  }

  test('of UDP', async t => {
    using socket = new Socket(AF_INET, SOCK_DGRAM);
    socket.bind({ host: '127.0.0.1', port: 0 });
    const { port } = socket.getsockname();
    const entries = await listSockets({ protocol: IPPROTO_UDP }).catch(
      error => error as Error & { code: string },
    );
    if ('code' in entries) {
      assert.equal(entries.code, 'ENOENT');
      assert.equal(inGuest, false);
      return t.skip('this kernel does not list them: modprobe udp_diag, npm run test:vm');
    }
    assert.deepEqual(ours(entries, port), theirs('-u', port));
  });

  const hasMultipath = inGuest || hasSocket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
  test('of Multipath TCP, whose protocol number needs more than a byte', {
    skip: !hasMultipath && 'needs MPTCP',
  }, async t => {
    using server = new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
    server.bind({ host: '127.0.0.1', port: 0 });
    server.listen();
    using client = new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
    await client.connect(server.getsockname());
    const { port } = client.getsockname();
    const entries = await listSockets({ protocol: IPPROTO_MPTCP }).catch(
      error => error as Error & { code: string },
    );
    if ('code' in entries) {
      assert.equal(entries.code, 'ENOENT');
      assert.equal(inGuest, false);
      return t.skip('this kernel does not list them: modprobe mptcp_diag, npm run test:vm');
    }
    const entry = entries.find(({ local }) => local.port === port);
    assert.deepEqual([entry?.state, entry?.remote], [TCP_ESTABLISHED, client.getpeername()]);
  });

  test('invalid filters are rejected before a request is sent', async () => {
    await assert.rejects(listSockets({ protocol: -1 }), { code: 'ERR_OUT_OF_RANGE' });
    await assert.rejects(listSockets({ family: 'unix' as 'inet' }), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => listSocketsSync({ states: 2 ** 32 }), { code: 'ERR_OUT_OF_RANGE' });
    assert.throws(() => listSocketsSync(3 as never), { code: 'ERR_INVALID_ARG_TYPE' });
  });
});

const withoutGenl = needsCommand('genl', 'iproute2');

describe('generic netlink families', { skip: withoutGenl }, () => {
  /** Name, id, version, header size, commands and groups of every family that genl(8) prints. */
  const theirs = () =>
    spawnSync('genl', ['ctrl', 'list'], { encoding: 'utf8', env: { PATH: '/usr/sbin:/sbin:/usr/bin:/bin' } })
      .stdout.split(/^Name: /m)
      .slice(1)
      .map(part => {
        const [, id, version, head] = /ID: (\w+) {2}Version: (\w+) {2}header size: (\d+)/.exec(part)!;
        const commands = part.split('multicast groups')[0]!.matchAll(/#\d+: {2}ID-(\w+)/g);
        const groups = (part.split('multicast groups')[1] ?? '').matchAll(/ID-(\w+) +name: (\S+)/g);
        return {
          name: part.split('\n')[0]!.trim(),
          id: Number(id),
          version: Number(version),
          headerSize: Number(head),
          commands: [...commands].map(([, number]) => Number(number)),
          groups: [...groups].map(([, number, name]) => [name, Number(number)]),
        };
      });

  test('are as genl lists them', async () => {
    const families = await c.listGenericFamilies();
    const ours = families.map(({ name, id, version, headerSize, operations, groups }) => ({
      name,
      id,
      version,
      headerSize,
      commands: operations.map(({ command }) => command),
      groups: [...groups],
    }));
    assert.deepEqual(ours, theirs());
    assert.ok(ours.length > 3);
  });

  test('are found by name, in both faces', async () => {
    using generic = new NetlinkConnection(NETLINK_GENERIC);
    const control = await c.resolveGenericFamily(generic, 'nlctrl');
    assert.deepEqual([control.name, control.id], ['nlctrl', c.GENL_ID_CTRL]);
    assert.ok(control.groups.has('notify'));
    assert.ok(control.operations.some(({ command, flags }) => command === 3 && flags & c.GENL_CMD_CAP_DUMP));
    assert.deepEqual(c.resolveGenericFamilySync(generic, 'nlctrl'), control);
    await assert.rejects(c.resolveGenericFamily(generic, 'nosuchfamily'), { code: 'ENOENT' });
    await assert.rejects(c.resolveGenericFamily(generic, 'a name too long'.repeat(2)), {
      code: 'ERR_INVALID_ARG_VALUE',
    });
    await assert.rejects(c.resolveGenericFamily(generic, 5 as never), { code: 'ERR_INVALID_ARG_TYPE' });
  });
});

describe('devices', () => {
  test('are reported when they change, as the kernel’s own /sys triggers it', {
    skip: needsRoot,
  }, async () => {
    await using devices = c.watchDevices({ timeout: 20_000 });
    writeFileSync('/sys/class/net/lo/uevent', 'change');
    for await (const news of devices) {
      if (news.kind !== 'device' || news.device.path !== '/devices/virtual/net/lo') continue;
      const { action, subsystem, properties } = news.device;
      assert.deepEqual([action, subsystem], ['change', 'net']);
      assert.deepEqual([properties.get('INTERFACE'), properties.get('ACTION')], ['lo', 'change']);
      assert.match(properties.get('SEQNUM') ?? '', /^\d+$/);
      break;
    }
  });

  test('are reported when they are added and removed', { skip: needsNamespaces }, async () => {
    const name = `bkd${process.pid % 100000}`;
    await using devices = c.watchDevices({ timeout: 20_000 });
    execFileSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`]);
    execFileSync('ip', ['link', 'del', name]);
    const seen: string[] = [];
    for await (const news of devices) {
      if (news.kind !== 'device' || news.device.properties.get('INTERFACE') !== name) continue;
      if (!['add', 'remove'].includes(news.device.action)) continue;
      seen.push(news.device.action);
      if (seen.length === 2) break;
    }
    assert.deepEqual(seen, ['add', 'remove']);
  });

  test('are parsed completely, and other messages are refused', () => {
    const read = (text: string) => c.parseDeviceEvent(Buffer.from(text));
    const event = read('add@/devices/x\0ACTION=add\0A=b=c\0SEQNUM=7\0')!;
    assert.deepEqual([event.action, event.path, event.subsystem], ['add', '/devices/x', undefined]);
    assert.deepEqual([...event.properties.keys()], ['ACTION', 'A', 'SEQNUM']);
    assert.equal(event.properties.get('A'), 'b=c');
    for (const text of ['', 'libudev\0\xfe\xed', '@/devices/x', 'add'])
      assert.equal(read(text), undefined, text);
  });

  test('are reported until return(), which closes the socket and ends waiting calls', async () => {
    const devices = c.watchDevices();
    const pending = devices.next();
    await devices.return();
    assert.deepEqual(await pending, { done: true, value: undefined });
    assert.deepEqual(await devices.next(), { done: true, value: undefined });
  });
});
