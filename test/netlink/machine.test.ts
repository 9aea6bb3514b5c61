/**
 * What netlink reports of the machine: sockets as ss lists them, generic netlink families, and devices that
 * are added and removed.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import {
  AF_INET,
  AF_INET6,
  AF_UNIX,
  createConnection,
  createServer,
  hasIpv6,
  IPPROTO_MPTCP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  isTimeout,
  NETLINK_GENERIC,
  SHUT_WR,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  Socket,
  socketpair,
} from 'berkeley';
import { TCP_CLOSE, TCP_ESTABLISHED, TCP_LISTEN } from 'berkeley/constants';
import * as c from 'berkeley/netlink';
import {
  listSockets,
  listSocketsSync,
  NetlinkConnection,
  type SocketEntry,
  type UnixSocketEntry,
} from 'berkeley/netlink';
import { so, tcp } from 'berkeley/options';
import { hasSocket, inGuest, needsCommand, needsNamespaces, needsRoot } from '../support/kernel.js';

describe('sockets', { skip: needsCommand('ss', 'iproute2') }, () => {
  /** The lines of ss about an address, as comparable text. */
  const theirs = (kind: string, { host, port }: { host: string; port: number }) =>
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
      // Another program can use the number with another address.
      .filter(line => line.split(' ').includes(text({ host, port })))
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
  const isAt = (address: { host: string; port: number }, at: { host: string; port: number }) =>
    address.host === at.host && address.port === at.port;
  const ours = (entries: readonly SocketEntry[], at: { host: string; port: number }) =>
    entries
      .filter(({ local, remote }) => isAt(local, at) || isAt(remote, at))
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
      // Until the acknowledgement has come, the send queue is not empty.
      while (client.getOption(tcp.info).unacked > 0) await new Promise(setImmediate);
      // An ended connection of another program can have had the port of the server as its own.
      const isMine = (line: string) =>
        line.includes(` ${text(client.getsockname())} `) || line.startsWith('LISTEN ');
      const wanted = ours(await listSockets(), { host, port }).filter(isMine);
      assert.equal(wanted.length, 3);
      assert.deepEqual(wanted, theirs('-t', { host, port }).filter(isMine));
      assert.deepEqual(ours(listSocketsSync(), { host, port }).filter(isMine), wanted);
      const all = await listSockets({ protocol: IPPROTO_TCP, states: 1 << TCP_LISTEN });
      const listening = all.find(({ local }) => isAt(local, { host, port }))!;
      assert.deepEqual([listening.state, listening.sendQueue], [TCP_LISTEN, 7]);
      assert.ok(all.every(({ state }) => state === TCP_LISTEN));
      const entries = await listSockets({ family: family === AF_INET ? 'inet' : 'inet6' });
      const entry = entries.find(
        each => isAt(each.local, client.getsockname()) && isAt(each.remote, client.getpeername()),
      )!;
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
    const at = { host: '127.0.0.1', port };
    assert.deepEqual(ours(entries, at), theirs('-u', at));
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
    const entry = entries.find(
      ({ local, remote }) => local.port === port && remote.port === client.getpeername().port,
    );
    assert.deepEqual([entry?.state, entry?.remote], [TCP_ESTABLISHED, client.getpeername()]);
  });

  for (const form of ['promises', 'Sync'] as const) {
    test(`with their owners, as ss -p lists them: ${form}`, async () => {
      const server = createServer({ host: '127.0.0.1', port: 0 });
      const { port } = server.getsockname();
      const twin = server.dup();
      const list = async () =>
        form === 'Sync' ? listSocketsSync({ owners: true }) : listSockets({ owners: true });
      const find = async () => (await list()).find(({ local }) => isAt(local, { host: '127.0.0.1', port }));
      const entry = (await find())!;
      const command = readFileSync('/proc/self/comm', 'utf8').trim();
      const own = { pid: process.pid, command };
      const byFd = (a: { fd: number }, b: { fd: number }) => a.fd - b.fd;
      assert.deepEqual(
        [...entry.owners!].sort(byFd),
        [
          { ...own, fd: server.fd },
          { ...own, fd: twin.fd },
        ].sort(byFd),
      );
      const shown = execFileSync('ss', ['-t', '-l', '-n', '-p', '-H', `( sport = :${port} )`], {
        encoding: 'utf8',
      });
      const users = [...shown.matchAll(/\("([^"]*)",pid=(\d+),fd=(\d+)\)/g)];
      assert.deepEqual(
        users.map(([, name, pid, fd]) => ({ pid: Number(pid), command: name, fd: Number(fd) })).sort(byFd),
        [...entry.owners!].sort(byFd),
      );
      assert.equal(
        (await listSockets()).find(({ local }) => isAt(local, { host: '127.0.0.1', port }))!.owners,
        undefined,
      );
      server.close();
      assert.equal((await find())!.owners!.length, 1);
      twin.close();
    });
  }

  test('a socket that no process has open has no owners', async () => {
    using server = createServer({ host: '127.0.0.1', port: 0 });
    const { port } = server.getsockname();
    const client = await createConnection({ host: '127.0.0.1', port });
    const peer = (await server.accept()).socket;
    client.close(); // it closes first, so that this end of the connection stays in TIME_WAIT
    peer.close();
    const left = async () =>
      (await listSockets({ owners: true })).filter(
        ({ local, remote }) =>
          isAt(remote, { host: '127.0.0.1', port }) || isAt(local, { host: '127.0.0.1', port }),
      );
    const rest = (await left()).filter(({ state }) => state !== TCP_LISTEN);
    assert.ok(rest.length > 0);
    for (const { inode, owners } of rest) assert.deepEqual([inode, owners], [0, []]);
  });

  describe('of AF_UNIX', () => {
    /** The lines of ss, as comparable objects, by inode. */
    const shown = () =>
      new Map(
        execFileSync('ss', ['-x', '-a', '-n', '-H', '-p', '-e'], { encoding: 'utf8', maxBuffer: 1 << 28 })
          .trim()
          .split('\n')
          .map(line => {
            const [netid, state, received, sent, local, inode, , peer] = line.trim().split(/\s+/);
            const users = [...line.matchAll(/pid=(\d+),fd=(\d+)/g)]
              .map(([, pid, fd]) => `${pid}:${fd}`)
              .sort();
            return [Number(inode), { netid, state, received, sent, local, peer, users }] as const;
          }),
      );
    const kinds = new Map<number, string>([
      [SOCK_STREAM, 'u_str'],
      [SOCK_DGRAM, 'u_dgr'],
      [SOCK_SEQPACKET, 'u_seq'],
    ]);
    /** Names as ss prints them: NULs as @. */
    const nameOf = ({ local }: UnixSocketEntry): string => {
      if ('path' in local) return String(local.path);
      if ('abstract' in local)
        return `@${Buffer.from(local.abstract).toString('latin1').replaceAll('\0', '@')}`;
      return '*';
    };
    const asShown = (entry: UnixSocketEntry) => ({
      netid: kinds.get(entry.type),
      state: states.get(entry.state),
      received: `${entry.receiveQueue}`,
      sent: `${entry.sendQueue}`,
      local: nameOf(entry),
      peer: `${entry.peerInode ?? 0}`,
      users: entry.owners!.map(({ pid, fd }) => `${pid}:${fd}`).sort(),
    });
    /** The sockets of a test: every type, name and state, with data in transit. */
    async function sockets(folder: string) {
      const path = `${folder}/listening`;
      const server = createServer({ path }, { backlog: 5 });
      const client = new Socket(AF_UNIX);
      await client.connect({ path });
      const waiting = new Socket(AF_UNIX);
      await waiting.connect({ path });
      const { socket: peer } = await server.accept();
      await client.sendAll('unread');
      const abstract = new Socket(AF_UNIX, SOCK_DGRAM);
      abstract.bind({ abstract: `berkeley\0test-${process.pid}` });
      const [left, right] = socketpair(AF_UNIX, SOCK_SEQPACKET);
      const plain = new Socket(AF_UNIX, SOCK_DGRAM);
      return [server, client, waiting, peer, abstract, left, right, plain];
    }

    for (const form of ['promises', 'Sync'] as const) {
      test(`as ss -xap lists them: ${form}`, async t => {
        const folder = mkdtempSync(`${tmpdir()}/berkeley-`);
        const all = await sockets(folder);
        try {
          const options = { family: 'unix', owners: true } as const;
          const list = async (): Promise<UnixSocketEntry[]> =>
            form === 'Sync' ? listSocketsSync(options) : listSockets(options);
          const listed = await list().catch((error: Error) => error);
          if (listed instanceof Error) {
            assert.equal((listed as { code?: string }).code, 'ENOENT');
            assert.equal(inGuest, false);
            return t.skip('this kernel does not list them: modprobe unix_diag, npm run test:vm');
          }
          const lines = shown();
          const inodes = all.map(({ fd }) => Number(/\d+/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[0]));
          for (const [i, inode] of inodes.entries()) {
            const entry: UnixSocketEntry | undefined = listed.find(each => each.inode === inode);
            assert.ok(entry, `socket ${i}`);
            assert.deepEqual(asShown(entry), lines.get(inode), `socket ${i}`);
            assert.deepEqual([entry.family, entry.uid], ['unix', process.getuid!()]);
            assert.equal(entry.cookie, all[i]!.getOption(so.cookie));
            assert.deepEqual(entry.local, all[i]!.getsockname());
          }
          const [server, client, , peer] = inodes.map(inode => listed.find(each => each.inode === inode)!);
          assert.deepEqual([server!.state, server!.receiveQueue, server!.sendQueue], [TCP_LISTEN, 1, 5]);
          assert.deepEqual([client!.peerInode, peer!.peerInode], [peer!.inode, client!.inode]);
          assert.equal(peer!.receiveQueue, 6);
          all[1]!.shutdown(SHUT_WR);
          const listening = await listSockets({ family: 'unix', states: 1 << TCP_LISTEN });
          assert.ok(listening.some(({ inode }) => inode === server!.inode));
          assert.ok(listening.every(({ state }) => state === TCP_LISTEN));
          const again = listSocketsSync({ family: 'unix' }).find(({ inode }) => inode === client!.inode)!;
          assert.deepEqual([again.shutdown, again.owners], [2, undefined]);
        } finally {
          for (const socket of all) socket.close();
          rmSync(folder, { recursive: true });
        }
      });
    }

    test('replies of any length are parsed', () => {
      assert.equal(c.parseUnixSocketEntry(Buffer.alloc(15, 1)), undefined);
      const message = Buffer.alloc(16);
      assert.equal(c.parseUnixSocketEntry(message), undefined); // of another family
      message.set([AF_UNIX as number, SOCK_STREAM, TCP_CLOSE]);
      const entry = c.parseUnixSocketEntry(message)!;
      assert.deepEqual(entry.local, { family: 'unix', unnamed: true });
      assert.deepEqual(
        [entry.peerInode, entry.receiveQueue, entry.uid, entry.shutdown],
        [undefined, 0, undefined, undefined],
      );
      const short = c.packNetlinkAttributes([
        [c.UNIX_DIAG_RQLEN, Buffer.alloc(3)],
        [c.UNIX_DIAG_PEER, Buffer.alloc(0)],
        [c.UNIX_DIAG_NAME, Buffer.alloc(200, 65)],
      ]);
      const odd = c.parseUnixSocketEntry(Buffer.concat([message, short]))!;
      assert.deepEqual(
        [odd.receiveQueue, odd.peerInode, odd.local],
        [0, undefined, { family: 'unix', unnamed: true }],
      );
      assert.throws(() => c.parseUnixSocketEntry('x' as never), { code: 'ERR_INVALID_ARG_TYPE' });
    });
  });

  test('a limit and a signal also hold for the owners', async () => {
    await assert.rejects(listSockets({ owners: true, signal: AbortSignal.abort(new Error('enough')) }), {
      message: 'enough',
    });
    const late = await listSockets({ owners: true, timeout: 0.001 }).catch(error => error);
    assert.ok(Array.isArray(late) || isTimeout(late), `${late}`);
    assert.throws(() => listSocketsSync({ owners: 1 as never }), { message: /options\.owners/ });
    assert.throws(() => listSocketsSync({ family: 'unix', protocol: IPPROTO_TCP } as never), {
      message: /options\.protocol/,
    });
  });

  test('invalid filters are rejected before a request is sent', async () => {
    const cannotList = { code: 'ENOENT', hint: 'the kernel cannot list the sockets of protocol 47' };
    await assert.rejects(listSockets({ protocol: 47 }), cannotList); // no kernel lists those of GRE
    assert.throws(() => listSocketsSync({ protocol: 47 }), cannotList);
    await assert.rejects(listSockets({ protocol: -1 }), { code: 'ERR_OUT_OF_RANGE' });
    await assert.rejects(listSockets({ family: 'can' as 'inet' }), { code: 'ERR_INVALID_ARG_VALUE' });
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
    await assert.rejects(c.resolveGenericFamily(generic, 'nosuchfamily'), {
      code: 'ENOENT',
      hint: /^the kernel has no generic netlink family 'nosuchfamily'/,
    });
    assert.throws(() => c.resolveGenericFamilySync(generic, 'nosuchfamily'), {
      hint: /^the kernel has no generic netlink family 'nosuchfamily'/,
    });
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
