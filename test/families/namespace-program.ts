/** What the tests of raw sockets run inside a network namespace: `traceroute <address>`, `ping <address>`. */
import { pathToFileURL } from 'node:url';
import { AF_INET, IP_RECVERR, IP_TTL, IPPROTO_ICMP, IPPROTO_IP, SOCK_DGRAM, Socket } from 'berkeley';

const wait = { timeout: 10_000 };

/** An ICMP echo request, RFC 792, with its checksum. */
export function echoRequest(identifier: number, sequence: number, data = ''): Buffer {
  const packet = Buffer.concat([Buffer.alloc(8), Buffer.from(data)]);
  packet[0] = 8;
  packet.writeUInt16BE(identifier, 4);
  packet.writeUInt16BE(sequence, 6);
  let sum = 0;
  for (let at = 0; at < packet.length; at += 2) sum += (packet[at]! << 8) | (packet[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  packet.writeUInt16BE(~sum & 0xffff, 2);
  return packet;
}

async function traceroute(host: string): Promise<void> {
  using socket = new Socket(AF_INET, SOCK_DGRAM);
  socket.setsockopt(IPPROTO_IP, IP_RECVERR, 1);
  const path: object[] = [];
  for (let ttl = 1; ttl < 10; ttl++) {
    socket.setsockopt(IPPROTO_IP, IP_TTL, ttl);
    await socket.sendto('probe', 0, { host, port: 33434 }, wait);
    const { offender, code, type, origin } = await socket.recvError(wait);
    const from = offender?.family === 'inet' ? offender.host : null;
    path.push({ offender: from, code, type, origin });
    if (from === host) break;
  }
  console.log(JSON.stringify(path));
}

async function ping(host: string): Promise<void> {
  process.setgroups!([]);
  process.setgid!(65534);
  process.setuid!(65534);
  try {
    using socket = new Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
    await socket.sendto(echoRequest(0, 7, 'berkeley'), 0, { host, port: 0 }, wait);
    const { data, address } = await socket.recvfrom(100, 0, wait);
    const text = `sequence ${data.readUInt16BE(6)} data ${data.subarray(8)}`;
    console.log(`reply ${data[0]} ${text} from ${address?.host}`);
  } catch (error) {
    console.log(String((error as Error).name), (error as { code?: string }).code);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [command, host = ''] = process.argv.slice(2);
  await (command === 'ping' ? ping(host) : traceroute(host));
}
