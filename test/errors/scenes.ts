/** Failed calls that have advice: how to provoke each on this kernel. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AddressInput,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  type FamilyName,
  IPPROTO_ICMP,
  IPPROTO_ICMPV6,
  IPPROTO_RAW,
  IPPROTO_SCTP,
  IPPROTO_UDP,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_RDM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  Socket,
  socketpair,
} from 'berkeley';
import { SO_NO_CHECK, SOL_SOCKET } from 'berkeley/constants';
import { icmp, icmp6, udp as udpOptions } from 'berkeley/options';
import { notInWine, notOnWindows, type Skip } from '../support/kernel.js';
import { onWindows } from '../support/local.js';

/** A failed call: how it fails, and the message of its error. */
export interface Scene {
  readonly code: string;
  readonly syscall: string;
  readonly hint: RegExp;
  /** The reason why it does not fail so here, and the remedy. */
  readonly skip?: Skip;
  /** Makes the failing call. It registers the sockets that it opens in `open`. */
  provoke(open: Opener): unknown;
}

type Make = <F extends FamilyName>(socket: Socket<F>) => Socket<F>;

/** Registers sockets, to close them after the scene. */
export interface Opener {
  readonly keep: Make;
  /** A directory for the scene. */
  readonly folder: string;
}

const tcp = () => new Socket(AF_INET, SOCK_STREAM);
const udp = () => new Socket(AF_INET, SOCK_DGRAM);
const tcp6 = () => new Socket(AF_INET6, SOCK_STREAM);
const unix = (type: number = SOCK_STREAM) => new Socket(AF_UNIX, type);

const BROADCAST = { host: '255.255.255.255', port: 9 };
const UNSCOPED = { host: 'fe80::1', port: 9 };

/** The advice for a port in use names a command of the system. */
const portHint = (linux: RegExp): RegExp => (onWindows ? /netstat -ano shows its process$/ : linux);

const interfaceHint: RegExp = onWindows ? /scopeId, a number of if_nameindex/ : /scopeId: if_nametoindex/;

function listening({ keep }: Opener): AddressInput<'inet'> {
  const server = keep(tcp());
  server.bind({ host: '127.0.0.1', port: 0 });
  server.listen();
  return server.getsockname();
}

const pathIn = ({ folder }: Opener) => ({ path: join(folder, 's') });

function bound(open: Opener, type: number = SOCK_STREAM): { path: string } {
  const address = pathIn(open);
  open.keep(unix(type)).bind(address);
  return address;
}

/** The path of a socket that was closed. */
function leftOver(open: Opener): { path: string } {
  const address = pathIn(open);
  const socket = unix();
  socket.bind(address);
  socket.close();
  return address;
}

function file(open: Opener): { path: string } {
  const address = pathIn(open);
  writeFileSync(address.path, '');
  return address;
}

/** Sockets of every kind. */
export const general: Readonly<Record<string, Scene>> = {
  'a socket type that the family does not have': {
    ...{ code: 'ESOCKTNOSUPPORT', syscall: 'socket', hint: /does not have this type/ },
    provoke: () => new Socket(AF_INET, SOCK_RDM),
  },
  'a pair of a family without pairs': {
    ...{ code: 'ENOTSUP', syscall: 'socketpair', hint: /only AF_UNIX and AF_TIPC/ },
    skip: notOnWindows('a family without pairs'),
    provoke: () => socketpair(AF_INET),
  },
  'accept before listen': {
    ...{ code: 'EINVAL', syscall: 'accept', hint: /call listen\(\) first/ },
    provoke: ({ keep }) => keep(tcp()).accept(),
  },
  'listen on a datagram socket': {
    ...{ code: 'ENOTSUP', syscall: 'listen', hint: /only connection-oriented sockets/ },
    skip: notInWine('Wine says EINVAL'),
    provoke: ({ keep }) => keep(udp()).listen(),
  },
  'a second connect': {
    ...{ code: 'EISCONN', syscall: 'connect', hint: /already connected/ },
    async provoke(open) {
      const address = listening(open);
      const client = open.keep(tcp());
      await client.connect(address);
      await client.connect(address);
    },
  },
  'an address on a connected stream': {
    ...{ code: 'EISCONN', syscall: 'sendto', hint: /without an address/ },
    skip: notOnWindows('pairs of AF_UNIX'),
    provoke({ keep }) {
      const [one, two] = socketpair(AF_UNIX, SOCK_STREAM);
      keep(two);
      return keep(one).sendto('x', { abstract: 'another' });
    },
  },
  'a datagram to nobody': {
    ...{ code: 'EDESTADDRREQ', syscall: 'send', hint: /pass an address, or call connect\(\)/ },
    skip: notInWine('Wine says EINVAL'),
    provoke: ({ keep }) => keep(udp()).send('x'),
  },
  'data on a Unix stream that is not connected': {
    ...{ code: 'ENOTCONN', syscall: 'send', hint: /not connected: call connect\(\) first/ },
    skip: notInWine('Wine has no sockets of AF_UNIX'),
    provoke: ({ keep }) => keep(unix(SOCK_STREAM)).send('x'),
  },
  'receiving on a listening socket': {
    ...{ code: 'ENOTCONN', syscall: 'recv', hint: /accept\(\)/ },
    provoke: ({ keep }) => keep(tcp()).recv(1),
  },
  'the peer of no connection': {
    ...{ code: 'ENOTCONN', syscall: 'getpeername', hint: /not connected, or/ },
    provoke: ({ keep }) => keep(tcp()).getpeername(),
  },
};

