/**
 * Hand-made Ethernet frames of every kind, and a program that sends them: `frames.js <interface>` reads
 * hexadecimal lines.
 */
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { AF_PACKET, SOCK_RAW, Socket } from 'berkeley';

/** The destination hardware addresses. */
export const to = { everybody: 'ffffffffffff', group: '01005e000001', host: '020000000001' } as const;

const hex = (text: string) => Buffer.from(text.replaceAll(/[ :]/g, ''), 'hex');
const host4 = (text: string) => Buffer.from(text.split('.').map(Number));

function short(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => void bytes.writeUInt16BE(value, i * 2));
  return bytes;
}

/** An Ethernet frame, tagged if a VLAN number is given. */
export function ethernet(
  type: number,
  payload: Buffer,
  { destination = to.host as string, vlan }: { destination?: string; vlan?: number } = {},
): Buffer {
  const tag = vlan === undefined ? [] : [short(0x8100, vlan)];
  return Buffer.concat([hex(destination), hex('0200000000ff'), ...tag, short(type), payload]);
}

/** An IPv4 packet. `fragment` has the flags and the offset; `options` are a multiple of four bytes. */
export function ipv4(
  protocol: number,
  payload: Buffer,
  { from = '192.0.2.1', into = '198.51.100.7', fragment = 0, options = Buffer.alloc(0), tos = 0 } = {},
): Buffer {
  const head = Buffer.from([0x45 + options.length / 4, tos]);
  const total = 20 + options.length + payload.length;
  const rest = Buffer.from([64, protocol, 0, 0]);
  const addresses = [host4(from), host4(into)];
  return Buffer.concat([head, short(total, 7, fragment), rest, ...addresses, options, payload]);
}

/** An IPv6 packet from 2001:db8::1 to 2001:db8::2. */
export function ipv6(next: number, payload: Buffer): Buffer {
  const address = (last: number) => Buffer.concat([hex('20010db8'), Buffer.alloc(11), Buffer.of(last)]);
  const head = Buffer.concat([hex('60000000'), short(payload.length), Buffer.of(next, 64)]);
  return Buffer.concat([head, address(1), address(2), payload]);
}

export function udp(from: number, into: number, data: string): Buffer {
  return Buffer.concat([short(from, into, 8 + data.length, 0), Buffer.from(data)]);
}

export function tcp(from: number, into: number, flags: number, data = ''): Buffer {
  const numbers = Buffer.alloc(8);
  return Buffer.concat([
    short(from, into),
    numbers,
    Buffer.of(0x50, flags),
    short(1000, 0, 0),
    Buffer.from(data),
  ]);
}

export function icmp(type: number): Buffer {
  return Buffer.concat([Buffer.of(type, 0, 0, 0), short(1, 1), Buffer.from('echo')]);
}

/** An ARP request for an address. */
export const arp: Buffer = Buffer.concat([
  hex('0001080006040001 0200000000ff c0000201 000000000000 c0000207'),
]);

const MARK = 'berkeley';

/** The frame with its number at the end, which identifies it even if its header changes. */
export function marked(frame: Buffer, index: number): Buffer {
  return Buffer.concat([frame, Buffer.from(MARK), short(index)]);
}

/** The number of a received frame; `undefined` if it is not ours. */
export function indexOf(frame: Buffer): number | undefined {
  const end = frame.length - 2;
  return frame.toString('latin1', end - MARK.length, end) === MARK ? frame.readUInt16BE(end) : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  using socket = new Socket(AF_PACKET, SOCK_RAW);
  socket.bind({ interface: process.argv[2]!, protocol: 0 });
  for await (const line of createInterface({ input: process.stdin })) socket.sendSync(hex(line));
  console.log('sent');
}
