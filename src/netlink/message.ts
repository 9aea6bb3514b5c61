/** Netlink messages: a head, a body, attributes. netlink(7), RFC 3549. */

import { checkInteger } from '../errors/argument.js';
import { NLMSG_ALIGNTO } from '../families/netlink/constants.js';
import { nlmsghdr } from '../families/netlink/layout.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import { alignUp, type ItemLayout, visitWholeItems, writeLength } from '../layout/tlv.js';
import { littleEndian, viewOf } from '../layout/view.js';

/** A netlink message. */
export interface NetlinkMessage {
  /** `RTM_NEWLINK`, `NLMSG_ERROR`, …: what it is. */
  readonly type: number;
  /** `NLM_F_` constants, or-ed. */
  readonly flags: number;
  /** The number of the request that it answers. */
  readonly sequence: number;
  /** The port that sent it, or that it is for; 0 is the kernel. */
  readonly pid: number;
  /** What follows the head. */
  readonly payload: Buffer;
}

/** A message to be packed; what is left out is 0, or empty. */
export interface NetlinkMessageInput {
  /** `RTM_GETLINK`, `RTM_NEWADDR`, …: what it is. */
  readonly type: number;
  /** `NLM_F_` constants, or-ed; 0 by default. */
  readonly flags?: number | undefined;
  /** The number that answers will have; 0 by default. */
  readonly sequence?: number | undefined;
  /** The port that it is from; 0, the default, is the sender’s own. */
  readonly pid?: number | undefined;
  /** What follows the head; nothing by default. */
  readonly payload?: Bytes | undefined;
}

/** The next offset that a message or an attribute may begin at. */
export function align(offset: number): number {
  return alignUp(offset, NLMSG_ALIGNTO);
}

const messages: ItemLayout = {
  header: nlmsghdr.size,
  length: nlmsghdr.nlmsg_len,
  lengthSize: 4,
  align: NLMSG_ALIGNTO,
};

/**
 * A message as the bytes that a netlink socket sends.
 *
 * @throws TypeError or RangeError if a field is not what it has to be
 */
export function packNetlinkMessage(message: NetlinkMessageInput): Buffer {
  const { type, flags = 0, sequence = 0, pid = 0, payload = '' } = message;
  const body = toBytes(payload, 'message.payload');
  const bytes = Buffer.alloc(align(nlmsghdr.size + body.length));
  const view = viewOf(bytes);
  writeLength(view, 0, messages, body.length);
  view.setUint16(nlmsghdr.nlmsg_type, checkInteger(type, 'message.type', 0, 0xffff), littleEndian);
  view.setUint16(nlmsghdr.nlmsg_flags, checkInteger(flags, 'message.flags', 0, 0xffff), littleEndian);
  view.setUint32(nlmsghdr.nlmsg_seq, checkInteger(sequence, 'message.sequence', 0, 0xffffffff), littleEndian);
  view.setUint32(nlmsghdr.nlmsg_pid, checkInteger(pid, 'message.pid', 0, 0xffffffff), littleEndian);
  bytes.set(body, nlmsghdr.size);
  return bytes;
}

/** The messages in one datagram. A message that claims more than there is ends them. */
export function parseNetlinkMessages(bytes: Uint8Array): NetlinkMessage[] {
  const found: NetlinkMessage[] = [];
  const view = viewOf(bytes);
  visitWholeItems(view, messages, (at, length) => {
    found.push({
      type: view.getUint16(at + nlmsghdr.nlmsg_type, littleEndian),
      flags: view.getUint16(at + nlmsghdr.nlmsg_flags, littleEndian),
      sequence: view.getUint32(at + nlmsghdr.nlmsg_seq, littleEndian),
      pid: view.getUint32(at + nlmsghdr.nlmsg_pid, littleEndian),
      payload: Buffer.from(bytes.subarray(at + nlmsghdr.size, at + length)),
    });
  });
  return found;
}
