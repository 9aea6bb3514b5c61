/** Advice for failed calls on CAN sockets. The meanings of the codes are from the kernel's source. */

import { callOf, needsModules } from '../../errors/advice-table.js';
import type { Failure } from '../../errors/adviser.js';
import { CAN_BCM, CAN_ISOTP, CAN_J1939, CAN_RAW } from './constants.js';

/** Advice by code, or by call and code where they differ. The calls are `send`, `recv`, `bind` and `connect`. */
type Texts = Readonly<Record<string, string>>;

/** Advice for all protocols, because all send frames through an interface. */
const everywhere: Texts = {
  ENETDOWN: 'the interface is down: ip link set can0 up',
  ENODEV: 'there is no CAN interface of this name, or it was removed',
  // The kernel does not report when the queue has space again, so a call cannot wait for it. See the README.
  ENOBUFS:
    'the queue of the interface is full: ip link set can0 txqueuelen 1000; with a small so.sndbuf, sends wait instead',
};

const shapes = 'an ISO-TP address has rxId and txId; a J1939 address has name, pgn or address';

const raw: Texts = {
  'bind EINVAL': shapes,
  'send EINVAL':
    'this is not a CAN frame; CAN FD needs canRaw.fdFrames and an interface of mtu 72, CAN XL needs canRaw.xlFrames and mtu 2060',
  'send ENXIO':
    'the socket is not bound to an interface and the address names none, or the interface was removed',
};

const bcm: Texts = {
  'send EINVAL': 'there is no such task, or the message does not describe one',
  'send ENOTCONN': 'connect first: the address of connect() names the interface',
};

/** ISO-TP. The next call reports the failure of a transfer (net/can/isotp.c). */
const isotp: Texts = {
  ECOMM:
    'no flow control arrived within a second: check that the receiver runs and that its txId is the rxId of this socket, and vice versa',
  ETIMEDOUT: 'the sender stopped within a message: its next frame did not arrive within a second',
  EILSEQ: 'a frame within a message was lost or duplicated',
  EBADMSG: 'a frame lacks the padding that canIsotp.opts requires, or a flow control frame is invalid',
  EMSGSIZE: 'the receiver has no space for a message of this length',
  'send EINVAL': 'a message has 1 to 8200 bytes, more on some kernels; a broadcast must fit into one frame',
  'send EADDRNOTAVAIL': 'the socket is not bound',
  'bind EADDRNOTAVAIL': 'rxId and txId are the same',
  'bind EINVAL':
    'the socket is already bound, or CAN FD frames (canIsotp.llOpts) need an interface of mtu 72 or more',
  'bind ENODEV': 'there is no CAN interface of this name; an ISO-TP socket needs one interface',
};

/** J1939. The next call or the error queue reports the failure of a transfer (net/can/j1939/transport.c). */
const j1939: Texts = {
  EADDRNOTAVAIL: 'one of the NAMEs has not claimed an address',
  EACCES: 'a broadcast needs SO_BROADCAST: setOption(so.broadcast, true)',
  EBADFD: 'the socket is not bound to an address or a NAME, or is bound to another interface',
  EPROTO: "an address claim must be a broadcast of the socket's own NAME; or the peer ended the transfer",
  ETIME: 'the receiver did not answer',
  EHOSTUNREACH: 'the receiver did not answer, or waited too long',
  EALREADY: 'the receiver is busy with another transfer',
  EMSGSIZE: 'the receiver has no space for a message of this length',
  EBUSY: 'another message to this node is being sent',
  EIO: 'the rest of a partly sent message must follow, as sendAll() does',
  'bind ENODEV': 'there is no CAN interface of this name; a J1939 socket needs one interface',
  'bind EINVAL':
    'the socket is already bound to another interface, or the last byte of a PGN below 0xf000 is not 0',
  'connect EINVAL': 'bind first, to the same interface; the last byte of a PGN below 0xf000 must be 0',
  'send EINVAL': `${shapes}; the last byte of a PGN below 0xf000 must be 0`,
};

const texts: ReadonlyMap<number, Texts> = new Map([
  [CAN_RAW, raw],
  [CAN_BCM, bcm],
  [CAN_ISOTP, isotp],
  [CAN_J1939, j1939],
]);

/** Each protocol: its C name, its module, and the first Linux version that supports it. */
const protocols: ReadonlyMap<number, readonly [name: string, module: string, since: string]> = new Map([
  [CAN_RAW, ['CAN_RAW', 'can-raw', '']],
  [CAN_BCM, ['CAN_BCM', 'can-bcm', '']],
  [CAN_ISOTP, ['CAN_ISOTP', 'can-isotp', ', since Linux 5.10']],
  [CAN_J1939, ['CAN_J1939', 'can-j1939', ', since Linux 5.4']],
]);

function adviseSocket({ protocol, code }: Failure): string | undefined {
  const [name, module, since] = protocols.get(protocol) ?? [];
  if (code === 'EAFNOSUPPORT') return needsModules('AF_CAN', 'can', module ?? 'can-raw');
  if (code === 'EPROTOTYPE') return 'CAN_RAW needs SOCK_RAW; the other protocols need SOCK_DGRAM';
  if (code !== 'EPROTONOSUPPORT' && code !== 'EINVAL') return undefined;
  if (name === undefined) return 'the protocols are CAN_RAW, CAN_BCM, CAN_ISOTP and CAN_J1939';
  return needsModules(name, module!) + since;
}

/** Returns advice for a failed call on a CAN socket. */
export function adviseCan(failure: Failure): string | undefined {
  const { code, syscall, protocol, address } = failure;
  if (syscall === 'socket') return adviseSocket(failure);
  const isForeign = protocol === CAN_J1939 && address !== undefined && !('pgn' in address);
  if (code === 'EINVAL' && isForeign) return shapes;
  const known = texts.get(protocol);
  return known?.[`${callOf(syscall)} ${code}`] ?? known?.[code] ?? everywhere[code];
}
