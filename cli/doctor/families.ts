/** Which sockets this kernel has, and which of them this process can open. */
import type { Socket as AnySocket } from 'berkeley';

/** A kind of socket to try. Names are those of `berkeley/constants`. */
interface Kind {
  readonly name: string;
  readonly family: string;
  readonly type: string;
  readonly protocol?: string;
}

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
  { name: 'TCP', family: 'AF_INET', type: 'SOCK_STREAM' },
  { name: 'TCP over IPv6', family: 'AF_INET6', type: 'SOCK_STREAM' },
  { name: 'UDP', family: 'AF_INET', type: 'SOCK_DGRAM' },
  { name: 'Multipath TCP', family: 'AF_INET', type: 'SOCK_STREAM', protocol: 'IPPROTO_MPTCP' },
  { name: 'SCTP', family: 'AF_INET', type: 'SOCK_STREAM', protocol: 'IPPROTO_SCTP' },
  { name: 'DCCP', family: 'AF_INET', type: 'SOCK_DCCP', protocol: 'IPPROTO_DCCP' },
  { name: 'UDP-Lite', family: 'AF_INET', type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDPLITE' },
  { name: 'ping', family: 'AF_INET', type: 'SOCK_DGRAM', protocol: 'IPPROTO_ICMP' },
  { name: 'raw IP', family: 'AF_INET', type: 'SOCK_RAW', protocol: 'IPPROTO_ICMP' },
  { name: 'Unix stream', family: 'AF_UNIX', type: 'SOCK_STREAM' },
  { name: 'Unix datagram', family: 'AF_UNIX', type: 'SOCK_DGRAM' },
  { name: 'Unix packet', family: 'AF_UNIX', type: 'SOCK_SEQPACKET' },
  { name: 'link layer', family: 'AF_PACKET', type: 'SOCK_RAW' },
  { name: 'netlink', family: 'AF_NETLINK', type: 'SOCK_RAW', protocol: 'NETLINK_ROUTE' },
  { name: 'CAN', family: 'AF_CAN', type: 'SOCK_RAW', protocol: 'CAN_RAW' },
  { name: 'CAN broadcast manager', family: 'AF_CAN', type: 'SOCK_DGRAM', protocol: 'CAN_BCM' },
  { name: 'CAN ISO-TP', family: 'AF_CAN', type: 'SOCK_DGRAM', protocol: 'CAN_ISOTP' },
  { name: 'CAN J1939', family: 'AF_CAN', type: 'SOCK_DGRAM', protocol: 'CAN_J1939' },
  { name: 'vsock', family: 'AF_VSOCK', type: 'SOCK_STREAM' },
  { name: 'kernel crypto', family: 'AF_ALG', type: 'SOCK_SEQPACKET' },
  { name: 'Bluetooth HCI', family: 'AF_BLUETOOTH', type: 'SOCK_RAW', protocol: 'BTPROTO_HCI' },
  { name: 'Bluetooth L2CAP', family: 'AF_BLUETOOTH', type: 'SOCK_SEQPACKET', protocol: 'BTPROTO_L2CAP' },
  { name: 'Bluetooth RFCOMM', family: 'AF_BLUETOOTH', type: 'SOCK_STREAM', protocol: 'BTPROTO_RFCOMM' },
  { name: 'TIPC', family: 'AF_TIPC', type: 'SOCK_RDM' },
  { name: 'RDS', family: 'AF_RDS', type: 'SOCK_SEQPACKET' },
  { name: 'SMC', family: 'AF_SMC', type: 'SOCK_STREAM' },
  { name: 'Qualcomm IPC router', family: 'AF_QIPCRTR', type: 'SOCK_DGRAM' },
  { name: 'macOS system', family: 'AF_SYSTEM', type: 'SOCK_DGRAM', protocol: 'SYSPROTO_CONTROL' },
  { name: 'Hyper-V', family: 'AF_HYPERV', type: 'SOCK_STREAM', protocol: 'HV_PROTOCOL_RAW' },
  { name: 'divert', family: 'AF_DIVERT', type: 'SOCK_RAW' },
];

type Opener = new (...numbers: number[]) => AnySocket;

/** Opens and closes one socket of each kind that this system can have. */
export async function reportFamilies(): Promise<FamilyReport[]> {
  const { Socket } = await import('berkeley');
  const numbers = (await import('berkeley/constants')) as unknown as Readonly<Record<string, number>>;
  const isPossible = ({ family, type, protocol }: Kind) =>
    [family, type, protocol].every(name => name === undefined || typeof numbers[name] === 'number');
  return kinds
    .filter(isPossible)
    .map(kind => tryKind(kind, numbers, Socket as unknown as Opener))
    .filter(report => report !== undefined);
}

function tryKind(
  kind: Kind,
  numbers: Readonly<Record<string, number>>,
  Socket: Opener,
): FamilyReport | undefined {
  const { name, family, type, protocol } = kind;
  const socket = [family, type, protocol].filter(part => part !== undefined).join(' ');
  try {
    new Socket(numbers[family]!, numbers[type]!, protocol === undefined ? 0 : numbers[protocol]!).close();
    return { name, socket, state: 'available', remedy: undefined };
  } catch (error) {
    const { code, hint } = error as { code?: string; hint?: string };
    if (code === 'ENOTSUP') return undefined; // another system's family
    const forbidden = code === 'EPERM' || code === 'EACCES';
    return { name, socket, state: forbidden ? 'forbidden' : 'missing', remedy: hint ?? code };
  }
}
