/** The scenes of the demo: the programs of each example, and the output that each must print. */
import { CAN_BCM, CAN_ISOTP, CAN_J1939 } from 'berkeley';
import { canInterface, canProtocol, rawSockets } from './needs.js';

/** A server or client, as two programs that do the same. */
export interface Role {
  /** The program in this folder, without its extension. */
  readonly ours: string;
  /** The Python program in python/. */
  readonly theirs: string;
  /** The lines that both must print. */
  readonly says: readonly RegExp[];
}

/** A server and a client, or a single program. */
export interface Scene {
  readonly title: string;
  readonly server: Role;
  readonly client?: Role;
  /** How the client finds the server: by a port that the kernel chooses, a path, or a CAN interface. */
  readonly meeting?: 'port' | 'path' | 'interface';
  /** The host of the port; `localhost` by default. */
  readonly host?: string;
  /** Returns what the scene needs and this machine lacks, if anything. */
  needs?(): string | undefined;
}

const hello = /^Received (b')?Hello, world'?$/;
const loudHello = /^Received (b')?HELLO, WORLD'?$/;
const neighbour = /^Received (b')?Hello, neighbour'?$/;

/** One of the 16 million loopback addresses that no other program uses, so that the sniffer receives few packets. */
const quietHost = `127.13.${(process.pid >> 8) & 255}.${process.pid & 255}`;

export const scenes: readonly Scene[] = [
  {
    title: 'TCP echo, IPv4',
    server: { ours: 'tcp-echo-server', theirs: 'tcp_echo_server', says: [/^Connected by .*127\.0\.0\.1/] },
    client: { ours: 'tcp-echo-client', theirs: 'tcp_echo_client', says: [hello] },
    meeting: 'port',
  },
  {
    title: 'TCP echo, IPv4, blocking calls',
    server: {
      ours: 'tcp-echo-server-sync',
      theirs: 'tcp_echo_server',
      says: [/^Connected by .*127\.0\.0\.1/],
    },
    client: { ours: 'tcp-echo-client-sync', theirs: 'tcp_echo_client', says: [hello] },
    meeting: 'port',
  },
  {
    title: 'TCP echo, IPv4 or IPv6, trying every address',
    server: {
      ours: 'any-address-server',
      theirs: 'any_address_server',
      says: [/^Connected by .*(::1|127\.0\.0\.1)/],
    },
    client: { ours: 'any-address-client', theirs: 'any_address_client', says: [hello] },
    meeting: 'port',
  },
  {
    title: 'SO_REUSEADDR: a server that starts again',
    server: {
      ours: 'reuse-address',
      theirs: 'reuse_address',
      says: [
        /^Without SO_REUSEADDR: (bind EADDRINUSE 0\.0\.0\.0:\d+ \(.*\)|.*Address already in use)$/,
        /^With SO_REUSEADDR: listening again on port \d+$/,
      ],
    },
    client: { ours: 'tcp-echo-client', theirs: 'tcp_echo_client', says: [hello] },
    meeting: 'port',
  },
  {
    title: 'Datagrams over UDP',
    server: {
      ours: 'udp-server',
      theirs: 'udp_server',
      says: [/^Received .*Hello, world.* from .*127\.0\.0\.1/],
    },
    client: { ours: 'udp-client', theirs: 'udp_client', says: [loudHello] },
    meeting: 'port',
  },
  {
    title: 'Unix stream',
    server: { ours: 'unix-stream-server', theirs: 'unix_stream_server', says: [neighbour] },
    client: { ours: 'unix-stream-client', theirs: 'unix_stream_client', says: [neighbour] },
    meeting: 'path',
  },
  {
    title: 'Unix datagrams',
    server: {
      ours: 'unix-datagram-server',
      theirs: 'unix_datagram_server',
      says: [/^Received .*neighbour.* from /],
    },
    client: {
      ours: 'unix-datagram-client',
      theirs: 'unix_datagram_client',
      says: [/^Sending from /, neighbour],
    },
    meeting: 'path',
  },
  {
    title: 'Network sniffer',
    server: {
      ours: 'raw-sniffer',
      theirs: 'raw_sniffer',
      says: [/^Sniffed 40 bytes from 127\.[\d.]+ to 127\.[\d.]+: Hello, world$/, /^Received .*Hello, world/],
    },
    client: { ours: 'udp-client', theirs: 'udp_client', says: [loudHello] },
    meeting: 'port',
    host: quietHost,
    needs: rawSockets,
  },
  {
    title: 'CAN frames',
    server: { ours: 'can-server', theirs: 'can_server', says: [/^Received:? can_id=123, /] },
    client: {
      ours: 'can-client',
      theirs: 'can_client',
      says: [/^Received can_id=123, data=cafe$/, /^Received can_id=1, data=010203$/],
    },
    meeting: 'interface',
    needs: canInterface,
  },
  {
    title: 'CAN by the clock',
    server: { ours: 'can-cyclic', theirs: 'can_cyclic', says: [/^Changed to 01$/, /^Changed to 02$/] },
    needs: canProtocol(CAN_BCM, 'can-bcm'),
  },
  {
    title: 'ISO-TP: a question to a control unit',
    server: { ours: 'can-isotp-server', theirs: 'can_isotp_server', says: [/^Received 22f190$/] },
    client: { ours: 'can-isotp-client', theirs: 'can_isotp_client', says: [/^Received WVWZZZ1JZXW000001$/] },
    meeting: 'interface',
    needs: canProtocol(CAN_ISOTP, 'can-isotp'),
  },
  {
    title: 'J1939: an address for a name',
    server: {
      ours: 'can-j1939-server',
      theirs: 'can_j1939_server',
      says: [/^Received Hello, world from 81$/],
    },
    client: { ours: 'can-j1939-client', theirs: 'can_j1939_client', says: [/^Received HELLO, WORLD$/] },
    meeting: 'interface',
    needs: canProtocol(CAN_J1939, 'can-j1939'),
  },
  {
    title: 'One message over three buffers',
    server: {
      ours: 'recvmsg-into',
      theirs: 'recvmsg_into',
      says: [/'Mary'.*'01 had a 9'.*'little lamb---'/],
    },
  },
  {
    title: 'Open files for another process',
    server: {
      ours: 'pass-descriptors',
      theirs: 'pass_descriptors',
      says: [/^The child was handed 2 descriptors, "two files":$/, /^ {2}Linux$/],
    },
  },
];
