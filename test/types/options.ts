/** The value types of options, and the sockets that support them. The compiler is the test. */
import {
  AF_CAN,
  AF_PACKET,
  CAN_RAW,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  Socket,
  type SocketAddress,
  type SocketType,
} from 'berkeley';
import { A, alu, bpf, jump, ld, type Program, ret, X } from 'berkeley/bpf';
import {
  canRaw,
  codec,
  defineLevel,
  ip,
  ipv6,
  multicast,
  type Option,
  packet,
  type ReadOnlyOption,
  so,
  tcp,
  type WriteOnlyOption,
  withParameter,
} from 'berkeley/options';
import { is } from './same.js';

export function rows(socket: Socket, unix: Socket<'unix'>): void {
  is<Option<number>>()(so.rcvbuf);
  is<ReadOnlyOption<tcp.TcpInfo, 'inet' | 'inet6'>>()(tcp.info);
  is<WriteOnlyOption<void>>()(so.detachFilter);

  is<boolean>()(socket.getOption(tcp.nodelay));
  is<number>()(socket.getOption(tcp.info).rtt);
  is<number | undefined>()(socket.getOption(tcp.info).bytesAcked);
  is<so.Linger>()(socket.getOption(so.linger));
  is<number | null>()(socket.getOption(so.rcvtimeo));
  is<bigint>()(socket.getOption(so.cookie));
  is<Program | null>()(socket.getOption(so.getFilter));
  is<SocketAddress>()(socket.getOption(so.peername));
  is<so.Credentials>()(unix.getOption(so.peercred));
  is<readonly number[]>()(unix.getOption(so.peergroups));

  socket.setOption(so.linger, null);
  socket.setOption(so.linger, { seconds: 1 });
  socket.setOption(so.detachFilter);
  socket.setOption(so.maxPacingRate, Number.POSITIVE_INFINITY);
  socket.setOption(so.timestamping, { flags: 1 });
  socket.setOption(ip.multicastIf, 'eth0');
  socket.setOption(ip.multicastIf, 2);
  is<string>()(socket.getOption(ip.multicastIf));
}

export function values(socket: Socket): void {
  // @ts-expect-error a boolean option is true or false
  socket.setOption(tcp.nodelay, 1);
  // @ts-expect-error a number
  socket.setOption(so.rcvbuf, '1');
  // @ts-expect-error a number of seconds has to be in an object
  socket.setOption(so.linger, 5);
  // @ts-expect-error a field that does not exist
  socket.setOption(so.linger, { minutes: 1 });
  // @ts-expect-error a value is missing
  socket.setOption(so.rcvbuf);
  // @ts-expect-error an option without a value
  socket.setOption(so.detachFilter, 1);
  // @ts-expect-error a filter is a program
  socket.setOption(so.attachFilter, new Uint8Array(8));
  // @ts-expect-error a group has to be in an object
  socket.setOption(ip.addMembership, '239.1.2.3');
  // @ts-expect-error a source is missing
  socket.setOption(ip.mcastJoinSourceGroup, { group: '239.1.2.3' });
}

export function directions(socket: Socket): void {
  // @ts-expect-error read only
  socket.setOption(so.error, 0);
  // @ts-expect-error read only
  socket.setOption(tcp.info, {});
  // @ts-expect-error write only
  socket.getOption(so.rcvbufforce);
  // @ts-expect-error write only
  socket.getOption(ip.addMembership);
  // @ts-expect-error write only
  socket.getOption(so.attachFilter);
  // @ts-expect-error a number is not a row
  socket.getOption(7);
}

export function families(
  socket: Socket,
  six: Socket<'inet6'>,
  unix: Socket<'unix'>,
  any: Socket<'inet' | 'inet6'>,
  either: Socket<'inet'> | Socket<'inet6'>,
): void {
  six.setOption(ipv6.v6only, true);
  six.setOption(ip.ttl, 9);
  any.setOption(tcp.nodelay, true);
  either.setOption(tcp.nodelay, true);
  either.setOption(so.detachFilter);
  is<number>()(either.getOption(tcp.info).rtt);
  unix.setOption(so.rcvbuf, 1);
  const bus = new Socket(AF_CAN, SOCK_RAW, CAN_RAW);
  bus.setOption(canRaw.filter, [{ id: 1, mask: 0x7ff }]);
  const frames = new Socket(AF_PACKET, SOCK_RAW);
  is<packet.PacketStatistics>()(frames.getOption(packet.statistics));

  // @ts-expect-error an option of IPv6
  socket.setOption(ipv6.v6only, true);
  // @ts-expect-error an option of IPv6, and the socket may be one of IPv4
  any.setOption(ipv6.v6only, true);
  // @ts-expect-error the same for a union
  either.setOption(ipv6.v6only, true);
  // @ts-expect-error a boolean option is true or false
  either.setOption(tcp.nodelay, 1);
  // @ts-expect-error an option of IP
  unix.setOption(ip.ttl, 9);
  // @ts-expect-error an option of TCP
  unix.getOption(tcp.info);
  // @ts-expect-error an option of Unix sockets
  socket.getOption(so.peercred);
  // @ts-expect-error an option of CAN
  socket.setOption(canRaw.loopback, true);
  // @ts-expect-error only for raw IPv4
  six.setOption(ip.hdrincl, true);
}

export function questions(socket: Socket): void {
  const filter = socket.getOption(withParameter(ip.mcastMsfilter, { group: '239.1.2.3', interface: 2 }));
  is<readonly string[]>()(filter.sources);
  // @ts-expect-error a field that does not exist
  withParameter(ip.mcastMsfilter, { source: '192.0.2.1' });
  // @ts-expect-error of another family
  socket.getOption(withParameter(ipv6.mcastMsfilter, { group: 'ff02::1' }));
}

export function groups(four: Socket, six: Socket<'inet6'>, unix: Socket<'unix'>): void {
  multicast.join(four, { group: '239.1.2.3' });
  multicast.join(six, { group: 'ff02::fb', interface: 'eth0', source: '2001:db8::1' });
  is<'include' | 'exclude'>()(multicast.sources(four, { group: '239.1.2.3' }).mode);
  // @ts-expect-error Unix sockets have no groups
  multicast.join(unix, { group: '239.1.2.3' });
  // @ts-expect-error a group is missing
  multicast.join(four, { interface: 'eth0' });
  // @ts-expect-error a source is missing
  multicast.block(four, { group: '239.1.2.3' });
}

export function programs(): void {
  is<Program>()(bpf([ld.half(X.plus(2)), alu.add(X), jump.eq(1, 'a', 'b'), ret(A)]));
  // @ts-expect-error a size that does not exist
  ld.quad(1);
  // @ts-expect-error a property that the kernel does not report for a packet
  ld.ancillary('colour');
  // @ts-expect-error labels are names
  jump.always(3);
  // @ts-expect-error X is not returned
  ret(X);
}

export function own(socket: Socket, unix: Socket<'unix'>): void {
  const level = defineLevel({ constants: { TCP_MINE: 99 }, level: 6, families: ['inet'], man: 'none' });
  const mine = level.readWrite('TCP_MINE', codec.natural, { since: '7.0' });
  is<Option<number, 'inet'>>()(mine);
  socket.setOption(mine, 1);
  // @ts-expect-error of another family
  unix.setOption(mine, 1);
  // @ts-expect-error a constant that does not exist
  level.readOnly('TCP_YOURS', codec.natural);
  const stream = new Socket(undefined, SOCK_STREAM);
  is<Socket<'inet'>>()(stream);
  is<SocketType>()(SOCK_DGRAM);
}
