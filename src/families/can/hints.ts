/** What the errors of CAN sockets mean, and what would help: the kernel has a number for each, and nothing more to say. */
import type { Refusal } from '../../address/registry.js';
import { CAN_BCM, CAN_ISOTP, CAN_J1939, CAN_RAW } from './constants.js';

/** Of all protocols: they send frames by an interface. */
const everywhere: Readonly<Record<string, string>> = {
  ENETDOWN: 'the interface is down: ip link set can0 up',
  // Nothing tells when such a queue has room again, so waiting for it is not possible; see the README.
  ENOBUFS:
    'the interface’s queue is full: ip link set can0 txqueuelen 1000, or with a small so.sndbuf the socket waits first',
};

const raw: Readonly<Record<string, string>> = {
  'send EINVAL':
    'a frame of CAN FD takes canRaw.fdFrames and an interface of mtu 72, one of CAN XL canRaw.xlFrames and mtu 2060',
  'send ENXIO':
    'the socket is bound to no interface, nor does the address name one, or the interface is gone',
};

const bcm: Readonly<Record<string, string>> = {
  'send EINVAL': 'there is no such task, or its frames are not what it was set up with',
  'send ENOTCONN': 'connect names the interface',
};

/** What a transfer meets is told by the next call (net/can/isotp.c). */
const isotp: Readonly<Record<string, string>> = {
  ECOMM:
    'no flow control came within a second: does the receiver run, and is its txId the rxId here, its rxId the txId here?',
  ETIMEDOUT: 'the sender stopped within a message: its next frame did not come within a second',
  EILSEQ: 'a frame within a message was lost, or came twice',
  EBADMSG: 'a frame without the padding that canIsotp.opts asks for, or flow control that makes no sense',
  EMSGSIZE: 'the receiver has no room for a message of this length',
  'send EINVAL': 'a message has 1 to 8200 bytes (8300, or the module’s max_pdu_size, since Linux 6.4)',
  EADDRNOTAVAIL: 'the socket is not bound',
};

/** What a transfer meets is told by the next call, or by the error queue (net/can/j1939/transport.c). */
const j1939: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: 'one of the two names has claimed no address',
  EACCES: 'a broadcast takes so.broadcast',
  EBADFD: 'the socket is not bound to an address or a name, or to another interface',
  EPROTO: 'a claim of an address carries the socket’s own name, and goes to all; or the transfer was aborted',
  ETIME: 'the receiver did not answer',
  EHOSTUNREACH: 'the receiver gave the transfer up: it had waited too long',
  EALREADY: 'the receiver gave the transfer up: it is busy with another',
  EMSGSIZE: 'the receiver gave the transfer up: it has no room for it',
  EBUSY: 'a message to this node is under way already',
};

const hints: ReadonlyMap<number, Readonly<Record<string, string>>> = new Map([
  [CAN_RAW, raw],
  [CAN_BCM, bcm],
  [CAN_ISOTP, isotp],
  [CAN_J1939, j1939],
]);

/** What would help when the kernel refused a call on a CAN socket. */
export function explainCan({ code, syscall, protocol }: Refusal): string | undefined {
  const direction = syscall.startsWith('send') ? 'send' : 'recv';
  const known = hints.get(protocol);
  return known?.[`${direction} ${code}`] ?? known?.[code] ?? everywhere[code];
}
