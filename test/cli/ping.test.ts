import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needsCommand, needsNamespaces } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';
import { cli, jsonLines, start, startCli } from './cli.js';

/** Three machines in a row: the middle one routes. */
class Row {
  readonly near = new Namespace();
  readonly middle = new Namespace();
  readonly far = new Namespace();

  constructor() {
    link(
      this.near,
      this.middle,
      'left',
      ['192.0.2.1/30', '2001:db8:1::1/64'],
      ['192.0.2.2/30', '2001:db8:1::2/64'],
    );
    link(
      this.middle,
      this.far,
      'right',
      ['192.0.2.5/30', '2001:db8:2::1/64'],
      ['192.0.2.6/30', '2001:db8:2::2/64'],
    );
    const [program, args] = this.middle.command(
      'sysctl',
      '-qw',
      'net.ipv4.ip_forward=1',
      'net.ipv6.conf.all.forwarding=1',
    );
    this.forwards = start([program, ...args]).result;
    for (const [where, via, via6] of [
      [this.near, '192.0.2.2', '2001:db8:1::2'],
      [this.far, '192.0.2.5', '2001:db8:2::1'],
    ] as const) {
      ip(['route', 'add', 'default', 'via', via], where);
      ip(['-6', 'route', 'add', 'default', 'via', via6], where);
    }
  }

  readonly forwards: Promise<unknown>;

  within(where: Namespace): string[] {
    return ['ip', 'netns', 'exec', where.name];
  }

  remove(): void {
    for (const namespace of [this.near, this.middle, this.far]) namespace.remove();
  }
}

function link(here: Namespace, there: Namespace, name: string, own: string[], other: string[]): void {
  ip(['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-peer`, 'netns', there.name], here);
  for (const [where, device, addresses] of [
    [here, name, own],
    [there, `${name}-peer`, other],
  ] as const) {
    for (const address of addresses)
      ip(['address', 'add', address, 'dev', device, ...(address.includes(':') ? ['nodad'] : [])], where);
    ip(['link', 'set', device, 'up'], where);
  }
}

describe('ping and trace', { skip: needsNamespaces }, () => {
  let row: Row;
  before(async () => {
    row = new Row();
    await row.forwards;
  });
  after(() => row.remove());
  const here = (args: readonly string[]) => cli(args, { within: row.within(row.near) });

  for (const host of ['192.0.2.6', '2001:db8:2::2']) {
    test(`ping ${host}: every request is answered through the router`, async () => {
      const { code, stdout, stderr } = await here([
        'ping',
        '-c',
        '3',
        '-i',
        '0.05',
        '-s',
        '100',
        '--json',
        host,
      ]);
      assert.equal(code, 0, stderr);
      const lines = jsonLines(stdout);
      assert.deepEqual(
        lines
          .slice(0, 3)
          .map(({ kind, sequence, from, hops, bytes }) => ({ kind, sequence, from, hops, bytes })),
        [1, 2, 3].map(sequence => ({ kind: 'reply', sequence, from: host, hops: 63, bytes: 108 })),
      );
      const { transmitted, received, loss } = lines[3]!;
      assert.deepEqual({ transmitted, received, loss }, { transmitted: 3, received: 3, loss: 0 });
    });

    test(`ping ${host} with a TTL of 1: the router answers`, async () => {
      const { code, stdout } = await here(['ping', '-c', '1', '-t', '1', '-W', '5', host]);
      assert.equal(code, 1);
      const router = host.includes(':') ? '2001:db8:1::2' : '192.0.2.2';
      assert.match(stdout, new RegExp(`From ${router} icmp_seq=1 (Time to live|Hop limit) exceeded`));
      assert.match(stdout, /1 packets transmitted, 0 received, \+1 errors, 100% packet loss/);
    });

    test(`trace ${host}: the hops are the router and the host`, async () => {
      const { code, stdout, stderr } = await here(['trace', '--json', '-w', '5', host]);
      assert.equal(code, 0, stderr);
      const hops = jsonLines(stdout) as unknown as {
        hops: number;
        reached: boolean;
        probes: { from: string }[];
      }[];
      const router = host.includes(':') ? '2001:db8:1::2' : '192.0.2.2';
      assert.deepEqual(
        hops.map(({ hops: n, reached, probes }) => [n, reached, ...probes.map(({ from }) => from)]),
        [
          [1, false, router, router, router],
          [2, true, host, host, host],
        ],
      );
    });
  }

  test('prints the replies and counts of iputils', {
    skip: needsCommand('ping', 'iputils-ping'),
  }, async () => {
    const args = ['ping', '-c', '3', '-i', '0.2', '-s', '100', '192.0.2.6'];
    const [ours, theirs] = await Promise.all([
      here(args),
      start(args, { within: row.within(row.near) }).result,
    ]);
    assert.equal(theirs.code, 0, theirs.stderr);
    const replies = (text: string) => text.match(/^\d+ bytes from .*(?= time=)/gm);
    assert.equal(replies(theirs.stdout)?.length, 3, theirs.stdout);
    assert.deepEqual(replies(ours.stdout), replies(theirs.stdout));
    const counts = (text: string) =>
      /^\d+ packets transmitted, \d+ received, .*% packet loss/m.exec(text)?.[0];
    assert.equal(counts(ours.stdout), counts(theirs.stdout));
    assert.match(ours.stdout, /^rtt min\/avg\/max\/mdev = [\d.]+\/[\d.]+\/[\d.]+\/[\d.]+ ms$/m);
  });

  test('trace finds the routers that tracepath of iputils finds', {
    skip: needsCommand('tracepath', 'iputils-tracepath'),
  }, async () => {
    const host = '192.0.2.6';
    const theirs = await start(['tracepath', '-n', host], { within: row.within(row.near) }).result;
    assert.equal(theirs.code, 0, theirs.stderr);
    const found = [...theirs.stdout.matchAll(/^ *(\d+): +([\d.]+) .*ms/gm)].map(
      ([, n, from]) => `${n} ${from}`,
    );
    assert.ok(found.includes(`2 ${host}`), theirs.stdout);
    const { stdout } = await here(['trace', '--json', '-Q', '1', '-w', '5', host]);
    const hops = jsonLines(stdout) as unknown as { hops: number; probes: { from: string }[] }[];
    assert.deepEqual(
      hops.map(({ hops: n, probes }) => `${n} ${probes[0]?.from}`),
      [...new Set(found)],
    );
  });

  test('no answer is exit code 1', async () => {
    ip(['route', 'add', 'blackhole', '203.0.113.0/24'], row.middle);
    const { code, stdout } = await here(['ping', '-c', '1', '-W', '0.3', '203.0.113.1']);
    assert.equal(code, 1);
    assert.match(stdout, /100% packet loss/);
  });

  test('Ctrl-C prints the summary', async () => {
    const running = startCli(['ping', '-i', '0.05', '192.0.2.6'], { within: row.within(row.near) });
    await running.printed('icmp_seq=2');
    running.child.kill('SIGINT');
    const { code, stdout } = await running.result;
    assert.match(stdout, /ping statistics ---\n\d+ packets transmitted/);
    assert.equal(code, 0);
  });

  test('trace tells where the route ends', async () => {
    ip(['route', 'add', 'unreachable', '198.18.0.0/24'], row.middle);
    const { code, stdout } = await here(['trace', '-n', '-Q', '1', '198.18.0.1']);
    assert.equal(code, 1);
    assert.match(stdout, /^ 1 {2}192\.0\.2\.2 {2}[\d.]+ ms \(Destination Host Unreachable\)$/m);
  });
});
