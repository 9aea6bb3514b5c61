/** `berkeley dump` beside tcpdump. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { AF_INET, AF_INET6, SOCK_DGRAM, SOCK_STREAM, Socket } from 'berkeley';
import { Cable } from '../support/cable.js';
import { needsCommand, needsNamespaces } from '../support/kernel.js';
import { cli, type Running, start, startCli } from './cli.js';

const folder = mkdtempSync(join(tmpdir(), 'berkeley-dump-'));
after(() => rmSync(folder, { recursive: true }));

describe('dump of a network device', { skip: needsNamespaces || needsCommand('tcpdump', 'tcpdump') }, () => {
  let cable: Cable;
  before(() => {
    cable = new Cable(63);
  });
  after(() => cable[Symbol.dispose]());

  /** Sends one packet of each kind that the filters tell apart, and one that ends the captures. */
  async function traffic(): Promise<void> {
    using udp = new Socket(AF_INET, SOCK_DGRAM);
    using udp6 = new Socket(AF_INET6, SOCK_DGRAM);
    udp.bind({ host: cable.here, port: 5353 });
    await udp.sendto('a', { host: cable.there, port: 53 });
    await udp.sendto('b', { host: cable.there, port: 123 });
    await udp6.sendto('c', { host: cable.there6, port: 53 });
    await udp.sendto(Buffer.alloc(4000), { host: cable.there, port: 53 }); // in three fragments
    for (const host of [cable.there, cable.there6]) {
      using tcp = new Socket(host.includes(':') ? AF_INET6 : AF_INET, SOCK_STREAM);
      await assert.rejects(tcp.connect({ host, port: 80 } as never), { code: 'ECONNREFUSED' });
    }
    await start(['ping', '-c', '1', cable.there]).result.catch(() => {});
    await udp.sendto('the end', { host: cable.there, port: 9999 });
  }

  const filters = [
    'ip',
    'ip6',
    'arp',
    'tcp',
    'udp',
    'icmp',
    'icmp6',
    'udp port 53',
    'not udp port 53 and not tcp',
    'src port 5353 and not dst port 123',
    'tcp or (udp dst port 123)',
    'host HERE and icmp',
    'src host THERE',
    'dst host THERE6',
    'not ip and not arp',
    '! host HERE6 && !arp',
    'port 80 || port 123',
  ];

  test('the filters select what tcpdump selects, and tcpdump reads the file', {
    timeout: 120_000,
  }, async () => {
    const whole = join(folder, 'all.pcap');
    const dumps = filters.map((filter, n) => {
      const text = named(filter, cable);
      return startCli([
        'dump',
        cable.name,
        '-p',
        '-w',
        join(folder, `${n}.pcap`),
        `(${text}) or udp and dst port 9999`,
      ]);
    });
    const all = startCli(['dump', cable.name, '-p', '-w', whole]);
    await Promise.all([...dumps, all].map(captures));
    await traffic();
    await Promise.all([...filters.map((_, n) => join(folder, `${n}.pcap`)), whole].map(hasEnd));
    for (const { child } of [...dumps, all]) child.kill('SIGINT');
    for (const { code, stderr } of await Promise.all([...dumps, all].map(({ result }) => result))) {
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^\d+ packets captured, 0 dropped by the kernel$/m);
    }
    for (const [n, filter] of filters.entries()) {
      const expected = await tcpdump(whole, `(${named(filter, cable)}) or (udp and dst port 9999)`);
      const found = await tcpdump(join(folder, `${n}.pcap`), '');
      assert.ok(expected.length > 1, `${filter} selects nothing`);
      assert.deepEqual(found, expected, filter);
    }
  });

  test('prints packets', async () => {
    const dump = startCli(['dump', cable.name, '-p', '-c', '1', 'udp and dst port 4242']);
    await captures(dump);
    using udp = new Socket(AF_INET, SOCK_DGRAM);
    udp.bind({ host: cable.here, port: 4241 });
    await udp.sendto('hello', { host: cable.there, port: 4242 });
    const { stdout } = await dump.result;
    assert.match(
      stdout,
      new RegExp(
        `^\\d\\d:\\d\\d:\\d\\d\\.\\d{6} out IP ${cable.here}\\.4241 > ${cable.there}\\.4242: UDP, length 5\\n$`,
      ),
    );
  });

  test('an unknown device', async () => {
    const { code, stderr } = await cli(['dump', 'nothing0']);
    assert.equal(stderr, 'berkeley dump: if_nametoindex ENODEV nothing0\n');
    assert.equal(code, 1);
  });
});

/** The filter with the addresses of a cable. */
function named(filter: string, { here, there, here6, there6 }: Cable): string {
  const names: Readonly<Record<string, string>> = { HERE: here, THERE: there, HERE6: here6, THERE6: there6 };
  return filter.replace(/\bT?HERE6?\b/g, name => names[name]!);
}

const captures = (running: Running) => running.printed('listening on');

/** Waits until a file has the packet that ends the traffic. */
async function hasEnd(file: string): Promise<void> {
  for (const limit = Date.now() + 30_000; !readFileSync(file).includes('the end'); await delay(20))
    assert.ok(Date.now() < limit, `${file} has no end`);
}

/** What tcpdump prints of a file, without the times. */
async function tcpdump(file: string, filter: string): Promise<string[]> {
  const { stdout, stderr, code } = await start(['tcpdump', '-n', '-t', '-r', file, filter]).result;
  assert.equal(code, 0, stderr);
  return stdout.trim().split('\n');
}
