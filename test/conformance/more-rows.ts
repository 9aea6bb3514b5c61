/**
 * The kinds of socket that not every kernel supports. They run here if this kernel supports them, and in the
 * guest of vm/run.mjs.
 */
import {
  AF_BLUETOOTH,
  AF_CAN,
  AF_INET,
  AF_NETLINK,
  AF_QIPCRTR,
  AF_RDS,
  AF_TIPC,
  AF_VSOCK,
  BDADDR_ANY,
  BTPROTO_L2CAP,
  BTPROTO_RFCOMM,
  CAN_ISOTP,
  CAN_J1939,
  CAN_RAW,
  IPPROTO_MPTCP,
  IPPROTO_SCTP,
  IPPROTO_UDPLITE,
  NETLINK_USERSOCK,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_RDM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  type Socket,
  TIPC_NODE_SCOPE,
  VMADDR_CID_ANY,
  VMADDR_PORT_ANY,
} from 'berkeley';
import { VMADDR_CID_LOCAL } from 'berkeley/constants';
import { vcan } from '../support/can.js';
import { needsSocket, type Skip } from '../support/kernel.js';
import { internet, type Row, type Trait, tcpTraits, udpTraits } from '../support/rows.js';
import { controllerAddress, startBluetooth, stopBluetooth } from './bluetooth-link.js';
import { hasLoopback } from './loopback.js';
import { peeledPair } from './peel-off.js';

let count = 0;
const traits = (...all: Trait[]): ReadonlySet<Trait> => new Set(all);
const without = (all: readonly Trait[], ...missing: Trait[]) =>
  new Set(all.filter(trait => !missing.includes(trait)));

/** A row, which is skipped if the kernel does not support such a socket. */
function row(row: Omit<Row, 'skip'>, skip?: Skip): Row {
  const { name, family, type, protocol } = row;
  return { ...row, skip: skip ?? needsSocket(name, family, type, protocol) };
}

const overInternet: readonly Row[] = Object.entries(internet).flatMap(([name, where]) => [
  row({
    name: `mptcp ${name} stream`,
    type: SOCK_STREAM,
    protocol: IPPROTO_MPTCP,
    traits: without(tcpTraits, 'urgent'),
    ...where,
  }),
  row({
    name: `udplite ${name} dgram`,
    type: SOCK_DGRAM,
    protocol: IPPROTO_UDPLITE,
    traits: new Set(udpTraits),
    ...where,
  }),
  row({
    name: `sctp ${name} stream`,
    type: SOCK_STREAM,
    protocol: IPPROTO_SCTP,
    traits: traits('messages', 'connections', 'end', 'reset', 'handshake', 'host'),
    ...where,
  }),
]);

const sctpMany: Row = row({
  name: 'sctp seqpacket',
  family: AF_INET,
  type: SOCK_SEQPACKET,
  protocol: IPPROTO_SCTP,
  traits: traits('messages', 'host'),
  address: internet.inet.address,
  pair: context => peeledPair(context),
});

const kinds = {
  stream: [SOCK_STREAM, ['stream', 'connections']],
  seqpacket: [SOCK_SEQPACKET, ['messages', 'cut', 'connections']],
  rdm: [SOCK_RDM, ['messages', 'cut', 'datagrams', 'empty']],
  dgram: [SOCK_DGRAM, ['messages', 'cut', 'datagrams', 'empty']],
} as const;

/** Clients reach a server by its service. Each socket also has a number, which its peers see. */
const tipc: readonly Row[] = Object.entries(kinds).map(([label, [type, can]]) =>
  row({
    name: `tipc ${label}`,
    family: AF_TIPC,
    type,
    traits: traits(...can, ...(type === SOCK_DGRAM || type === SOCK_RDM ? [] : (['rendezvous'] as const))),
    anonymous: true,
    address: () => ({ type: 40_000 + ++count, lower: 1, upper: 1, scope: TIPC_NODE_SCOPE }),
    reach: (_, address) => ({ type: (address as { type: number }).type, instance: 1 }),
  }),
);

const local = (socket: { getsockname(): unknown }) => {
  const { port } = (socket as Socket<'vsock'>).getsockname();
  return { family: 'vsock', cid: VMADDR_CID_LOCAL, port } as const;
};

