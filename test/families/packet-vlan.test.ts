/** VLAN devices on a cable, and what a packet socket reports of their frames. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AF_PACKET, ETH_P_8021Q, ETH_P_ALL, ETH_P_ARP, PACKET_HOST, SOCK_RAW, Socket } from 'berkeley';
import { auxdata, spaceFor } from 'berkeley/control';
import { listLinks } from 'berkeley/netlink';
import { packet } from 'berkeley/options';
import { Cable, needsDevice } from '../support/cable.js';
import { needsCommand } from '../support/kernel.js';
import { ip } from '../support/namespaces.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };

describe('a VLAN device', {
  skip: needsDevice('vlan', 'link', 'lo') || needsCommand('ping', 'iputils-ping'),
}, () => {
  let cable: Cable;
  before(() => {
    cable = new Cable(3);
    ip(['link', 'add', 'link', cable.name, 'name', `${cable.name}.9`, 'type', 'vlan', 'id', '9']);
    ip(['address', 'add', '10.79.0.1/24', 'dev', `${cable.name}.9`]);
    ip(['link', 'set', `${cable.name}.9`, 'up']);
    ip(['link', 'add', 'link', 'eth0', 'name', 'eth0.9', 'type', 'vlan', 'id', '9'], cable.namespace);
    ip(['link', 'set', 'eth0.9', 'type', 'vlan', 'egress-qos-map', '0:6'], cable.namespace);
    ip(['address', 'add', '10.79.0.2/24', 'dev', 'eth0.9'], cable.namespace);
    ip(['link', 'set', 'eth0.9', 'up'], cable.namespace);
  });
  after(() => cable[Symbol.dispose]());

  test('sends frames whose tag a packet socket on the cable reports', async () => {
    using socket = new Socket(AF_PACKET, SOCK_RAW);
    socket.bind({ interface: cable.name, protocol: ETH_P_ALL });
    socket.setOption(packet.auxdata, true);
    const arping = cable.namespace.command('ping', '-c', '1', '-w', '10', '10.79.0.1');
    await new Child(...arping).ends();
    for (;;) {
      const { data, control, address } = await socket.recvmsg(2048, { control: spaceFor(auxdata), ...wait });
      if (address?.packetType !== PACKET_HOST || data[14 + 9] !== 1) continue;
      const { vlan } = auxdata.find(control)!;
      assert.deepEqual(vlan, { id: 9, priority: 6, dropEligible: false, protocol: ETH_P_8021Q });
      break;
    }
  });

  test('is replaced by the cable in a packet’s address if PACKET_ORIGDEV is set', async () => {
    using upper = new Socket(AF_PACKET, SOCK_RAW);
    upper.bind({ interface: `${cable.name}.9`, protocol: ETH_P_ARP });
    const seen = async () => {
      ip(['neighbour', 'flush', 'dev', 'eth0.9'], cable.namespace);
      await new Child(...cable.namespace.command('ping', '-c', '1', '-w', '10', '10.79.0.1')).ends();
      return (await upper.recvfrom(2048, wait)).address!;
    };
    assert.equal((await seen()).interface, `${cable.name}.9`);
    using original = new Socket(AF_PACKET, SOCK_RAW);
    original.bind({ interface: `${cable.name}.9`, protocol: ETH_P_ARP });
    original.setOption(packet.origdev, true);
    await seen();
    assert.equal((await original.recvfrom(2048, wait)).address!.interface, cable.name);
  });

  test('is listed as a VLAN of the cable', async () => {
    const links = await listLinks();
    const below = links.find(({ name }) => name === cable.name)!;
    const above = links.find(({ name }) => name === `${cable.name}.9`)!;
    assert.deepEqual([above.kind, above.lower], ['vlan', below.index]);
  });
});
