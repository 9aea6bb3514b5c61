/** Errors that a router or this machine reports: the reporting host, the reason, and the datagram. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Machines, type Port, withoutNamespaces } from './namespaces.js';

const FAR = '203.0.113.1';
/** An MTU too small for the last of the datagrams. */
const NARROW = 1300;

test('the error queue reports errors on the path', { skip: withoutNamespaces() }, () => {
  using machines = new Machines(2);
  const run = (machine: 0 | 1, ...command: string[]) => {
    const [program, ...args] = machines.on(machine, ...command);
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  };
  const [router, out] = machines.ports(1) as [Port, Port];
  run(0, 'ip', 'route', 'add', FAR, 'via', router.inet);
  run(1, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
  run(1, 'ip', 'link', 'set', out.interface, 'mtu', `${NARROW}`);
  run(1, 'ip', 'route', 'add', FAR, 'dev', out.interface);

  const output = run(0, process.execPath, fileURLToPath(new URL('on-the-way.js', import.meta.url)), FAR);
  const [expired, tooLong, narrow] = output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  const destination = { family: 'inet', host: FAR, port: 33434 };
  const offender = { family: 'inet', host: router.inet, port: 0 };
  const { told: _, ...died } = expired;
  assert.deepEqual(died, {
    code: 'EHOSTUNREACH',
    origin: 'icmp',
    type: 11,
    subtype: 0,
    info: 0,
    offender,
    destination,
    packet: 10,
  });
  // Detected on this machine: the call itself fails, and the queue has the permitted size.
  assert.equal(tooLong.told, 'EMSGSIZE');
  assert.deepEqual([tooLong.code, tooLong.origin, tooLong.info], ['EMSGSIZE', 'local', 1500]);
  assert.deepEqual(
    tooLong.destination,
    { ...destination, port: 0 },
    'the port is known of connected sockets alone',
  );
  // Detected by the router: the queue reports it later.
  assert.equal(narrow.told, 1400);
  assert.deepEqual(
    [narrow.code, narrow.origin, narrow.type, narrow.subtype, narrow.info],
    ['EMSGSIZE', 'icmp', 3, 4, NARROW],
  );
  assert.deepEqual([narrow.offender, narrow.destination], [offender, destination]);
});
