/**
 * A filter passes the same packets as tcpdump's. It compares tcpdump's programs, read by `parseProgram`, with
 * programs of `berkeley/bpf` for the same expressions, on the same traffic.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AF_PACKET, ETH_P_ALL, SOCK_RAW, Socket } from 'berkeley';
import {
  alu,
  bpf,
  disassemble,
  formatProgram,
  jump,
  type Label,
  label,
  ld,
  ldx,
  type Program,
  parseProgram,
  ret,
  type Statement,
  X,
} from 'berkeley/bpf';
import { so } from 'berkeley/options';
import { Cable } from '../support/cable.js';
import { needsCommand, needsNamespaces } from '../support/kernel.js';
import { Child, waitFor } from '../support/running.js';
import { arp, ethernet, icmp, indexOf, ipv4, ipv6, marked, tcp, to, udp } from './frames.js';

const [SYN, ACK, FIN] = [0x02, 0x10, 0x01];
const dns = udp(4000, 53, 'question');

/** Frames of every kind. */
const kinds: readonly Buffer[] = [
  ethernet(0x0806, arp, { destination: to.everybody }),
  ethernet(0x0800, ipv4(17, dns)),
  ethernet(0x0800, ipv4(17, udp(53, 4000, 'answer'), { from: '198.51.100.7', into: '192.0.2.1' })),
  ethernet(0x0800, ipv4(17, dns, { options: Buffer.alloc(8, 1) })),
  ethernet(0x0800, ipv4(17, udp(5353, 5353, 'x'.repeat(300)), { into: '224.0.0.251' }), {
    destination: to.group,
  }),
  ethernet(0x0800, ipv4(17, dns, { fragment: 0x2000 })),
  ethernet(0x0800, ipv4(17, Buffer.from('the rest of a datagram'), { fragment: 0x0002 })),
  ethernet(0x0800, ipv4(6, tcp(40000, 443, SYN))),
  ethernet(0x0800, ipv4(6, tcp(443, 40000, SYN | ACK), { from: '203.0.113.9', into: '192.0.2.1' })),
  ethernet(0x0800, ipv4(6, tcp(40000, 443, ACK, 'GET / HTTP/1.1\r\n'))),
  ethernet(0x0800, ipv4(6, tcp(40000, 22, FIN | ACK), { options: Buffer.alloc(4, 1) })),
  ethernet(0x0800, ipv4(1, icmp(8))),
  ethernet(0x0800, ipv4(1, icmp(0), { tos: 0xb8 })),
  ethernet(0x0800, ipv4(132, Buffer.alloc(32))),
  ethernet(0x86dd, ipv6(17, dns)),
  ethernet(0x86dd, ipv6(6, tcp(40000, 443, SYN))),
  ethernet(0x86dd, ipv6(58, icmp(128))),
  ethernet(0x0800, ipv4(17, dns), { vlan: 5 }),
  ethernet(0x0800, ipv4(6, tcp(1, 2, ACK)), { vlan: 6 }),
  ethernet(0x0806, arp, { vlan: 5, destination: to.everybody }),
  ethernet(0x88cc, Buffer.from('neighbours'), { destination: to.group }),
];

/**
 * All frames are sent twice: a filter that has passed a frame of the second round has decided on the whole
 * first round.
 */
const frames: readonly Buffer[] = [...kinds, ...kinds].map(marked);

const TAKE: readonly (Statement | Label)[] = [label('take'), ret(0x40000), label('drop'), ret(0)];
const program = (...source: (Statement | Label)[]): Program => bpf([...source, ...TAKE]);

/** The start of a frame after its tag was removed. */
const [TYPE, NETWORK] = [12, 14];

/** Expressions of pcap-filter(7), and the same with `berkeley/bpf`. */
const filters: Readonly<Record<string, Program | undefined>> = {
  arp: program(ld.half(TYPE), jump.eq(0x0806, 'take', 'drop')),
  ip6: program(ld.half(TYPE), jump.eq(0x86dd, 'take', 'drop')),
  icmp: program(ld.half(TYPE), jump.ne(0x0800, 'drop'), ld.byte(NETWORK + 9), jump.eq(1, 'take', 'drop')),
  'udp port 53': program(
    ld.half(TYPE),
    jump.eq(0x0800, 'four'),
    jump.ne(0x86dd, 'drop'),
    ld.byte(NETWORK + 6),
    jump.ne(17, 'drop'),
    ldx.constant(40),
    jump.always('ports'),
    label('four'),
    ld.byte(NETWORK + 9),
    jump.ne(17, 'drop'),
    ld.half(NETWORK + 6),
    jump.set(0x1fff, 'drop'),
    ldx.headerLength(NETWORK),
    label('ports'),
    ld.half(X.plus(NETWORK)),
    jump.eq(53, 'take'),
    ld.half(X.plus(NETWORK + 2)),
    jump.eq(53, 'take', 'drop'),
  ),
  'ip and tcp[tcpflags] & (tcp-syn|tcp-fin) != 0': program(
    ld.half(TYPE),
    jump.ne(0x0800, 'drop'),
    ld.byte(NETWORK + 9),
    jump.ne(6, 'drop'),
    ld.half(NETWORK + 6),
    jump.set(0x1fff, 'drop'),
    ldx.headerLength(NETWORK),
    ld.byte(X.plus(NETWORK + 13)),
    jump.set(SYN | FIN, 'take', 'drop'),
  ),
  'ip[6:2] & 0x3fff != 0': program(
    ld.half(TYPE),
    jump.ne(0x0800, 'drop'),
    ld.half(NETWORK + 6),
    jump.set(0x3fff, 'take', 'drop'),
  ),
  'ip and host 192.0.2.1 and not src net 192.0.2.0/24': program(
    ld.half(TYPE),
    jump.ne(0x0800, 'drop'),
    ld.word(NETWORK + 12),
    alu.and(0xffffff00),
    jump.eq(0xc0000200, 'drop'),
    ld.word(NETWORK + 16),
    jump.eq(0xc0000201, 'take', 'drop'),
  ),
  'ip[1] & 0xfc == 0xb8': program(
    ld.half(TYPE),
    jump.ne(0x0800, 'drop'),
    ld.byte(NETWORK + 1),
    alu.and(0xfc),
    jump.eq(0xb8, 'take', 'drop'),
  ),
  'greater 200': program(ld.length(), jump.ge(200, 'take', 'drop')),
  'ether multicast': program(ld.byte(0), jump.set(1, 'take', 'drop')),
  'vlan 5': program(
    ld.ancillary('hasVlanTag'),
    jump.eq(0, 'drop'),
    ld.ancillary('vlanTag'),
    alu.and(0x0fff),
    jump.eq(5, 'take', 'drop'),
  ),
  'vlan 5 and udp port 53': undefined,
  'portrange 400-5000 and not ip6': undefined,
  'ip proto 132 or ether proto 0x88cc': undefined,
  'tcp port 443 and (host 203.0.113.9 or ip6)': undefined,
  'ip[0] & 0xf > 5 and udp': undefined,
};

