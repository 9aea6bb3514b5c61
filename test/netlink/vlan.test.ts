/** Multicast groups with a number above 32: a bridge reports its VLANs to one of them. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { AF_NETLINK, NETLINK_ROUTE, SOCK_RAW, Socket } from 'berkeley';
import { RTM_NEWVLAN } from 'berkeley/constants';
import { netlinkGroup, spaceFor } from 'berkeley/control';
import { parseNetlinkMessages, RTNLGRP_BRVLAN } from 'berkeley/netlink';
import { netlink } from 'berkeley/options';
import { needsDevice } from '../support/cable.js';
import { inGuest, type Skip } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';

const wait = { timeout: 10_000 };

/** A bridge can exist without support for VLANs. */
function needsBridgeVlans(): Skip {
  const missing = needsDevice('bridge');
  if (missing !== false || inGuest) return missing;
  const namespace = new Namespace();
  ip(['link', 'add', 'x', 'type', 'bridge'], namespace);
  const [command, args] = namespace.command('bridge', 'vlan', 'add', 'dev', 'x', 'vid', '9', 'self');
  const made = spawnSync(command, args);
  namespace.remove();
  return made.status === 0 ? false : 'needs CONFIG_BRIDGE_VLAN_FILTERING: npm run test:vm';
}

test('notifications of a group above 32 arrive with its number', { skip: needsBridgeVlans() }, async t => {
  const name = `bkv${process.pid % 100000}`;
  ip(['link', 'add', name, 'type', 'bridge', 'vlan_filtering', '1']);
  t.after(() => ip(['link', 'del', name]));
  using socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  socket.bind({});
  socket.setOption(netlink.addMembership, RTNLGRP_BRVLAN);
  socket.setOption(netlink.pktinfo, true);
  execFileSync('bridge', ['vlan', 'add', 'dev', name, 'vid', '99', 'self']);
  const { data, control, address } = await socket.recvmsg(8192, { control: spaceFor(netlinkGroup), ...wait });
  assert.equal(parseNetlinkMessages(data)[0]!.type, RTM_NEWVLAN);
  assert.equal(netlinkGroup.find(control), RTNLGRP_BRVLAN);
  assert.equal(address?.pid, 0, 'from the kernel');
});
