/**
 * The path tests run this program inside a network namespace: `path-program.js <user> <address>
 * <command>...`, where user is `root` or `nobody`. It prints the results of the commands as a JSON array.
 */
import { AF_INET, AF_INET6, IPPROTO_ICMP, IPPROTO_ICMPV6, SOCK_DGRAM, SOCK_RAW, Socket } from 'berkeley';
import {
  ICMP_ECHOREPLY,
  ICMP_TIME_EXCEEDED,
  ICMP6_ECHO_REPLY,
  ICMP6_TIME_EXCEEDED,
  IP_PMTUDISC_DO,
  IPV6_PMTUDISC_DO,
} from 'berkeley/constants';
import { hoplimit, spaceFor, ttl } from 'berkeley/control';
import { ip, ipv6 } from 'berkeley/options';
import { echoRequest, echoRequest6 } from '../support/icmp.js';

const wait = { timeout: 20_000 };
/** The identifier of our echo requests. A ping socket uses its port instead. */
const IDENTIFIER = 0x4545;
const MOST_HOPS = 10;

/** The differences between IPv4 and IPv6. */
interface Kind {
  open(type: number, protocol?: number): Socket<'inet'>;
  /** Sets the TTL or hop limit of packets. */
  reach(socket: Socket<'inet'>, hops: number): void;
  /** Enables the error queue, and reception of the TTL or hop limit. */
  listen(socket: Socket<'inet'>): void;
  /** Forbids fragmentation. */
  neverCut(socket: Socket<'inet'>): void;
  readonly icmp: number;
  readonly request: typeof echoRequest;
  /** The ICMP message in a packet that a raw socket received. */
  readonly messageOf: (packet: Buffer) => Buffer;
  readonly reply: number;
  readonly exceeded: number;
  /** The length of the IP header that an error quotes. */
  readonly quoted: number;
}

const inet: Kind = {
  open: (type, protocol) => new Socket(AF_INET, type, protocol),
  reach: (socket, hops) => socket.setOption(ip.ttl, hops),
  listen(socket) {
    socket.setOption(ip.recverr, true);
    socket.setOption(ip.recvttl, true);
  },
  neverCut: socket => socket.setOption(ip.mtuDiscover, IP_PMTUDISC_DO),
  icmp: IPPROTO_ICMP,
  request: echoRequest,
  messageOf: packet => packet.subarray((packet[0]! & 15) * 4),
  reply: ICMP_ECHOREPLY,
  exceeded: ICMP_TIME_EXCEEDED,
  quoted: 20,
};

const asInet6 = (socket: Socket<'inet'>) => socket as unknown as Socket<'inet6'>;

const inet6: Kind = {
  open: (type, protocol) => new Socket(AF_INET6, type, protocol) as unknown as Socket<'inet'>,
  reach: (socket, hops) => asInet6(socket).setOption(ipv6.unicastHops, hops),
  listen(socket) {
    asInet6(socket).setOption(ipv6.recverr, true);
    asInet6(socket).setOption(ipv6.recvhoplimit, true);
  },
  neverCut: socket => asInet6(socket).setOption(ipv6.mtuDiscover, IPV6_PMTUDISC_DO),
  icmp: IPPROTO_ICMPV6,
  request: echoRequest6,
  messageOf: packet => packet,
  reply: ICMP6_ECHO_REPLY,
  exceeded: ICMP6_TIME_EXCEEDED,
  quoted: 40,
};

const kindOf = (host: string): Kind => (host.includes(':') ? inet6 : inet);

/** ping(8): three echo requests, over a raw socket or over a ping socket. */
async function ping(host: string, type: number): Promise<unknown> {
  const kind = kindOf(host);
  using socket = kind.open(type, kind.icmp);
  kind.listen(socket);
  const replies: object[] = [];
  for (let sequence = 1; sequence <= 3; sequence++) {
    await socket.sendto(kind.request(IDENTIFIER, sequence, 'berkeley'), { host, port: 0 }, wait);
    for (;;) {
      const { data, control, address } = await socket.recvmsg(2048, {
        control: spaceFor(ttl, hoplimit),
        ...wait,
      });
      const message = type === SOCK_RAW ? kind.messageOf(data) : data;
      if (message[0] !== kind.reply || (type === SOCK_RAW && message.readUInt16BE(4) !== IDENTIFIER))
        continue;
      replies.push({
        from: address?.host,
        sequence: message.readUInt16BE(6),
        ttl: ttl.find(control) ?? hoplimit.find(control),
        data: String(message.subarray(8)),
      });
      break;
    }
  }
  return replies;
}

/** tracepath(8): UDP datagrams with a small TTL. The error queue reports where they ended. */
async function traceroute(host: string): Promise<unknown> {
  const kind = kindOf(host);
  using socket = kind.open(SOCK_DGRAM);
  kind.listen(socket);
  const path: object[] = [];
  for (let hops = 1; hops < MOST_HOPS; hops++) {
    kind.reach(socket, hops);
    await socket.sendto('probe', { host, port: 33434 + hops }, wait);
    const { offender, code, type, subtype, origin, destination, packet } = await socket.recvError(wait);
    const from = (offender as { host: string } | null)?.host;
    path.push({ from, code, type, subtype, origin, port: destination?.port, packet: String(packet) });
    if (from === host) break;
  }
  return path;
}

/** traceroute -I: echo requests with a small TTL. A raw socket receives the routers' answers. */
async function tracerouteIcmp(host: string): Promise<unknown> {
  const kind = kindOf(host);
  using socket = kind.open(SOCK_RAW, kind.icmp);
  const path: string[] = [];
  for (let hops = 1; hops < MOST_HOPS; hops++) {
    kind.reach(socket, hops);
    await socket.sendto(kind.request(IDENTIFIER, hops), { host, port: 0 }, wait);
    for (;;) {
      const { data, address } = await socket.recvfrom(2048, wait);
      const message = kind.messageOf(data);
      const about = message[0] === kind.exceeded ? message.subarray(8 + kind.quoted) : message;
      if (![kind.exceeded, kind.reply].includes(message[0]!) || about.readUInt16BE(4) !== IDENTIFIER)
        continue;
      path.push(address!.host);
      break;
    }
    if (path.at(-1) === host) break;
  }
  return path;
}

/** The path MTU: datagrams that exceed it. The error queue reports the permitted size. */
async function mtu(host: string): Promise<unknown> {
  const kind = kindOf(host);
  using socket = kind.open(SOCK_DGRAM);
  kind.listen(socket);
  kind.neverCut(socket);
  await socket.sendto(Buffer.alloc(1400), { host, port: 33434 }, wait);
  const { code, info, offender } = await socket.recvError(wait);
  return { code, mtu: info, from: (offender as { host: string } | null)?.host };
}

const commands: Readonly<Record<string, (host: string) => Promise<unknown>>> = {
  ping: host => ping(host, SOCK_DGRAM),
  'ping-raw': host => ping(host, SOCK_RAW),
  traceroute,
  'traceroute-icmp': tracerouteIcmp,
  mtu,
};

const [user, host = '', ...named] = process.argv.slice(2);
if (user === 'nobody') {
  process.setgroups!([]);
  process.setgid!(65534);
  process.setuid!(65534);
}
const results: unknown[] = [];
for (const command of named) {
  try {
    results.push(await commands[command]!(host));
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    results.push({ name, code, message });
  }
}
console.log(JSON.stringify(results));
