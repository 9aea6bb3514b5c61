/**
 * Which constants compile as which arguments: see sockets.ts. The functions have the parameters of `new Socket`,
 * `setsockopt`, `getsockopt` and `shutdown`.
 */
import {
  AF_CAN,
  AF_INET,
  AF_INET6,
  AF_PACKET,
  AF_UNSPEC,
  AF_VSOCK,
  BTPROTO_L2CAP,
  CAN_RAW,
  ETH_P_ALL,
  type Family,
  htons,
  IP_TTL,
  IPPROTO_TCP,
  IPPROTO_UDP,
  MSG_PEEK,
  NETLINK_ROUTE,
  type OptionLevel,
  type OptionName,
  type Protocol,
  SHUT_RD,
  SHUT_RDWR,
  SHUT_WR,
  type ShutdownHow,
  SO_REUSEADDR,
  SO_TYPE,
  SO_VM_SOCKETS_BUFFER_SIZE,
  SOCK_CLOEXEC,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOCK_RAW,
  SOCK_STREAM,
  SOL_SOCKET,
  type SocketType,
  TCP_NODELAY,
} from 'berkeley';
import { HV_PROTOCOL_RAW, SYSPROTO_CONTROL, TCP_ESTABLISHED, UTUN_OPT_IFNAME } from 'berkeley/constants';
import { is } from './same.js';

declare function create<F extends string = 'inet'>(
  family?: Family<F>,
  type?: SocketType,
  protocol?: Protocol,
): { readonly family: Family<F> };
declare function setsockopt(level: OptionLevel, name: OptionName, value: number): void;
declare function getsockopt(level: OptionLevel, name: OptionName, size?: number): number;
declare function shutdown(how: ShutdownHow): void;

export function arguments_(): void {
  is<{ readonly family: Family<'inet'> }>()(create());
  is<{ readonly family: Family<'can'> }>()(create(AF_CAN, SOCK_RAW, CAN_RAW));
  create(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  create(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
  create(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  create(AF_INET, 1, 6);
  create(undefined, SOCK_DGRAM, Math.random() > 0.5 ? IPPROTO_UDP : 0);

  // @ts-expect-error a family is not a socket type
  create(AF_INET, AF_INET6);
  // @ts-expect-error a socket type is not a family
  create(SOCK_STREAM);
  // @ts-expect-error a plain number is not a family
  create(2);
  // @ts-expect-error a protocol is not a family
  create(CAN_RAW);
  // @ts-expect-error a protocol is not a socket type
  create(AF_INET, IPPROTO_TCP);
  // @ts-expect-error an option name is not a socket type
  create(AF_INET, SO_TYPE);
  // @ts-expect-error a socket type is not a protocol
  create(AF_INET, SOCK_STREAM, SOCK_NONBLOCK);
  // @ts-expect-error a family is not a protocol
  create(AF_INET, SOCK_STREAM, AF_INET);
  // @ts-expect-error a level is not a protocol
  create(AF_INET, SOCK_STREAM, SOL_SOCKET);
  // @ts-expect-error a direction is not a socket type
  create(AF_INET, SHUT_WR);
}

export function options(): void {
  setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
  setsockopt(IPPROTO_TCP, TCP_NODELAY, 1);
  setsockopt(AF_VSOCK, SO_VM_SOCKETS_BUFFER_SIZE, 1);
  setsockopt(6, 1, 1);
  getsockopt(SYSPROTO_CONTROL, UTUN_OPT_IFNAME, 16);
  getsockopt(HV_PROTOCOL_RAW, 1);
  for (const [level, name] of [[IPPROTO_TCP, TCP_NODELAY] as const, [SOL_SOCKET, SO_TYPE] as const])
    getsockopt(level, name);

  // @ts-expect-error the level comes first
  setsockopt(TCP_NODELAY, IPPROTO_TCP, 1);
  // @ts-expect-error the level comes first
  getsockopt(SO_TYPE, SOL_SOCKET);
  // @ts-expect-error an option name is not a level
  getsockopt(SO_TYPE, 1);
  // @ts-expect-error a level is not an option name
  getsockopt(1, SOL_SOCKET);
  // @ts-expect-error of the families only AF_VSOCK is a level
  setsockopt(AF_INET, IP_TTL, 1);
  // @ts-expect-error a protocol whose number is not an option level
  setsockopt(CAN_RAW, 1, 1);
  // @ts-expect-error a protocol whose number is not an option level
  setsockopt(BTPROTO_L2CAP, 1, 1);
  // @ts-expect-error a socket type is not a level
  setsockopt(SOCK_STREAM, SO_TYPE, 1);
  // @ts-expect-error a netlink protocol is not an option name
  setsockopt(SOL_SOCKET, NETLINK_ROUTE, 1);
}

export function directions(): void {
  shutdown(SHUT_RD);
  shutdown(SHUT_WR);
  shutdown(SHUT_RDWR);
  shutdown(1 as ShutdownHow);

  // @ts-expect-error no direction has this number
  shutdown(7);
  // @ts-expect-error a plain number needs a cast
  shutdown(1);
  // @ts-expect-error an option name is not a direction
  shutdown(SO_TYPE);
  // @ts-expect-error a socket type is not a direction
  shutdown(SOCK_STREAM);
}

/** A constant is usable as a number anywhere, and code ported from C needs at most one cast. */
export function numbers(number: number): void {
  const one: number = SOCK_STREAM;
  const many: number[] = [AF_INET, SOCK_STREAM, IPPROTO_TCP, SOL_SOCKET, SO_TYPE, SHUT_RD];
  is<number>()(SOCK_STREAM | SOCK_NONBLOCK);
  is<number>()(SO_TYPE + 1);
  is<number>()(MSG_PEEK);
  is<number>()(TCP_ESTABLISHED);
  let type = SOCK_STREAM;
  type |= SOCK_NONBLOCK;
  type = SOCK_DGRAM;
  let how = SHUT_RD;
  how = SHUT_WR;
  shutdown(how);
  create(AF_INET, type);
  create(number as Family<'inet'>, number, number);
  setsockopt(number, number, number);
  const names = new Map([[SO_TYPE, 'SO_TYPE']]);
  names.get(number);
  names.set(number, 'another');
  [SOCK_STREAM, SOCK_DGRAM].includes(number);
  if (number === AF_INET || number === SO_TYPE || SHUT_RD === number) return;
  switch (number) {
    case SOCK_STREAM:
    case IPPROTO_UDP:
    case AF_UNSPEC:
      return;
    default:
      many.push(one);
  }
}
