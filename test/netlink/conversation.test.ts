/** Requests over netlink: requests, lists, and errors with the kernel's messages. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import * as berkeley from 'berkeley';
import { NETLINK_GENERIC, NETLINK_KOBJECT_UEVENT, NETLINK_ROUTE, Socket } from 'berkeley';
import {
  NLM_F_ACK,
  NLM_F_CREATE,
  NLM_F_DUMP,
  NLM_F_ECHO,
  NLM_F_EXCL,
  NLM_F_REQUEST,
  NLMSG_DONE,
  RTM_GETADDR,
  RTM_GETLINK,
  RTM_GETROUTE,
  RTM_NEWADDR,
  RTM_NEWLINK,
} from 'berkeley/constants';
import * as c from 'berkeley/netlink';
import {
  NetlinkConnection,
  type NetlinkError,
  packNetlinkAttributes,
  packNetlinkMessage,
  parseNetlinkMessages,
} from 'berkeley/netlink';
import { netlink } from 'berkeley/options';
import { needsNamespaces, needsRoot } from '../support/kernel.js';

const wait = { timeout: 10_000 };

/** The header of an RTM_NEWADDR: family, prefix length, flags, scope, index. */
const addressHead = (prefixLength: number, index: number): Buffer => {
  const head = Buffer.from([berkeley.AF_INET, prefixLength, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32LE(index, 4);
  return head;
};

describe('a connection', () => {
  test('an error has the message of the kernel, and the position of the mistake', {
    skip: needsRoot,
  }, async () => {
    using route = new NetlinkConnection(NETLINK_ROUTE);
    // IFA_LOCAL is the second attribute, with five bytes instead of four.
    const body = Buffer.concat([
      addressHead(24, 1),
      packNetlinkAttributes([
        [c.IFA_ADDRESS, Buffer.from([127, 9, 9, 9])],
        [c.IFA_LOCAL, Buffer.from([127, 9])],
      ]),
    ]);
    const wanted = (error: NetlinkError) => {
      assert.equal(error.syscall, 'netlink');
      assert.equal(error.code, error.acknowledgement.code);
      assert.equal(error.errno, error.acknowledgement.errno);
      assert.equal(error.acknowledgement.offset, 16 + 8 + 8, 'head, body, and one attribute');
      assert.match(error.acknowledgement.text ?? '', /attribute/i);
      assert.match(error.message, /^netlink [A-Z]+ \(.*attribute.*, at byte 32 of the request\)$/i);
      return true;
    };
    await assert.rejects(route.request(RTM_NEWADDR, body, NLM_F_CREATE), wanted);
    assert.throws(() => route.requestSync(RTM_NEWADDR, body, NLM_F_CREATE), wanted);
    // The connection still works for the next request.
    assert.ok((await route.dump(RTM_GETLINK, Buffer.alloc(16))).length > 0);
  });

  test('an error for a missing attribute has its type', async () => {
    using generic = new NetlinkConnection(NETLINK_GENERIC);
    const { id } = await c.resolveGenericFamily(generic, 'ethtool');
    const body = c.packGenericMessage({ command: 2 }); // ETHTOOL_MSG_LINKINFO_GET, without ETHTOOL_A_LINKINFO_HEADER
    await assert.rejects(generic.request(id, body), (error: NetlinkError) => {
      assert.deepEqual([error.code, error.acknowledgement.missingType], ['EINVAL', 1]);
      assert.match(error.message, /attribute 1 is missing/);
      return true;
    });
  });

  test('strict checking refuses invalid requests, and applies filters', async () => {
    using route = new NetlinkConnection(NETLINK_ROUTE);
    assert.equal(route.socket.getOption(netlink.getStrictChk), true);
    const wrong = addressHead(24, 0); // a dump request has no use for a prefix length
    await assert.rejects(route.dump(RTM_GETADDR, wrong), (error: NetlinkError) => {
      assert.deepEqual([error.code, typeof error.acknowledgement.text], ['EINVAL', 'string']);
      return true;
    });
    const lo = berkeley.if_nametoindex('lo');
    const some = await route.dump(RTM_GETADDR, addressHead(0, lo));
    assert.ok(some.length > 0);
    for (const { payload } of some) assert.equal(c.parseLinkAddress(payload)!.index, lo);
    route.socket.setOption(netlink.getStrictChk, false);
    assert.ok((await route.dump(RTM_GETADDR, wrong)).length >= some.length, 'all of them, and no complaint');
  });

  test('both faces return the same', async () => {
    using route = new NetlinkConnection(NETLINK_ROUTE);
    const ask = (payloads: readonly { payload: Buffer }[]) =>
      payloads.map(({ payload }) => c.parseLink(payload)?.name);
    const names = ask(await route.dump(RTM_GETLINK, Buffer.alloc(16)));
    assert.deepEqual(ask(route.dumpSync(RTM_GETLINK, Buffer.alloc(16))), names);
    const lo = Buffer.alloc(16);
    lo.writeInt32LE(berkeley.if_nametoindex('lo'), 4);
    assert.deepEqual(ask(await route.request(RTM_GETLINK, lo)), ['lo']);
    assert.deepEqual(ask(route.requestSync(RTM_GETLINK, lo)), ['lo']);
    const pending = route.request(RTM_GETLINK, lo);
    assert.throws(() => route.requestSync(RTM_GETLINK, lo), { code: 'ERR_INVALID_STATE' });
    assert.deepEqual(ask(await pending), ['lo']);
  });

  test('requests are answered in order, and notifications of groups are not taken for answers', {
    skip: needsNamespaces,
  }, async t => {
    using route = new NetlinkConnection(NETLINK_ROUTE);
    route.socket.setOption(netlink.addMembership, c.RTNLGRP_IPV4_IFADDR);
    const name = `bka${process.pid % 100000}`;
    execFileSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`]);
    t.after(() => execFileSync('ip', ['link', 'del', name]));
    const add = (host: number) =>
      Buffer.concat([
        addressHead(32, berkeley.if_nametoindex(name)),
        packNetlinkAttributes([[c.IFA_LOCAL, Buffer.from([10, 76, 2, host])]]),
      ]);
    const flags = NLM_F_CREATE | NLM_F_EXCL;
    const [one, two, echoed, again] = await Promise.allSettled([
      route.request(RTM_NEWADDR, add(1), flags),
      route.request(RTM_NEWADDR, add(2), flags),
      route.request(RTM_NEWADDR, add(3), flags | NLM_F_ECHO),
      route.request(RTM_NEWADDR, add(1), flags),
    ]);
    assert.deepEqual(
      [one.status === 'fulfilled' && one.value, two.status === 'fulfilled' && two.value],
      [[], []],
    );
    assert.equal(
      echoed.status === 'fulfilled' && c.parseLinkAddress(echoed.value[0]!.payload)?.address,
      '10.76.2.3',
      'an echo is an answer',
    );
    assert.equal(again.status === 'rejected' && again.reason.code, 'EEXIST');
  });

  test('a list that was aborted does not delay the next one', {
    skip: needsNamespaces,
  }, async t => {
    const name = `bkb${process.pid % 100000}`;
    execFileSync('ip', ['link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}p`]);
    t.after(() => execFileSync('ip', ['link', 'del', name]));
    const lines = Array.from(
      { length: 4000 },
      (_, i) => `route add 10.75.${i >> 8}.${i & 255}/32 dev ${name} table 4321\n`,
    );
    execFileSync('ip', ['-batch', '-'], { input: [`link set ${name} up\n`, ...lines].join('') });
    using route = new NetlinkConnection(NETLINK_ROUTE);
    // Aborted after the first of its many parts.
    const controller = new AbortController();
    const { socket } = route;
    const receive = t.mock.method(socket, 'recvfrom', (...args: Parameters<typeof socket.recvfrom>) => {
      if (receive.mock.callCount() === 1) controller.abort();
      return Socket.prototype.recvfrom.apply(socket, args);
    });
    const aborted = route.dump(RTM_GETROUTE, Buffer.alloc(12), { signal: controller.signal });
    await assert.rejects(aborted, { name: 'AbortError' });
    receive.mock.restore();
    const count = (messages: readonly { payload: Buffer }[]) =>
      messages.filter(({ payload }) => c.parseRoute(payload)?.table === 4321).length;
    assert.equal(count(await route.dump(RTM_GETROUTE, Buffer.alloc(12))), 4000);
    // The caller reads a dump that it has started on the socket itself.
    const request = packNetlinkMessage({
      type: RTM_GETROUTE,
      flags: NLM_F_REQUEST | NLM_F_DUMP | NLM_F_ACK,
      sequence: 77,
      payload: Buffer.alloc(12),
    });
    route.socket.sendtoSync(request, { pid: 0 });
    await assert.rejects(route.dump(RTM_GETROUTE, Buffer.alloc(12)), { code: 'EBUSY' });
    const isLast = async () =>
      parseNetlinkMessages(await socket.recv(65536, wait)).some(({ type }) => type === NLMSG_DONE);
    while (!(await isLast()));
    assert.equal(count(route.dumpSync(RTM_GETROUTE, Buffer.alloc(12))), 4000);
  });

  test('closing a connection rejects waiting requests', async () => {
    const events = new NetlinkConnection(NETLINK_KOBJECT_UEVENT);
    const pending = events.socket.recv(100);
    events.close();
    await assert.rejects(pending, { code: 'EBADF' });
    await assert.rejects(events.request(1, ''), { code: 'EBADF' });
    assert.throws(() => events.requestSync(1, ''), { code: 'EBADF' });
  });

  test('an unknown request fails with the code and the message of the kernel', async () => {
    using route = new NetlinkConnection(NETLINK_ROUTE);
    await assert.rejects(route.request(RTM_NEWLINK, Buffer.alloc(16, 0xff)), {
      name: /Error/,
      syscall: 'netlink',
    });
    await assert.rejects(route.request(-1, ''), { code: 'ERR_OUT_OF_RANGE' });
  });
});
