/**
 * A client, a router and a server: ping, traceroute and the path's MTU over three network namespaces, as root and as
 * nobody, beside ping(8) and tracepath(8).
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { needsCommand, needsNamespaces } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';
import { Child } from '../support/running.js';

const program = fileURLToPath(new URL('path-program.js', import.meta.url));

const skip =
  needsNamespaces || needsCommand('ping', 'iputils-ping') || needsCommand('tracepath', 'iputils-tracepath');

describe('over a router', { skip }, () => {
  let [client, router, server]: Namespace[] = [];

  before(async () => {
    [client, router, server] = [new Namespace(), new Namespace(), new Namespace()];
    const connect = (a: Namespace, b: Namespace, net: number): void => {
      ip(['link', 'add', `to${net}`, 'type', 'veth', 'peer', 'name', `from${net}`, 'netns', b.name], a);
      for (const [where, device, host] of [
        [a, `to${net}`, 1],
        [b, `from${net}`, 2],
      ] as const) {
        ip(['address', 'add', `10.99.${net}.${host}/24`, 'dev', device], where);
        ip(['address', 'add', `fd99:${net}::${host}/64`, 'dev', device, 'nodad'], where);
        ip(['link', 'set', device, 'up'], where);
      }
    };
    connect(client, router, 1);
    connect(router, server, 2);
    const forwarding = ['net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'];
    await new Child(...router.command('sysctl', '-w', ...forwarding)).ends();
    for (const [where, gateway] of [
      [client, ['10.99.1.2', 'fd99:1::2']],
      [server, ['10.99.2.1', 'fd99:2::1']],
    ] as const)
      for (const via of gateway) ip(['route', 'add', 'default', 'via', via], where);
  });
  after(() => {
    for (const namespace of [client, router, server]) namespace?.remove();
  });

  const inClient = (...command: string[]) => new Child(...client!.command(...command)).ends();
  const asNobody = (...command: string[]) =>
    inClient('setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all', ...command);
  const ours = async (...args: string[]) => JSON.parse(await inClient(process.execPath, program, ...args));
  const letPing = (range: string) => inClient('sysctl', '-w', `net.ipv4.ping_group_range=${range}`);

  for (const [version, near, far] of [
    ['IPv4', '10.99.1.2', '10.99.2.2'],
    ['IPv6', 'fd99:1::2', 'fd99:2::2'],
  ] as const) {
    /** What ping(8) says of each reply. */
    const theirPing = (output: string) =>
      [...output.matchAll(/from (\S+): icmp_seq=(\d+) ttl=(\d+)/g)].map(([, from, sequence, ttl]) => ({
        from,
        sequence: Number(sequence),
        ttl: Number(ttl),
      }));
    const withoutData = (replies: { data: string }[]) => replies.map(({ data: _, ...rest }) => rest);

    test(`ping as root, over a raw socket, is as ping(8) has it: ${version}`, async () => {
      const replies = await ours('root', 'ping-raw', far);
      const theirs = theirPing(await inClient('ping', '-n', '-c', '3', '-i', '0.2', far));
      assert.equal(theirs.length, 3);
      // A raw socket of IPv4 has the time to live in the header, and of IPv6 in a control message: ours asks for both.
      assert.deepEqual(withoutData(replies), theirs);
      assert.ok(replies.every(({ data }: { data: string }) => data === 'berkeley'));
    });

    test(`ping as nobody, over a ping socket, is as ping(8) has it: ${version}`, async () => {
      await letPing('1 0');
      const refused = await ours('nobody', 'ping', far);
      assert.deepEqual([refused.name, refused.code], ['PermissionError', 'EACCES']);
      assert.match(refused.message, /sysctl -w net\.ipv4\.ping_group_range/);
      const raw = await ours('nobody', 'ping-raw', far);
      assert.deepEqual([raw.name, raw.code], ['PermissionError', 'EPERM']);
      assert.match(raw.message, /needs CAP_NET_RAW/);
      await letPing('0 2147483647');
      const replies = await ours('nobody', 'ping', far);
      const theirs = theirPing(await asNobody('ping', '-n', '-c', '3', '-i', '0.2', far));
      assert.deepEqual(withoutData(replies), theirs);
      assert.ok(replies.every(({ data }: { data: string }) => data === 'berkeley'));
    });

    /** The hops of tracepath(8): the first line may say where the path begins. */
    const theirPath = (output: string) => [
      ...new Map(
        [...output.matchAll(/^ *(\d+): +([\da-f.:]+) +[\d.]+ms/gm)].map(([, hop, from]) => [hop, from]),
      ).values(),
    ];

    for (const user of ['root', 'nobody']) {
      test(`traceroute as ${user}, by UDP and the error queue, is as tracepath(8) has it: ${version}`, async () => {
        const path = await ours(user, 'traceroute', far);
        const [exceeded, unreachable] = version === 'IPv4' ? [11, [3, 3]] : [3, [1, 4]];
        const origin = version === 'IPv4' ? 'icmp' : 'icmp6';
        assert.deepEqual(path, [
          {
            from: near,
            code: 'EHOSTUNREACH',
            type: exceeded,
            subtype: 0,
            origin,
            port: 33435,
            packet: 'probe',
          },
          {
            from: far,
            code: 'ECONNREFUSED',
            type: unreachable[0],
            subtype: unreachable[1],
            origin,
            port: 33436,
            packet: 'probe',
          },
        ]);
        const theirs = theirPath(await (user === 'root' ? inClient : asNobody)('tracepath', '-n', far));
        assert.deepEqual(
          path.map(({ from }: { from: string }) => from),
          theirs,
        );
      });
    }

    test(`traceroute as root, by ICMP and a raw socket, is as tracepath(8) has it: ${version}`, async () => {
      assert.deepEqual(
        await ours('root', 'traceroute-icmp', far),
        theirPath(await inClient('tracepath', '-n', far)),
      );
    });

    test(`the MTU of the path is what the router says, and tracepath(8): ${version}`, async t => {
      ip(['link', 'set', 'to2', 'mtu', '1300'], router);
      t.after(() => ip(['link', 'set', 'to2', 'mtu', '1500'], router));
      assert.deepEqual(await ours('nobody', 'mtu', far), { code: 'EMSGSIZE', mtu: 1300, from: near });
      assert.match(await asNobody('tracepath', '-n', far), /pmtu 1300$/m);
    });
  }
});
