/** AF_NETLINK: protocols, addresses and groups. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import {
  AF_NETLINK,
  NETLINK_ROUTE,
  NETLINK_USERSOCK,
  protocolName,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
  UnsupportedError,
} from 'berkeley';
import { RTMGRP_IPV6_ROUTE, RTMGRP_LINK } from 'berkeley/constants';
import { netlinkGroup, spaceFor } from 'berkeley/control';
import * as c from 'berkeley/netlink';
import { netlink } from 'berkeley/options';
import { needsRoot } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';

const wait = { timeout: 10_000 };

/** The protocols by name: NETLINK_ROUTE to NETLINK_SMC. */
const protocols = Array.from({ length: 32 }, (_, protocol) => protocol).filter(
  protocol => protocolName(protocol, AF_NETLINK) !== undefined,
);

describe('protocols', () => {
  test('open and bind; an unsupported protocol is an error with advice', t => {
    assert.ok(protocols.length >= 20);
    const opened: string[] = [];
    for (const protocol of protocols) {
      const name = protocolName(protocol, AF_NETLINK)!;
      for (const type of [SOCK_RAW, SOCK_DGRAM]) {
        try {
          using socket = new Socket(AF_NETLINK, type, protocol);
          socket.bind({});
          const { pid, groups } = socket.getsockname();
          assert.ok(pid !== 0 && groups === 0, name);
          opened.push(name);
        } catch (error) {
          assert.ok(error instanceof UnsupportedError, `${name}: ${error}`);
          assert.equal(error.code, 'EPROTONOSUPPORT');
          assert.match(error.message, /modprobe net-pf-16-proto-\d+/, name);
        }
      }
    }
    for (const name of ['NETLINK_ROUTE', 'NETLINK_GENERIC', 'NETLINK_KOBJECT_UEVENT', 'NETLINK_USERSOCK'])
      assert.ok(opened.includes(name), name);
    t.diagnostic([...new Set(opened)].join(' '));
  });

  test('are the same as in Python', { skip: withoutPython }, () => {
    const program = `
import socket
for protocol in range(32):
    try: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol).close(); print(protocol)
    except OSError: pass`;
    const theirs = execFileSync(python, ['-c', program], { encoding: 'utf8' }).trim().split('\n').map(Number);
    const ours = Array.from({ length: 32 }, (_, protocol) => protocol).filter(protocol => {
      try {
        new Socket(AF_NETLINK, SOCK_RAW, protocol).close();
        return true;
      } catch {
        return false;
      }
    });
    assert.deepEqual(ours, theirs);
  });
});

describe('addresses', () => {
  test('contain the port that the kernel chose, and groups', () => {
    using socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    socket.bind({ groups: 1 });
    const address = socket.getsockname();
    assert.equal(address.groups, 1);
    assert.notEqual(address.pid, 0);
    assert.throws(() => socket.bind({ pid: -1 }), { code: 'ERR_OUT_OF_RANGE' });
  });

  test('can have a port that we choose, and each port can be used once', () => {
    using one = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    using two = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    one.bind({ pid: 0xfedc1234 });
    assert.deepEqual(one.getsockname(), { family: 'netlink', pid: 0xfedc1234, groups: 0 });
    assert.throws(() => two.bind({ pid: 0xfedc1234 }), { code: 'EADDRINUSE' });
  });

  test('can be those of another process: NETLINK_USERSOCK delivers datagrams to Python', {
    skip: withoutPython,
  }, async () => {
    using socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    socket.bind({});
    const program = `
import socket
with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, ${NETLINK_USERSOCK}) as s:
    s.bind((0, 0))
    s.sendto(b'from Python', (${socket.getsockname().pid}, 0))
    print(s.getsockname()[0])`;
    const port = Number(execFileSync(python, ['-c', program], { encoding: 'utf8' }));
    const { data, address } = await socket.recvfrom(100, wait);
    assert.deepEqual([String(data), address], ['from Python', { family: 'netlink', pid: port, groups: 0 }]);
  });
});

describe('groups', () => {
  const listed = (socket: Socket<'netlink'>) => socket.getOption(netlink.listMemberships);

  test('can be joined as a mask, and by number, even above 32', () => {
    using socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    socket.bind({ groups: RTMGRP_LINK | RTMGRP_IPV6_ROUTE });
    assert.deepEqual(listed(socket), [c.RTNLGRP_LINK, c.RTNLGRP_IPV6_ROUTE]);
    assert.ok(c.RTNLGRP_STATS > 32);
    for (const group of [c.RTNLGRP_NSID, c.RTNLGRP_NEXTHOP, c.RTNLGRP_BRVLAN, c.RTNLGRP_STATS])
      socket.setOption(netlink.addMembership, group);
    assert.deepEqual(listed(socket), [
      c.RTNLGRP_LINK,
      c.RTNLGRP_IPV6_ROUTE,
      c.RTNLGRP_NSID,
      c.RTNLGRP_NEXTHOP,
      c.RTNLGRP_BRVLAN,
      c.RTNLGRP_STATS,
    ]);
    assert.equal(
      socket.getsockname().groups >>> 0,
      (RTMGRP_LINK | RTMGRP_IPV6_ROUTE | (1 << (c.RTNLGRP_NSID - 1)) | (1 << 31)) >>> 0,
      'the mask ends with group 32',
    );
    socket.setOption(netlink.dropMembership, c.RTNLGRP_STATS);
    socket.setOption(netlink.dropMembership, c.RTNLGRP_LINK);
    assert.deepEqual(listed(socket), [
      c.RTNLGRP_IPV6_ROUTE,
      c.RTNLGRP_NSID,
      c.RTNLGRP_NEXTHOP,
      c.RTNLGRP_BRVLAN,
    ]);
    assert.throws(() => socket.setOption(netlink.addMembership, 100_000), { code: 'EINVAL' });
  });

  test('deliver messages to all members, with the number of the group', {
    skip: needsRoot,
  }, async () => {
    using sender = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    using one = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    using two = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    one.bind({ groups: 1 << 30 });
    two.bind({});
    two.setOption(netlink.addMembership, 31);
    two.setOption(netlink.pktinfo, true);
    sender.bind({});
    // The port is unused, so only the group receives it.
    await sender.sendto('to all', { pid: 0x7fffffff, groups: 1 << 30 }, wait).catch(() => {});
    assert.deepEqual(await one.recvfrom(100, wait), {
      data: Buffer.from('to all'),
      address: { family: 'netlink', pid: sender.getsockname().pid, groups: 1 << 30 },
    });
    const { control } = await two.recvmsg(100, { control: spaceFor(netlinkGroup), ...wait });
    assert.equal(netlinkGroup.find(control), 31);
  });
});