/** IPv4 and IPv6 sockets. */
export const internet: Readonly<Record<string, Scene>> = {
  'data on a TCP socket that was never connected': {
    ...{ code: 'EPIPE', syscall: 'send', hint: /not connected: call connect\(\) first/ },
    skip: notOnWindows('EPIPE'),
    provoke: ({ keep }) => keep(tcp()).send('x'),
  },
  'a broadcast by sendto': {
    ...{ code: 'EACCES', syscall: 'sendto', hint: /SO_BROADCAST: setOption\(so\.broadcast, true\)/ },
    provoke: ({ keep }) => keep(udp()).sendto('x', BROADCAST),
  },
  'a broadcast by connect': {
    ...{ code: 'EACCES', syscall: 'connect', hint: /SO_BROADCAST/ },
    provoke: ({ keep }) => keep(udp()).connect(BROADCAST),
  },
  'datagrams that the kernel cannot divide': {
    ...{ code: 'EINVAL', syscall: 'sendmsg', hint: /must fit, with its headers, into the MTU of the route$/ },
    skip: notOnWindows('SO_NO_CHECK'),
    provoke: ({ keep }) => {
      const socket = keep(udp());
      socket.setsockopt(SOL_SOCKET, SO_NO_CHECK, 1);
      return socket.sendSegments('abc', 1, { address: { host: '127.0.0.1', port: 9 } });
    },
  },
  'a link-local address without an interface': {
    ...{ code: 'EINVAL', syscall: 'connect', hint: interfaceHint },
    provoke: ({ keep }) => keep(tcp6()).connect(UNSCOPED),
  },
  'the same in bind': {
    ...{ code: 'EINVAL', syscall: 'bind', hint: interfaceHint },
    provoke: ({ keep }) => keep(tcp6()).bind(UNSCOPED),
  },
  'a second bind': {
    ...{ code: 'EINVAL', syscall: 'bind', hint: /already has an address/ },
    provoke({ keep }) {
      const socket = keep(tcp());
      socket.bind({ host: '127.0.0.1', port: 0 });
      socket.bind({ host: '127.0.0.1', port: 0 });
    },
  },
  'a port in use': {
    ...{ code: 'EADDRINUSE', syscall: 'bind', hint: portHint(/ss -ltnp 'sport = :\d+'.*SO_REUSEADDR/) },
    provoke: open => open.keep(tcp()).bind(listening(open)),
  },
  'a UDP port in use': {
    ...{ code: 'EADDRINUSE', syscall: 'bind', hint: portHint(/ss -lunp 'sport = :\d+' shows its process$/) },
    provoke({ keep }) {
      const first = keep(udp());
      first.bind({ host: '127.0.0.1', port: 0 });
      keep(udp()).bind(first.getsockname());
    },
  },
  'an address of another machine': {
    ...{ code: 'EADDRNOTAVAIL', syscall: 'bind', hint: /no interface of this machine/ },
    provoke: ({ keep }) => keep(tcp()).bind({ host: '192.0.2.1', port: 0 }),
  },
  'a datagram that is too long': {
    ...{ code: 'EMSGSIZE', syscall: 'sendto', hint: /65507/ },
    provoke: ({ keep }) => keep(udp()).sendto(Buffer.alloc(70_000), { host: '127.0.0.1', port: 9 }),
  },
};