const vsock: readonly Row[] = (['stream', 'seqpacket'] as const).map(label =>
  row(
    {
      name: `vsock ${label}`,
      family: AF_VSOCK,
      type: kinds[label][0],
      traits: traits(...kinds[label][1], 'end', 'half-closed', 'handshake'),
      address: () => ({ cid: VMADDR_CID_ANY, port: VMADDR_PORT_ANY }),
      reach: local,
      seen: local,
    },
    hasLoopback(kinds[label][0]),
  ),
);

const datagrams: readonly Row[] = [
  row({
    name: 'netlink raw',
    family: AF_NETLINK,
    type: SOCK_RAW,
    protocol: NETLINK_USERSOCK,
    traits: traits('messages', 'cut', 'datagrams', 'empty'),
    address: () => ({ pid: 0, groups: 0 }),
  }),
  row({
    name: 'rds seqpacket',
    family: AF_RDS,
    type: SOCK_SEQPACKET,
    traits: traits('messages', 'cut', 'datagrams', 'empty', 'host'),
    address: internet.inet.address as never,
  }),
  row({
    name: 'qipcrtr dgram',
    family: AF_QIPCRTR,
    type: SOCK_DGRAM,
    traits: traits('messages', 'cut', 'datagrams', 'empty'),
    address: () => ({ node: 1, port: 0 }),
  }),
];

const onBus = (name: string, type: number, protocol: number): Skip =>
  needsSocket(`${name} on ${vcan}`, AF_CAN, type, protocol, vcan);

/** A group of J1939 frames that goes to one node. */
const pgn = 0x12300;

const bus: readonly Row[] = [
  row(
    {
      name: 'can raw',
      family: AF_CAN,
      type: SOCK_RAW,
      protocol: CAN_RAW,
      traits: traits('frames'),
      pair: context => [context.bind({ interface: vcan }), context.bind({ interface: vcan })],
    },
    onBus('CAN_RAW', SOCK_RAW, CAN_RAW),
  ),
  row(
    {
      name: 'can isotp dgram',
      family: AF_CAN,
      type: SOCK_DGRAM,
      protocol: CAN_ISOTP,
      traits: traits('messages', 'cut'),
      longest: 1000,
      pair: context => {
        const [one, other] = [++count, ++count];
        const channel = (rxId: number, txId: number) => context.bind({ interface: vcan, rxId, txId });
        return [channel(one, other), channel(other, one)];
      },
    },
    onBus('CAN_ISOTP', SOCK_DGRAM, CAN_ISOTP),
  ),
  row(
    {
      name: 'can j1939 dgram',
      family: AF_CAN,
      type: SOCK_DGRAM,
      protocol: CAN_J1939,
      traits: traits('messages', 'cut', 'datagrams'),
      longest: 1785,
      address: () => ({ interface: vcan, address: 1 + (count++ % 200) }),
      reach: (_, address) => ({ ...address, pgn }) as never,
      seen: socket => ({ ...socket.getsockname(), pgn }) as never,
    },
    onBus('CAN_J1939', SOCK_DGRAM, CAN_J1939),
  ),
];

const bluetooth: readonly Row[] = [
  row({
    name: 'bluetooth l2cap seqpacket',
    family: AF_BLUETOOTH,
    type: SOCK_SEQPACKET,
    protocol: BTPROTO_L2CAP,
    traits: traits('messages', 'cut', 'connections', 'end'),
    longest: 672,
    start: startBluetooth,
    stop: stopBluetooth,
    address: () => ({ address: BDADDR_ANY, psm: 0x1001 + 2 * (++count % 0x7f) }),
    reach: socket => ({ ...socket.getsockname(), address: controllerAddress() }) as never,
  }),
  row({
    name: 'bluetooth rfcomm stream',
    family: AF_BLUETOOTH,
    type: SOCK_STREAM,
    protocol: BTPROTO_RFCOMM,
    traits: traits('stream', 'connections'),
    much: 100_000,
    start: startBluetooth,
    stop: stopBluetooth,
    address: () => ({ address: BDADDR_ANY, channel: 1 + (++count % 29) }),
    reach: socket => ({ ...socket.getsockname(), address: controllerAddress() }) as never,
  }),
];

export const moreRows: readonly Row[] = [
  ...overInternet,
  sctpMany,
  ...tipc,
  ...vsock,
  ...datagrams,
  ...bus,
  ...bluetooth,
];