const sender = fileURLToPath(new URL('./frames.js', import.meta.url));

describe('filters', { skip: needsNamespaces || needsCommand('tcpdump', 'tcpdump') }, () => {
  let cable: Cable;
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-filters-'));
  before(() => {
    cable = new Cable(5);
  });
  after(() => {
    cable[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const tcpdump = (...args: string[]) =>
    execFileSync('tcpdump', ['-i', cable.name, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  /** A socket to which the filter is attached before any packet can arrive. */
  function filtered(filter?: Program): Socket<'packet'> {
    const socket = new Socket(AF_PACKET, SOCK_RAW);
    if (filter !== undefined) socket.setOption(so.attachFilter, filter);
    socket.bind({ interface: cable.name, protocol: ETH_P_ALL });
    socket.timeout = 0;
    return socket;
  }

  test('parse and format tcpdump’s programs, in both of tcpdump’s formats', () => {
    for (const expression of Object.keys(filters)) {
      const text = tcpdump('-ddd', expression);
      const read = parseProgram(text);
      assert.equal(formatProgram(read), text.trim(), expression);
      // tcpdump writes trailing spaces.
      const forPeople = tcpdump('-d', expression).replaceAll(/ +$/gm, '').trimEnd();
      assert.equal(disassemble(read), forPeople, expression);
    }
  });

  test('pass the packets that tcpdump passes', async () => {
    const watchers = Object.entries(filters).map(([expression, own], i) => {
      const file = join(folder, `${i}.pcap`);
      const args = ['-i', cable.name, '-n', '-U', '--immediate-mode', '-s', '0', '-w', file, expression];
      const dump = new Child('tcpdump', args);
      const theirs = filtered(parseProgram(tcpdump('-ddd', expression)));
      return { expression, file, dump, theirs, own: own && filtered(own) };
    });
    try {
      using everything = filtered();
      for (const { dump } of watchers) await dump.prints(/listening on/);
      const lines = frames.map(frame => frame.toString('hex')).join('\n');
      await using sending = new Child(...cable.namespace.command(process.execPath, sender, 'eth0'), lines);
      await sending.ends();
      const all = indexesOf(everything);
      assert.deepEqual(all, [...frames.keys()]);
      for (const { expression, file, theirs, own } of watchers) {
        const passed = indexesOf(theirs);
        assert.ok(passed.length > 0 && passed.length < frames.length, `${expression} tells nothing apart`);
        if (own !== undefined) assert.deepEqual(indexesOf(own), passed, `${expression}, in our words`);
        await waitFor(`tcpdump ${expression}`, () => captured(file).length >= passed.length);
        assert.deepEqual(captured(file), passed, `${expression}, as tcpdump captured`);
      }
    } finally {
      for (const { dump, theirs, own } of watchers) {
        theirs.close();
        own?.close();
        await dump[Symbol.asyncDispose]();
      }
    }
  });

  test('are read back as they were attached', () => {
    for (const expression of Object.keys(filters)) {
      const program = parseProgram(tcpdump('-ddd', expression));
      using socket = new Socket(AF_PACKET, SOCK_RAW);
      socket.setOption(so.attachFilter, program);
      assert.deepEqual(socket.getOption(so.getFilter), program, expression);
    }
  });
});

/** The numbers of our frames that a socket has queued. */
function indexesOf(socket: Socket<'packet'>): number[] {
  const found: number[] = [];
  for (;;) {
    try {
      found.push(indexOf(socket.recvSync(2048)) ?? Number.NaN);
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'EAGAIN');
      return found.filter(index => !Number.isNaN(index));
    }
  }
}

/** The numbers of our frames in a file of tcpdump: pcap-savefile(5). */
function captured(file: string): number[] {
  const bytes = readFileSync(file);
  const found: number[] = [];
  for (let at = 24; at + 16 <= bytes.length; ) {
    const end = at + 16 + bytes.readUInt32LE(at + 8);
    if (end > bytes.length) break;
    const index = indexOf(bytes.subarray(at + 16, end));
    if (index !== undefined) found.push(index);
    at = end;
  }
  return found;
}
