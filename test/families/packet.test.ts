/** AF_PACKET, over a veth pair between two namespaces, against the kernel and tcpdump. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  AF_INET,
  AF_PACKET,
  CMSG_SPACE,
  ETH_P_ALL,
  ETH_P_ARP,
  ETH_P_IP,
  formatAddress,
  htons,
  if_nametoindex,
  PACKET_HOST,
  PACKET_OUTGOING,
  parseAddress,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
} from 'berkeley';
import {
  ARPHRD_ETHER,
  PACKET_ADD_MEMBERSHIP,
  PACKET_AUXDATA,
  PACKET_DROP_MEMBERSHIP,
  PACKET_MR_PROMISC,
  PACKET_STATISTICS,
  SOL_PACKET,
} from 'berkeley/constants';
import { listLinksSync } from 'berkeley/netlink';
import { Cable, hardwareText } from '../support/cable.js';
import { needsCommand, needsNamespaces } from '../support/kernel.js';
import { ip } from '../support/namespaces.js';
import { Child } from '../support/running.js';

const wait = { timeout: 10_000 };
const hostBytes = (host: string): Buffer => Buffer.from(host.split('.').map(Number));

/** Whole frames of a file of tcpdump: pcap-savefile(5). */
function framesOf(file: string): Buffer[] {
  const bytes = readFileSync(file);
  const frames: Buffer[] = [];
  for (let at = 24; at + 16 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 8);
    frames.push(bytes.subarray(at + 16, at + 16 + length));
    at += 16 + length;
  }
  return frames;
}

function open(type: number, name: string, protocol: number): Socket<'packet'> {
  const socket = new Socket(AF_PACKET, type);
  socket.bind({ interface: name, protocol });
  return socket;
}