/** IPv4 sockets in an unprivileged process. */
export const unprivileged: Readonly<Record<string, Scene>> = {
  'a low port': {
    ...{ code: 'EACCES', syscall: 'bind', hint: /CAP_NET_BIND_SERVICE.*ip_unprivileged_port_start=81/ },
    provoke: ({ keep }) => keep(tcp()).bind({ host: '', port: 81 }),
  },
  'a raw socket': {
    ...{ code: 'EPERM', syscall: 'socket', hint: /CAP_NET_RAW/ },
    provoke: () => new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP),
  },
  'an ICMP socket': {
    ...{ code: 'EACCES', syscall: 'socket', hint: /net\.ipv4\.ping_group_range/ },
    provoke: () => new Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP),
  },
};

const LOOPBACK6 = { host: '::1' };

/** Raw and ping sockets, in a network of their own. */
export const ownNetwork: Readonly<Record<string, Scene>> = {
  'a ping that is not an echo request': {
    ...{ code: 'EINVAL', syscall: 'sendto', hint: /a ping socket only sends echo requests: type 8, code 0/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)).sendto(Buffer.alloc(8, 1), { host: '127.0.0.1' }),
  },
  'a ping that is too short': {
    ...{ code: 'EINVAL', syscall: 'sendto', hint: /at least 8 bytes/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)).sendto(Buffer.of(8, 0), { host: '127.0.0.1' }),
  },
  'a ping over IPv6 that is not an echo request': {
    ...{ code: 'EINVAL', syscall: 'sendto', hint: /only sends echo requests: type 128, code 0/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6)).sendto(Buffer.alloc(8, 1), LOOPBACK6),
  },
  'a packet that has no IPv4 header': {
    ...{ code: 'EINVAL', syscall: 'sendto', hint: /begins with an IPv4 header/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET, SOCK_RAW, IPPROTO_RAW)).sendto('too short', { host: '127.0.0.1' }),
  },
  'a packet that has no IPv6 header': {
    ...{ code: 'EINVAL', syscall: 'sendto', hint: /begins with an IPv6 header/ },
    provoke: ({ keep }) => keep(new Socket(AF_INET6, SOCK_RAW, IPPROTO_RAW)).sendto('too short', LOOPBACK6),
  },
  'a packet with its own header that is longer than the MTU': {
    ...{ code: 'EMSGSIZE', syscall: 'sendto', hint: /does not fragment packets with your own IP header/ },
    provoke({ keep }) {
      const packet = Buffer.alloc(65_536, 1); // more than any packet of IPv4 has
      packet[0] = 0x45;
      return keep(new Socket(AF_INET, SOCK_RAW, IPPROTO_RAW)).sendto(packet, { host: '127.0.0.1' });
    },
  },
  'a raw message that is too long': {
    ...{ code: 'EMSGSIZE', syscall: 'sendto', hint: /65507/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)).sendto(Buffer.alloc(70_000), { host: '127.0.0.1' }),
  },
  'the port of another protocol': {
    ...{ code: 'EINVAL', syscall: 'sendto', hint: /the number of its protocol or 0: leave it out/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6)).sendto('x', { ...LOOPBACK6, port: 9 }),
  },
  'a filter of ICMP on another protocol': {
    ...{ code: 'ENOTSUP', syscall: 'setsockopt', hint: /^ICMP_FILTER: only valid with IPPROTO_ICMP$/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET, SOCK_RAW, IPPROTO_UDP)).setOption(icmp.filter, { block: [8] }),
  },
  'a filter of ICMPv6 on another protocol': {
    ...{ code: 'ENOTSUP', syscall: 'setsockopt', hint: /^ICMP6_FILTER: only valid with IPPROTO_ICMPV6$/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET6, SOCK_RAW, IPPROTO_UDP)).setOption(icmp6.filter, { block: [128] }),
  },
  'an option of UDP on a ping socket': {
    ...{ code: 'ENOPROTOOPT', syscall: 'setsockopt', hint: /^UDP_CORK: only valid with IPPROTO_UDP$/ },
    provoke: ({ keep }) =>
      keep(new Socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)).setOption(udpOptions.cork, true),
  },
};

