/** Netlink messages: a header, a body, attributes. netlink(7), RFC 3549. */

import { checkInteger, checkObject } from '../errors/argument.js';
import { nlmsghdr } from '../families/netlink/layout.js';
import type { Bytes } from '../layout/memory.js';
import { inputBytes, toBytes } from '../layout/memory.js';
import { NETLINK_ALIGN } from '../layout/netlink-attributes.js';
import { alignUp, type ItemLayout, visitWholeItems, writeLength } from '../layout/tlv.js';
import { littleEndian, viewOf } from '../layout/view.js';

/** A netlink message that was received. */
export interface NetlinkMessage {
  /** The message type: `RTM_NEWLINK`, `NLMSG_ERROR`, … */
  readonly type: number;
  /** `NLM_F_` constants, or-ed. */
  readonly flags: number;
  /** The sequence number of the request that it answers. */
  readonly sequence: number;
  /** The port of the process that it is sent to, or that caused it; 0 is the kernel. */
  readonly pid: number;
  /** The bytes after the header. */
  readonly payload: Buffer;
}

/** A message to pack. */
export interface NetlinkMessageInput {
  /** The message type: `RTM_GETLINK`, `RTM_NEWADDR`, … */
  readonly type: number;
  /** `NLM_F_` constants, or-ed. 0 by default. */
  readonly flags?: number | undefined;
  /** The sequence number, which the answers repeat. 0 by default. */
  readonly sequence?: number | undefined;
  /** The port of the sender. 0, the default, lets the kernel fill it in. */
  readonly pid?: number | undefined;
  /** The bytes after the header. Empty by default. */
  readonly payload?: Bytes | undefined;
}

/** Rounds an offset up to the alignment of messages and attributes. */
export function align(offset: number): number {
  return alignUp(offset, NETLINK_ALIGN);
}

const layout: ItemLayout = {
  header: nlmsghdr.size,
  length: nlmsghdr.nlmsg_len,
  lengthSize: 4,
  align: NETLINK_ALIGN,
};

/**
 * Packs a message into the bytes that a netlink socket sends.
 *
 * @throws TypeError or RangeError naming the field
 */
export function packNetlinkMessage(message: NetlinkMessageInput): Buffer {
  const {
    type,
    flags = 0,
    sequence = 0,
    pid = 0,
    payload = '',
  } = checkObject(message, 'message') as NetlinkMessageInput;
  const body = toBytes(payload, 'message.payload');
  const bytes = Buffer.alloc(align(nlmsghdr.size + body.length));
  const view = viewOf(bytes);
  writeLength(view, 0, layout, body.length);
  view.setUint16(nlmsghdr.nlmsg_type, checkInteger(type, 'message.type', 0, 0xffff), littleEndian);
  view.setUint16(nlmsghdr.nlmsg_flags, checkInteger(flags, 'message.flags', 0, 0xffff), littleEndian);
  view.setUint32(nlmsghdr.nlmsg_seq, checkInteger(sequence, 'message.sequence', 0, 0xffffffff), littleEndian);
  view.setUint32(nlmsghdr.nlmsg_pid, checkInteger(pid, 'message.pid', 0, 0xffffffff), littleEndian);
  bytes.set(body, nlmsghdr.size);
  return bytes;
}

/**
 * Parses the messages in one datagram. Parsing stops at a message that is longer than the rest of the datagram.
 *
 * @throws TypeError naming the argument
 */
export function parseNetlinkMessages(bytes: Uint8Array): NetlinkMessage[] {
  return messagesIn(inputBytes(bytes, 'bytes'));
}

function messagesIn(bytes: Buffer): NetlinkMessage[] {
  const messages: NetlinkMessage[] = [];
  const view = viewOf(bytes);
  visitWholeItems(view, layout, (at, length) => {
    messages.push({
      type: view.getUint16(at + nlmsghdr.nlmsg_type, littleEndian),
      flags: view.getUint16(at + nlmsghdr.nlmsg_flags, littleEndian),
      sequence: view.getUint32(at + nlmsghdr.nlmsg_seq, littleEndian),
      pid: view.getUint32(at + nlmsghdr.nlmsg_pid, littleEndian),
      payload: Buffer.from(bytes.subarray(at + nlmsghdr.size, at + length)),
    });
  });
  return messages;
}
