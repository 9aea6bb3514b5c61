/** AF_NETLINK, against the kernel and iproute2. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { AF_NETLINK, NETLINK_ROUTE, RTM_NEWLINK, SOCK_RAW, Socket } from 'berkeley';
import {
  IFF_UP,
  listAddresses,
  listLinks,
  listRoutes,
  NetlinkConnection,
  packNetlinkAttributes,
  packNetlinkMessage,
  parseNetlinkAttributes,
  parseNetlinkMessages,
  watchRoutes,
} from 'berkeley/netlink';

const isRoot = process.getuid?.() === 0;
const hasIp = spawnSync('ip', ['-Version']).status === 0;
const needsIp = hasIp ? false : 'needs ip: apt-get install iproute2';
const needsRoot = needsIp || (isRoot ? false : 'needs root, to make interfaces');

const ip = (...args: string[]): Record<string, unknown>[] =>
  JSON.parse(execFileSync('ip', ['-j', ...args], { encoding: 'utf8' })) as Record<string, unknown>[];

describe('messages', () => {
  test('survive packing and parsing, several in a datagram', () => {
    const one = packNetlinkMessage({ type: 16, flags: 3, sequence: 7, pid: 9, payload: 'abc' });
    const two = packNetlinkMessage({ type: 17 });
    assert.deepEqual(parseNetlinkMessages(Buffer.concat([one, two])), [
      { type: 16, flags: 3, sequence: 7, pid: 9, payload: Buffer.from('abc') },
      { type: 17, flags: 0, sequence: 0, pid: 0, payload: Buffer.alloc(0) },
    ]);
  });

  test('that were cut end the list', () => {
    const whole = packNetlinkMessage({ type: 16, payload: 'abcd' });
    for (let length = 0; length < whole.length; length++) {
      assert.deepEqual(parseNetlinkMessages(whole.subarray(0, length)), []);
    }
  });

  test('have attributes, and attributes in attributes', () => {
    const packed = packNetlinkAttributes([
      [1, 'one'],
      [2, [[3, Buffer.from([1, 2, 3, 4, 5])]]],
    ]);
    const parsed = parseNetlinkAttributes(packed);
    assert.equal(String(parsed.get(1)), 'one');
    assert.deepEqual(parseNetlinkAttributes(parsed.get(2)!).get(3), Buffer.from([1, 2, 3, 4, 5]));
    assert.throws(() => packNetlinkAttributes([[-1, '']]), { code: 'ERR_OUT_OF_RANGE' });
  });
});

test('an address is the port that the kernel chose, and groups', () => {
  using socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  socket.bind({ groups: 1 });
  const address = socket.getsockname();
  assert.equal(address.groups, 1);
  assert.notEqual(address.pid, 0);
  assert.throws(() => socket.bind({ pid: -1 }), { code: 'ERR_OUT_OF_RANGE' });
});

describe('what there is', { skip: needsIp }, () => {
  test('links, as ip link lists them', async () => {
    const ours = (await listLinks()).map(({ index, name, mtu, hardwareAddress }) => [
      index,
      name,
      mtu,
      hardwareAddress,
    ]);
    assert.deepEqual(
      ours,
      ip('link').map(link => [link.ifindex, link.ifname, link.mtu, link.address]),
    );
  });

  test('addresses, as ip address lists them', async () => {
    const theirs = ip('address').flatMap(link =>
      (link.addr_info as Record<string, unknown>[]).map(info => [link.ifindex, info.local, info.prefixlen]),
    );
    const ours = (await listAddresses()).map(({ index, address, prefixLength }) => [
      index,
      address,
      prefixLength,
    ]);
    assert.deepEqual(ours.map(String).sort(), theirs.map(String).sort());
  });

  test('routes, as ip route lists them', async () => {
    const text = (destination: string | undefined, prefix: number, whole: number): string =>
      destination === undefined ? 'default' : prefix === whole ? destination : `${destination}/${prefix}`;
    const ours = (await listRoutes())
      .filter(({ table, family }) => table === 254 && family === 'inet')
      .map(({ destination, prefixLength, gateway }) => `${text(destination, prefixLength, 32)} ${gateway}`);
    const theirs = ip('-4', 'route').map(route => `${route.dst} ${route.gateway}`);
    assert.deepEqual(ours.sort(), theirs.sort());
  });
});

test('an error comes with the code and the words of the kernel', async () => {
  using route = new NetlinkConnection(NETLINK_ROUTE);
  await assert.rejects(route.request(RTM_NEWLINK, Buffer.alloc(16, 0xff)), {
    name: /Error/,
    syscall: 'netlink',
  });
  // The connection is good for the next request all the same.
  assert.ok((await route.dump(18, Buffer.alloc(16))).length > 0);
});

describe('changes', { skip: needsRoot }, () => {
  const name = `bk${process.pid % 100000}`;
  before(() => execFileSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`]));

  test('arrive as they happen', async t => {
    t.after(() => spawnSync('ip', ['link', 'del', name]));
    const signal = AbortSignal.timeout(20_000);
    const events = watchRoutes(['link', 'address'], { signal });
    execFileSync('ip', ['address', 'add', '198.51.100.7/24', 'dev', name]);
    execFileSync('ip', ['link', 'set', name, 'up']);
    execFileSync('ip', ['link', 'del', name]);
    const seen = new Set<string>();
    for await (const event of events) {
      if (event.kind === 'address' && event.address.address === '198.51.100.7')
        seen.add(`address ${event.removed}`);
      if (event.kind !== 'link' || event.link.name !== name) continue;
      seen.add(`link ${event.removed ? 'gone' : event.link.flags & IFF_UP ? 'up' : 'down'}`);
      if (event.removed) break;
    }
    for (const wanted of ['address false', 'link up', 'link gone'])
      assert.ok(seen.has(wanted), `${wanted}: ${[...seen]}`);
  });
});
