/** Which sockets this kernel has, and which of them this process can open. */
import type { Socket as AnySocket } from 'berkeley';

/** A kind of socket to try: what it is for, and its family, type and protocol by their names in `berkeley/constants`. */
type Kind = readonly [name: string, socket: string];

/** What became of a trial. */
export interface FamilyReport {
  /** What the socket is for: `CAN`, `TCP over IPv6`. */
  readonly name: string;
  /** `AF_CAN SOCK_RAW CAN_RAW`. */
  readonly socket: string;
  /** `forbidden`: the kernel has it, and this process is not permitted to open it. */
  readonly state: 'available' | 'forbidden' | 'missing';
  /** What to do; `undefined` if there is nothing to do. */
  readonly remedy: string | undefined;
}

const kinds: readonly Kind[] = [
  ['TCP', 'AF_INET SOCK_STREAM'],
  ['TCP over IPv6', 'AF_INET6 SOCK_STREAM'],
  ['UDP', 'AF_INET SOCK_DGRAM'],
  ['Multipath TCP', 'AF_INET SOCK_STREAM IPPROTO_MPTCP'],
  ['SCTP', 'AF_INET SOCK_STREAM IPPROTO_SCTP'],
  ['DCCP', 'AF_INET SOCK_DCCP IPPROTO_DCCP'],
  ['UDP-Lite', 'AF_INET SOCK_DGRAM IPPROTO_UDPLITE'],
  ['ICMP echo', 'AF_INET SOCK_DGRAM IPPROTO_ICMP'],
  ['raw IP', 'AF_INET SOCK_RAW IPPROTO_ICMP'],
  ['Unix stream', 'AF_UNIX SOCK_STREAM'],
  ['Unix datagram', 'AF_UNIX SOCK_DGRAM'],
  ['Unix packet', 'AF_UNIX SOCK_SEQPACKET'],
  ['link layer', 'AF_PACKET SOCK_RAW'],
  ['netlink', 'AF_NETLINK SOCK_RAW NETLINK_ROUTE'],
  ['CAN', 'AF_CAN SOCK_RAW CAN_RAW'],
  ['CAN broadcast manager', 'AF_CAN SOCK_DGRAM CAN_BCM'],
  ['CAN ISO-TP', 'AF_CAN SOCK_DGRAM CAN_ISOTP'],
  ['CAN J1939', 'AF_CAN SOCK_DGRAM CAN_J1939'],
  ['vsock', 'AF_VSOCK SOCK_STREAM'],
  ['kernel crypto', 'AF_ALG SOCK_SEQPACKET'],
  ['Bluetooth HCI', 'AF_BLUETOOTH SOCK_RAW BTPROTO_HCI'],
  ['Bluetooth L2CAP', 'AF_BLUETOOTH SOCK_SEQPACKET BTPROTO_L2CAP'],
  ['Bluetooth RFCOMM', 'AF_BLUETOOTH SOCK_STREAM BTPROTO_RFCOMM'],
  ['TIPC', 'AF_TIPC SOCK_RDM'],
  ['RDS', 'AF_RDS SOCK_SEQPACKET'],
  ['SMC', 'AF_SMC SOCK_STREAM'],
  ['Qualcomm IPC router', 'AF_QIPCRTR SOCK_DGRAM'],
  ['macOS system', 'AF_SYSTEM SOCK_DGRAM SYSPROTO_CONTROL'],
  ['Hyper-V', 'AF_HYPERV SOCK_STREAM HV_PROTOCOL_RAW'],
  ['divert', 'AF_DIVERT SOCK_RAW'],
];

type Opener = new (...numbers: number[]) => AnySocket;

/** Opens and closes one socket of each kind that this system can have. */
export async function reportFamilies(): Promise<FamilyReport[]> {
  const { Socket } = await import('berkeley');
  const numbers = (await import('berkeley/constants')) as unknown as Readonly<Record<string, number>>;
  return kinds
    .map(kind => tryKind(kind, numbers, Socket as unknown as Opener))
    .filter(report => report !== undefined);
}

/** Returns `undefined` for what only other systems have. */
function tryKind(
  [name, socket]: Kind,
  constants: Readonly<Record<string, number>>,
  Socket: Opener,
): FamilyReport | undefined {
  const numbers = socket.split(' ').map(word => constants[word]);
  if (!numbers.every(number => typeof number === 'number')) return undefined;
  try {
    new Socket(...numbers).close();
    return { name, socket, state: 'available', remedy: undefined };
  } catch (error) {
    const { code, hint } = error as { code?: string; hint?: string };
    if (code === 'ENOTSUP') return undefined; // another system's family
    const forbidden = code === 'EPERM' || code === 'EACCES';
    return { name, socket, state: forbidden ? 'forbidden' : 'missing', remedy: hint ?? code };
  }
}
