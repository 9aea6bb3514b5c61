/** A packet as one line, in the manner of tcpdump. */
import { AF_INET, AF_INET6, inet_ntop } from 'berkeley';

const flagNames = 'FSRP.UEW'; // FIN, SYN, RST, PSH, ACK, URG, ECE, CWR: RFC 9293

/**
 * Describes a packet from its network header on.
 *
 * @param protocol the Ethernet protocol
 */
export function formatPacket(data: Buffer, protocol: number): string {
  try {
    if (protocol === 0x0800) return formatIpv4(data);
    if (protocol === 0x86dd) return formatIpv6(data);
    if (protocol === 0x0806) return formatArp(data);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `truncated packet, ethertype 0x${protocol.toString(16).padStart(4, '0')}, ${data.length} bytes`;
  }
  return `ethertype 0x${protocol.toString(16).padStart(4, '0')}, length ${data.length}`;
}

function formatIpv4(data: Buffer): string {
  const header = (data.readUInt8(0) & 0x0f) * 4;
  const payload = data.subarray(header, Math.max(header, data.readUInt16BE(2)));
  const [from, to] = [data.subarray(12, 16), data.subarray(16, 20)].map(bytes =>
    inet_ntop(AF_INET, bytes),
  ) as [string, string];
  const offset = (data.readUInt16BE(6) & 0x1fff) * 8;
  if (offset > 0) return `IP ${from} > ${to}: fragment at ${offset}, length ${payload.length}`;
  return `IP ${formatTransport(from, to, data.readUInt8(9), payload)}`;
}

function formatIpv6(data: Buffer): string {
  const payload = data.subarray(40, 40 + data.readUInt16BE(4));
  const [from, to] = [data.subarray(8, 24), data.subarray(24, 40)].map(bytes =>
    inet_ntop(AF_INET6, bytes),
  ) as [string, string];
  return `IP6 ${formatTransport(from, to, data.readUInt8(6), payload)}`;
}

function formatTransport(from: string, to: string, protocol: number, data: Buffer): string {
  const ends = () => `${from}.${data.readUInt16BE(0)} > ${to}.${data.readUInt16BE(2)}:`;
  switch (protocol) {
    case 6:
      return `${ends()} ${formatTcp(data)}`;
    case 17:
      return `${ends()} UDP, length ${data.readUInt16BE(4) - 8}`;
    case 1:
      return `${from} > ${to}: ICMP ${formatIcmp(data)}`;
    case 58:
      return `${from} > ${to}: ICMP6 ${formatIcmp(data)}`;
    default:
      return `${from} > ${to}: protocol ${protocol}, length ${data.length}`;
  }
}

function formatTcp(data: Buffer): string {
  const flags = [...flagNames].filter((_, bit) => (data.readUInt8(13) & (1 << bit)) !== 0).join('');
  const length = data.length - (data.readUInt8(12) >> 4) * 4;
  return `Flags [${flags || 'none'}], seq ${data.readUInt32BE(4)}, ack ${data.readUInt32BE(8)}, win ${data.readUInt16BE(14)}, length ${length}`;
}

const icmpNames: Readonly<Record<number, string>> = {
  0: 'echo reply',
  3: 'unreachable',
  8: 'echo request',
  11: 'time exceeded',
  128: 'echo request',
  129: 'echo reply',
  133: 'router solicitation',
  134: 'router advertisement',
  135: 'neighbor solicitation',
  136: 'neighbor advertisement',
};

function formatIcmp(data: Buffer): string {
  const type = data.readUInt8(0);
  const name = icmpNames[type] ?? `type ${type} code ${data.readUInt8(1)}`;
  const echo = name.startsWith('echo') ? `, id ${data.readUInt16BE(4)}, seq ${data.readUInt16BE(6)}` : '';
  return `${name}${echo}, length ${data.length}`;
}

function formatArp(data: Buffer): string {
  const [sender, target] = [data.subarray(14, 18), data.subarray(24, 28)].map(bytes =>
    inet_ntop(AF_INET, bytes),
  );
  if (data.readUInt16BE(6) === 1)
    return `ARP, Request who-has ${target} tell ${sender}, length ${data.length}`;
  const hardware = [...data.subarray(8, 14)].map(byte => byte.toString(16).padStart(2, '0')).join(':');
  return `ARP, Reply ${sender} is-at ${hardware}, length ${data.length}`;
}

/** Returns the local time of day: `12:34:56.789012`. */
export function formatTime(nanoseconds: bigint): string {
  const date = new Date(Number(nanoseconds / 1_000_000n));
  const two = (value: number) => String(value).padStart(2, '0');
  const micro = String((nanoseconds / 1000n) % 1_000_000n).padStart(6, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${micro}`;
}
