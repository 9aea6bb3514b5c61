/** What the errors of CAN sockets mean, and what would help: the kernel has a number for each, and nothing more to say. */
import type { Refusal, WantedSocket } from '../../address/driver.js';
import type { CanAddressInput } from './address.js';
import { CAN_BCM, CAN_ISOTP, CAN_J1939, CAN_RAW } from './constants.js';

/** By code, or by the call and its code where they differ: `send`, `recv`, `bind`, `connect`. */
type Hints = Readonly<Record<string, string>>;

/** Of all protocols: they send frames by an interface. */
const everywhere: Hints = {
  ENETDOWN: 'the interface is down: ip link set can0 up',
  ENODEV: 'no CAN interface of this name, or it is gone',
  // Nothing tells when such a queue has space again, so that nobody can wait for it; see the README.
  ENOBUFS:
    'the interface’s queue is full: ip link set can0 txqueuelen 1000; or with a small so.sndbuf sends wait instead',
};

const plain = 'an address of ISO-TP has rxId and txId, one of J1939 name, pgn or address';

const raw: Hints = {
  'bind EINVAL': plain,
  'send EINVAL':
    'no frame; or one of CAN FD, which takes canRaw.fdFrames and an interface of mtu 72, or of CAN XL, which takes canRaw.xlFrames and mtu 2060',
  'send ENXIO': 'bound to no interface, nor does the address name one, or the interface is gone',
};

const bcm: Hints = {
  'send EINVAL': 'no such task, or no message that makes one',
  'send ENOTCONN': 'connect first: it names the interface',
};

/** What a transfer meets is told by the next call (net/can/isotp.c). */
const isotp: Hints = {
  ECOMM:
    'no flow control came within a second: does the receiver run, with the rxId here as its txId and the other way round?',
  ETIMEDOUT: 'the sender stopped within a message: its next frame did not come within a second',
  EILSEQ: 'a frame within a message was lost, or came twice',
  EBADMSG: 'a frame without the padding that canIsotp.opts asks for, or flow control that is none',
  EMSGSIZE: 'the receiver has no room for a message of this length',
  'send EINVAL': 'a message has 1 to 8200 bytes, more on some kernels; a broadcast fits into one frame',
  'send EADDRNOTAVAIL': 'the socket is not bound',
  'bind EADDRNOTAVAIL': 'rxId and txId are the same',
  'bind EINVAL': 'bound already; or frames of CAN FD (canIsotp.llOpts) on an interface of less than mtu 72',
  'bind ENODEV': 'no CAN interface of this name; ISO-TP takes one, and not all',
};

/** What a transfer meets is told by the next call, or by the error queue (net/can/j1939/transport.c). */
const j1939: Hints = {
  EADDRNOTAVAIL: 'one of the names has claimed no address',
  EACCES: 'a broadcast takes so.broadcast',
  EBADFD: 'bound to no address and no name, or to another interface',
  EPROTO: 'a claim carries the socket’s own name, to all; or the other side gave the transfer up',
  ETIME: 'the receiver did not answer',
  EHOSTUNREACH: 'the receiver did not answer, or had waited too long',
  EALREADY: 'the receiver is busy with another transfer',
  EMSGSIZE: 'the receiver has no room for a message of this length',
  EBUSY: 'a message to this node is under way already',
  EIO: 'a message goes on with all of its rest, as sendAll does',
  'bind ENODEV': 'no CAN interface of this name; J1939 takes one, and not all',
  'bind EINVAL': 'bound to another interface already; or a PGN below 0xf000 whose last byte is not 0',
  'connect EINVAL': 'bind first, to the same interface; the last byte of a PGN below 0xf000 is 0',
  'send EINVAL': `${plain}; the last byte of a PGN below 0xf000 is 0`,
};

const hints: ReadonlyMap<number, Hints> = new Map([
  [CAN_RAW, raw],
  [CAN_BCM, bcm],
  [CAN_ISOTP, isotp],
  [CAN_J1939, j1939],
]);

/** The module of each protocol, and the first Linux that has it. */
const modules: ReadonlyMap<number, string> = new Map([
  [CAN_RAW, 'modprobe can-raw'],
  [CAN_BCM, 'modprobe can-bcm'],
  [CAN_ISOTP, 'modprobe can-isotp, since Linux 5.10'],
  [CAN_J1939, 'modprobe can-j1939, since Linux 5.4'],
]);

/** What would help when there can be no such socket. */
export function cureCan({ protocol, code }: WantedSocket): string | undefined {
  if (code === 'EPROTOTYPE') return 'CAN_RAW is of SOCK_RAW, the other protocols are of SOCK_DGRAM';
  if (code !== 'EPROTONOSUPPORT' && code !== 'EINVAL') return undefined;
  return modules.get(protocol) ?? 'the protocols are CAN_RAW, CAN_BCM, CAN_ISOTP and CAN_J1939';
}

/** What would help when the kernel refused a call on a CAN socket. */
export function explainCan({ code, syscall, protocol }: Refusal): string | undefined {
  const call = /^(send|recv)/.exec(syscall)?.[0] ?? syscall;
  const known = hints.get(protocol);
  return known?.[`${call} ${code}`] ?? known?.[code] ?? everywhere[code];
}

/** What would help when bind(2) fails; which protocol it is for shows in the address. */
export function bindHint(code: string, address: CanAddressInput): string | undefined {
  const isJ1939 = 'name' in address || 'pgn' in address || 'address' in address;
  const protocol = 'rxId' in address ? CAN_ISOTP : isJ1939 ? CAN_J1939 : CAN_RAW;
  return explainCan({ code, syscall: 'bind', protocol });
}
