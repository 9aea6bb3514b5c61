/**
 * A client, a router and a server: ping, traceroute and the path MTU over three network namespaces, as root
 * and as nobody, compared with ping(8) and tracepath(8).
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
  /** The results of our program for some commands, all of which it runs as that user. */
  const ours = async (user: string, host: string, ...commands: string[]) =>
    JSON.parse(await inClient(process.execPath, program, user, host, ...commands));
  const letPing = (range: string) => inClient('sysctl', '-w', `net.ipv4.ping_group_range=${range}`);

  /** What ping(8) prints for each reply. */
  const pings = (output: string) =>
    [...output.matchAll(/from (\S+): icmp_seq=(\d+) ttl=(\d+)/g)].map(([, from, sequence, ttl]) => ({
      from,
      sequence: Number(sequence),
      ttl: Number(ttl),
    }));

  /**
   * The hops that tracepath(8) prints. Only the last line of each counts, since the first may be the local
   * MTU.
   */
  const hops = (output: string) => {
    const lines = output.matchAll(/^ *(\d+): +([\da-f.:]+) +[\d.]+ms/gm);
    return [...new Map([...lines].map(([, hop, from]) => [hop, from])).values()];
  };

  for (const [version, near, far] of [
    ['IPv4', '10.99.1.2', '10.99.2.2'],
    ['IPv6', 'fd99:1::2', 'fd99:2::2'],
  ] as const) {
    const ping = ['ping', '-n', '-c', '3', '-i', '0.2', far];
    const tracepath = ['tracepath', '-n', far];
    const withoutData = (replies: { data: string }[]) => replies.map(({ data: _, ...rest }) => rest);

    /** The items of the error queue for a path of two hops. */
    const told = (() => {
      const is4 = version === 'IPv4';
      const common = { origin: is4 ? 'icmp' : 'icmp6', packet: 'probe' };
      const exceeded = { code: 'EHOSTUNREACH', type: is4 ? 11 : 3, subtype: 0 };
      const unreachable = { code: 'ECONNREFUSED', type: is4 ? 3 : 1, subtype: is4 ? 3 : 4 };
      return [
        { from: near, ...exceeded, port: 33435, ...common },
        { from: far, ...unreachable, port: 33436, ...common },
      ];
    })();

    test(`as root, ping and traceroute match ping(8) and tracepath(8): ${version}`, async () => {
      const [raw, udp, icmp] = await ours('root', far, 'ping-raw', 'traceroute', 'traceroute-icmp');
      const theirs = pings(await inClient(...ping));
      assert.equal(theirs.length, 3);
      assert.deepEqual(withoutData(raw), theirs);
      assert.ok(raw.every(({ data }: { data: string }) => data === 'berkeley'));
      assert.deepEqual(udp, told);
      const path = hops(await inClient(...tracepath));
      assert.deepEqual(path, [near, far]);
      assert.deepEqual(icmp, path);
      assert.deepEqual(
        udp.map(({ from }: { from: string }) => from),
        path,
      );
    });

    test(`as nobody, ping sockets without permission are an error with advice: ${version}`, async () => {
      await letPing('1 0');
      const [datagram, raw] = await ours('nobody', far, 'ping', 'ping-raw');
      assert.deepEqual([datagram.name, datagram.code], ['PermissionError', 'EACCES']);
      assert.match(datagram.message, /sysctl -w net\.ipv4\.ping_group_range/);
      assert.deepEqual([raw.name, raw.code], ['PermissionError', 'EPERM']);
      assert.match(raw.message, /need CAP_NET_RAW/);
    });

    test(`as nobody, ping, traceroute and the path MTU match ping(8) and tracepath(8): ${version}`, async t => {
      await letPing('0 2147483647');
      ip(['link', 'set', 'to2', 'mtu', '1300'], router);
      t.after(() => ip(['link', 'set', 'to2', 'mtu', '1500'], router));
      const [replies, path, mtu] = await ours('nobody', far, 'ping', 'traceroute', 'mtu');
      assert.deepEqual(withoutData(replies), pings(await asNobody(...ping)));
      assert.ok(replies.every(({ data }: { data: string }) => data === 'berkeley'));
      assert.deepEqual(path, told);
      assert.deepEqual(mtu, { code: 'EMSGSIZE', mtu: 1300, from: near });
      const theirs = await asNobody(...tracepath);
      assert.deepEqual(hops(theirs), [near, far]);
      assert.match(theirs, /pmtu 1300$/m);
    });
  }
});
