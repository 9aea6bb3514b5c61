import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needsNamespaces } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';
import { jsonLines, startCli } from './cli.js';

describe('monitor', { skip: needsNamespaces }, () => {
  test('prints links, addresses, routes and neighbours', async () => {
    const namespace = new Namespace();
    try {
      const running = startCli(['monitor'], { within: ['ip', 'netns', 'exec', namespace.name] });
      await untilReady(namespace, running.printed);
      const ends = ['cable', 'address', '02:00:00:00:00:01', 'type', 'veth', 'peer', 'name', 'other'];
      ip(['link', 'add', ...ends], namespace);
      for (const end of ['cable', 'other']) ip(['link', 'set', end, 'up'], namespace);
      ip(['address', 'add', '192.0.2.1/24', 'dev', 'cable'], namespace);
      ip(['route', 'add', '198.51.100.0/24', 'via', '192.0.2.9'], namespace);
      ip(['neighbour', 'add', '192.0.2.9', 'lladdr', '02:00:00:00:00:09', 'dev', 'cable'], namespace);
      ip(['link', 'delete', 'cable'], namespace);
      await running.printed('[link] deleted');
      running.child.kill('SIGINT');
      const { code, stdout } = await running.result;
      assert.equal(code, 0);
      assert.match(
        stdout,
        /^\[link\] \d+: cable@other: <.*\bUP\b.*> mtu 1500 .*address 02:00:00:00:00:01 kind veth$/m,
      );
      assert.match(stdout, /^\[address\] \d+: cable inet 192\.0\.2\.1\/24 scope global$/m);
      assert.match(stdout, /^\[route\] 198\.51\.100\.0\/24 via 192\.0\.2\.9 dev cable$/m);
      assert.match(stdout, /^\[neighbour\] 192\.0\.2\.9 dev cable lladdr 02:00:00:00:00:09 PERMANENT$/m);
    } finally {
      namespace.remove();
    }
  });

  test('JSON, and only the kinds that were asked for', async () => {
    const namespace = new Namespace();
    try {
      const running = startCli(['monitor', 'address', '--json'], {
        within: ['ip', 'netns', 'exec', namespace.name],
      });
      await untilReady(namespace, running.printed);
      running.child.kill('SIGINT');
      const { stdout } = await running.result;
      assert.ok(jsonLines(stdout).every(({ kind }) => kind === 'address'));
    } finally {
      namespace.remove();
    }
  });
});

/** The program prints nothing when it is ready, so an address is added and removed until it tells so. */
async function untilReady(namespace: Namespace, printed: (text: string) => Promise<void>): Promise<void> {
  const seen = printed('127.0.0.77');
  for (let ready = false; !ready; ) {
    ip(['address', 'add', '127.0.0.77/32', 'dev', 'lo'], namespace);
    ip(['address', 'delete', '127.0.0.77/32', 'dev', 'lo'], namespace);
    ready = await Promise.race([
      seen.then(() => true),
      new Promise<false>(resolve => setTimeout(resolve, 100, false)),
    ]);
  }
}