describe('AF_PACKET', { skip: needsNamespaces }, () => {
  let cable: Cable;
  let name: string;
  let [here, there] = ['', ''];
  before(() => {
    cable = new Cable(0);
    ({ name, here, there } = cable);
  });
  after(() => cable[Symbol.dispose]());

  /** An ARP request for `there`, RFC 826, as a payload or as a whole Ethernet frame. */
  function arpRequest(sender: Buffer): { payload: Buffer; frame: Buffer } {
    const head = Buffer.from('0001080006040001', 'hex');
    const addresses = [sender, hostBytes(here), Buffer.alloc(6), hostBytes(there)];
    const payload = Buffer.concat([head, ...addresses]);
    return { payload, frame: Buffer.concat([Buffer.alloc(6, 0xff), sender, Buffer.of(8, 6), payload]) };
  }

  /** An ICMP echo request, as ping sends it. The kernel at the other end answers. */
  async function ping(count: number): Promise<void> {
    using socket = new Socket(AF_INET, SOCK_RAW, 1);
    for (let i = 0; i < count; i++) {
      const request = Buffer.from('0800000012340000', 'hex');
      request[7] = i;
      request.writeUInt16BE(0xffff - (0x0800 + 0x1234 + i), 2);
      await socket.sendto(request, { host: there, port: 0 }, wait);
      await socket.recv(100, wait);
    }
  }

  for (const [kind, type] of [
    ['whole frames', SOCK_RAW],
    ['payloads', SOCK_DGRAM],
  ] as const) {
    test(`the kernel at the other end answers an ARP request: ${kind}`, async () => {
      using socket = open(type, name, ETH_P_ARP);
      const mac = cable.hardwareThere;
      const { payload, frame } = arpRequest(cable.hardware);
      const everybody = type === SOCK_RAW ? Buffer.alloc(6, 0xff) : 'FF:ff:ff:ff:ff:ff';
      const to = { interface: name, protocol: ETH_P_ARP, hardwareAddress: everybody };
      await (type === SOCK_RAW ? socket.send(frame, wait) : socket.sendto(payload, to, wait));
      const { data, address } = await socket.recvfrom(2048, wait);
      const reply = type === SOCK_RAW ? data.subarray(14) : data;
      assert.equal(reply.readUInt16BE(6), 2, 'a reply');
      assert.deepEqual(reply.subarray(8, 14), mac);
      assert.deepEqual(address, {
        family: 'packet',
        interface: name,
        protocol: ETH_P_ARP,
        packetType: PACKET_HOST,
        hardwareType: ARPHRD_ETHER,
        hardwareAddress: hardwareText(mac),
      });
      assert.deepEqual(parseAddress(formatAddress(address!)), address);
    });
  }

  test('a bound socket returns its protocol and interface', () => {
    using socket = open(SOCK_RAW, name, ETH_P_IP);
    const { interface: networkInterface, protocol, hardwareAddress } = socket.getsockname();
    assert.deepEqual([networkInterface, protocol], [name, ETH_P_IP]);
    assert.equal(hardwareAddress, hardwareText(cable.hardware));
    const link = listLinksSync().find(({ name: of }) => of === name);
    assert.equal(hardwareAddress, link?.hardwareAddress, 'as listLinks has it');
  });

  test('receives the packets of a ping, as tcpdump records them', {
    skip: needsCommand('tcpdump', 'tcpdump'),
  }, async () => {
    const file = join(tmpdir(), `${name}.pcap`);
    await ping(1); // resolves the addresses, so that no ARP packets interfere
    await using dump = new Child('tcpdump', ['-i', name, '-U', '-w', file, '-c', '6', '-s', '0', 'icmp']);
    await dump.prints(/listening on/);
    using socket = new Socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    socket.bind({ interface: name, protocol: ETH_P_ALL });
    await ping(3);
    await dump.ends();
    const frames: Buffer[] = [];
    const kinds: number[] = [];
    while (frames.length < 6) {
      const { data, address } = await socket.recvfrom(2048, wait);
      if (data.readUInt16BE(12) !== ETH_P_IP || data[23] !== 1) continue;
      frames.push(data);
      kinds.push(address!.packetType);
    }
    assert.deepEqual(frames, framesOf(file));
    assert.deepEqual(
      kinds,
      Array.from({ length: 6 }, (_, i) => (i % 2 ? PACKET_HOST : PACKET_OUTGOING)),
    );
    rmSync(file);
  });

  test('promiscuous membership shows in the interface, and ends with the socket', () => {
    const promiscuity = (): unknown => ip(['-d', 'link', 'show', name])[0]!.promiscuity;
    const membership = Buffer.alloc(16); // struct packet_mreq
    membership.writeInt32LE(if_nametoindex(name), 0);
    membership.writeUInt16LE(PACKET_MR_PROMISC, 4);
    const socket = open(SOCK_RAW, name, 0);
    socket.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership);
    assert.equal(promiscuity(), 1);
    socket.setsockopt(SOL_PACKET, PACKET_DROP_MEMBERSHIP, membership);
    assert.equal(promiscuity(), 0);
    socket.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership);
    socket.close();
    assert.equal(promiscuity(), 0);
  });

  test('auxiliary data has the length before truncation; statistics count packets', async () => {
    using socket = open(SOCK_RAW, name, ETH_P_IP);
    socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1);
    await ping(4);
    const { data, control } = await socket.recvmsg(20, { control: CMSG_SPACE(20), ...wait });
    assert.equal(data.length, 20);
    const auxiliary = control.find(({ level, type }) => level === SOL_PACKET && type === PACKET_AUXDATA);
    // struct tpacket_auxdata: status, length, captured length, offsets of the MAC and network headers
    assert.equal(auxiliary?.data.length, 20);
    assert.equal(auxiliary.data.readUInt32LE(4), 14 + 20 + 8);
    assert.equal(auxiliary.data.readUInt16LE(14) - auxiliary.data.readUInt16LE(12), 14);
    const statistics = (): Buffer => socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8) as Buffer;
    assert.deepEqual([statistics().readUInt32LE(0), statistics().readUInt32LE(0)], [4, 0]);
  });

  test('invalid addresses are refused before the system call, and a missing interface is named', async () => {
    using socket = new Socket(AF_PACKET, SOCK_RAW);
    const missing = { code: 'ENODEV', address: 'nodev9', message: /nodev9/ };
    assert.throws(() => socket.bind({ interface: 'nodev9' }), missing);
    await assert.rejects(socket.sendto('x', { interface: 'nodev9' }, wait), missing);
    const bad = (address: object, argument: RegExp) =>
      assert.throws(() => socket.bind({ interface: name, ...address }), { message: argument, code: /^ERR_/ });
    const long = { code: 'ENODEV', message: /n{15}… \(names of interfaces have at most 15 bytes\)/ };
    assert.throws(() => socket.bind({ interface: 'n'.repeat(16) }), long);
    assert.throws(() => socket.bind({ interface: 'n'.repeat(1 << 20) }), long);
    bad({ protocol: 0x10000 }, /address\.protocol/);
    bad({ hardwareAddress: Buffer.alloc(33) }, /address\.hardwareAddress/);
    bad({ hardwareAddress: 'ff:f' }, /address\.hardwareAddress/);
    bad({ hardwareAddress: `${'ff:'.repeat(32)}ff` }, /address\.hardwareAddress/);
    bad({ hardwareAddress: 5 }, /address\.hardwareAddress/);
    bad({ packetType: -1 }, /address\.packetType/);
    bad({ interface: 5 }, /address\.interface/);
  });
});