/** Unix sockets. */
export const unixScenes: Readonly<Record<string, Scene>> = {
  'a path that is left over': {
    ...{ code: 'EADDRINUSE', syscall: 'bind', hint: /no process serves .*unlink: 'stale'/ },
    provoke: open => open.keep(unix()).bind(leftOver(open)),
  },
  'a path that is served': {
    ...{ code: 'EADDRINUSE', syscall: 'bind', hint: /another socket is bound to this path; ss -xlp/ },
    provoke: open => open.keep(unix()).bind(bound(open)),
  },
  'a path that is served by a datagram socket with a peer': {
    ...{ code: 'EADDRINUSE', syscall: 'bind', hint: /another socket is bound to this path/ },
    async provoke(open) {
      const peer = open.keep(unix(SOCK_DGRAM));
      peer.bind({ path: join(open.folder, 'peer') });
      const socket = open.keep(unix(SOCK_DGRAM));
      socket.bind(pathIn(open));
      await socket.connect({ path: join(open.folder, 'peer') });
      open.keep(unix(SOCK_DGRAM)).bind(pathIn(open));
    },
  },
  'a path whose server has ended, with a connection left': {
    ...{ code: 'EADDRINUSE', syscall: 'bind', hint: /no process serves/ },
    async provoke(open) {
      const server = open.keep(unix());
      server.bind(pathIn(open));
      server.listen();
      await open.keep(unix()).connect(pathIn(open));
      open.keep((await server.accept()).socket);
      server.close();
      open.keep(unix()).bind(pathIn(open));
    },
  },
  'a path of a file': {
    ...{ code: 'EADDRINUSE', syscall: 'bind', hint: /the file at this path is not a socket/ },
    provoke: open => open.keep(unix()).bind(file(open)),
  },
  'an abstract name in use': {
    ...{ code: 'EADDRINUSE', syscall: 'bind', hint: /abstract name; ss -xlp/ },
    provoke({ keep }) {
      const first = keep(unix());
      first.bind({ unnamed: true });
      keep(unix()).bind(first.getsockname());
    },
  },
  'a directory that does not exist': {
    ...{ code: 'ENOENT', syscall: 'bind', hint: /directory does not exist/ },
    provoke: ({ keep, folder }) => keep(unix()).bind({ path: join(folder, 'no', 's') }),
  },
  'a second bind': {
    ...{ code: 'EINVAL', syscall: 'bind', hint: /already has an address/ },
    provoke({ keep, folder }) {
      const socket = keep(unix());
      socket.bind({ path: join(folder, 'a') });
      socket.bind({ path: join(folder, 'b') });
    },
  },
  'a path where nothing is': {
    ...{ code: 'ENOENT', syscall: 'connect', hint: /check that the server was started/ },
    provoke: open => open.keep(unix()).connect(pathIn(open)),
  },
  'a server that does not listen yet': {
    ...{ code: 'ECONNREFUSED', syscall: 'connect', hint: /no process serves.*listen\(\)/ },
    provoke: open => open.keep(unix()).connect(bound(open)),
  },
  'a file': {
    ...{ code: 'ECONNREFUSED', syscall: 'connect', hint: /the file at this path is not a socket/ },
    provoke: open => open.keep(unix()).connect(file(open)),
  },
  'an abstract name of nobody': {
    ...{ code: 'ECONNREFUSED', syscall: 'connect', hint: /abstract name/ },
    provoke: ({ keep }) => keep(unix()).connect({ abstract: 'berkeley: nobody has this name' }),
  },
  'a socket of another type': {
    ...{
      code: 'EPROTOTYPE',
      syscall: 'connect',
      hint: /has a different type; this socket is SOCK_SEQPACKET/,
    },
    provoke: open => open.keep(unix(SOCK_SEQPACKET)).connect(bound(open)),
  },
  'a message that is too long': {
    ...{ code: 'EMSGSIZE', syscall: 'send', hint: /so\.sndbuf/ },
    provoke({ keep }) {
      const [one, two] = socketpair(AF_UNIX, SOCK_DGRAM);
      keep(two);
      return keep(one).send(Buffer.alloc(1 << 24));
    },
  },
};

/** Unix sockets in an unprivileged process, with a directory of root. */
export const unixUnprivileged: Readonly<Record<string, Scene>> = {
  'a directory that is not writable': {
    ...{ code: 'EACCES', syscall: 'bind', hint: /directory must be writable/ },
    provoke: ({ keep }) => keep(unix()).bind({ path: '/berkeley-test' }),
  },
};

/** A protocol that this kernel lacks. */
export const lacking: Scene = {
  code: 'EPROTONOSUPPORT',
  syscall: 'socket',
  hint: onWindows ? /Windows does not have this protocol/ : /SCTP needs a kernel module: modprobe sctp/,
  provoke: () => new Socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP).close(),
};
