/** A group beyond 32: a bridge tells there of its VLANs. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { AF_NETLINK, NETLINK_ROUTE, RTM_NEWVLAN, SOCK_RAW, Socket } from 'berkeley';
import { netlinkGroup, spaceFor } from 'berkeley/control';
import { parseNetlinkMessages, RTNLGRP_BRVLAN } from 'berkeley/netlink';
import { netlink } from 'berkeley/options';
import { needsDevice } from '../support/cable.js';
import { inGuest, type Skip } from '../support/kernel.js';
import { ip, Namespace } from '../support/namespaces.js';

const wait = { timeout: 10_000 };

/** A bridge may be there, and know nothing of VLANs. */
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

test('a group beyond 32 is heard, and told by its number', { skip: needsBridgeVlans() }, async t => {
  const name = `bkv${process.pid % 100000}`;
  ip(['link', 'add', name, 'type', 'bridge', 'vlan_filtering', '1']);
  t.after(() => ip(['link', 'del', name]));
  using socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  socket.bind({});
  socket.setOption(netlink.addMembership, RTNLGRP_BRVLAN);
  socket.setOption(netlink.pktinfo, true);
  execFileSync('bridge', ['vlan', 'add', 'dev', name, 'vid', '99', 'self']);
  const { data, control, address } = await socket.recvmsg(8192, spaceFor(netlinkGroup), 0, wait);
  assert.equal(parseNetlinkMessages(data)[0]!.type, RTM_NEWVLAN);
  assert.equal(netlinkGroup.find(control), RTNLGRP_BRVLAN);
  assert.equal(address?.pid, 0, 'from the kernel');
});
