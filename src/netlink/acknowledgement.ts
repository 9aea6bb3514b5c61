/** The message that ends an answer: NLMSG_ERROR, which also reports success, or NLMSG_DONE. netlink(7). */

import { SOCK_RAW } from '../constants/socket.js';
import { checkInteger, checkObject } from '../errors/argument.js';
import { errnoCode } from '../errors/codes.js';
import { type SocketError, socketError } from '../errors/errors.js';
import {
  NLM_F_ACK_TLVS,
  NLM_F_CAPPED,
  NLMSG_DONE,
  NLMSG_ERROR,
  NLMSGERR_ATTR_COOKIE,
  NLMSGERR_ATTR_MISS_NEST,
  NLMSGERR_ATTR_MISS_TYPE,
  NLMSGERR_ATTR_MSG,
  NLMSGERR_ATTR_OFFS,
  NLMSGERR_ATTR_POLICY,
} from '../families/netlink/constants.js';
import { nlmsgerr, nlmsghdr } from '../families/netlink/layout.js';
import { inputBytes } from '../layout/memory.js';
import {
  attributeNumber,
  attributeText,
  type NetlinkAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import { adviseRequest, type RefusedRequest } from './advice.js';
import { align, type NetlinkMessage } from './message.js';

/**
 * The result of a request. Fields that the kernel did not send are absent. All fields except the first two need
 * NETLINK_EXT_ACK, which {@link NetlinkConnection} sets.
 */
export interface NetlinkAcknowledgement {
  /** 0 for success, otherwise the error's number, negative. */
  readonly errno: number;
  /** The error's symbolic name: `'EINVAL'`. `null` for success. */
  readonly code: string | null;
  /** The kernel's message; after success, a warning. */
  readonly text?: string;
  /** The offset of the attribute that was refused, in bytes from the start of the request's header. */
  readonly offset?: number;
  /** The type of the attribute that is missing. */
  readonly missingType?: number;
  /** The offset of the attribute that should contain it. Absent if it is missing from the request itself. */
  readonly missingNest?: number;
  /** What the kernel expects of the attribute at {@link offset}: attributes, not parsed. */
  readonly policy?: Buffer;
  /** Data of the subsystem about the object that was created. */
  readonly cookie?: Buffer;
}

/** The error of a request that the kernel refused. */
export type NetlinkError = SocketError & { readonly acknowledgement: NetlinkAcknowledgement };

/** The parts of a message that an acknowledgement is read from. */
interface Parts {
  readonly type: number;
  readonly flags: number;
  readonly payload: Buffer;
}

function checkMessage(message: NetlinkMessage): Parts {
  const { type, flags, payload } = checkObject(message, 'message') as NetlinkMessage;
  return {
    type: checkInteger(type, 'message.type', 0, 0xffff),
    flags: checkInteger(flags, 'message.flags', 0, 0xffff),
    payload: inputBytes(payload, 'message.payload'),
  };
}

/**
 * Returns the offset of the attributes. They follow a copy of the request's header, or of the whole request if the
 * message is not capped.
 */
function attributesOffset({ type, flags, payload }: Parts): number {
  if (type === NLMSG_DONE) return 4;
  if (payload.length < nlmsgerr.size) return payload.length;
  const view = viewOf(payload);
  const length = view.getUint32(nlmsgerr.msg + nlmsghdr.nlmsg_len, littleEndian);
  return nlmsgerr.msg + (flags & NLM_F_CAPPED ? nlmsghdr.size : align(Math.max(length, nlmsghdr.size)));
}

function detailsOf(attributes: NetlinkAttributes): Omit<NetlinkAcknowledgement, 'errno' | 'code'> {
  const details = {
    text: attributeText(attributes.get(NLMSGERR_ATTR_MSG)),
    offset: attributeNumber(attributes.get(NLMSGERR_ATTR_OFFS)),
    missingType: attributeNumber(attributes.get(NLMSGERR_ATTR_MISS_TYPE)),
    missingNest: attributeNumber(attributes.get(NLMSGERR_ATTR_MISS_NEST)),
    policy: attributes.get(NLMSGERR_ATTR_POLICY),
    cookie: attributes.get(NLMSGERR_ATTR_COOKIE),
  };
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

/**
 * Parses the message that ends an answer.
 *
 * @param message a message of {@link parseNetlinkMessages}
 * @returns `undefined` for any other message
 * @throws TypeError or RangeError naming the argument
 * @see include/uapi/linux/netlink.h, enum nlmsgerr_attrs
 */
export function parseNetlinkAcknowledgement(message: NetlinkMessage): NetlinkAcknowledgement | undefined {
  const { type, flags, payload } = checkMessage(message);
  if (type !== NLMSG_ERROR && type !== NLMSG_DONE) return undefined;
  const view = viewOf(payload);
  // A successful dump can end with a positive number, or without a number.
  const errno = payload.length < 4 ? 0 : Math.min(0, view.getInt32(nlmsgerr.error, littleEndian));
  const attributes =
    flags & NLM_F_ACK_TLVS ? payload.subarray(attributesOffset({ type, flags, payload })) : Buffer.alloc(0);
  return Object.freeze({
    errno,
    code: errno === 0 ? null : errnoCode(errno),
    ...detailsOf(parseNetlinkAttributes(attributes)),
  });
}

/**
 * Returns the error that an acknowledgement reports, or `undefined` after success.
 *
 * @param protocol the protocol of the socket: `NETLINK_ROUTE`, …
 * @param request the request, which the advice depends on
 */
export function acknowledgedError(
  acknowledgement: NetlinkAcknowledgement,
  protocol: number,
  request: RefusedRequest,
): NetlinkError | undefined {
  const { errno, code, text, offset, missingType } = acknowledgement;
  if (errno === 0) return undefined;
  const details = [
    text,
    missingType !== undefined && `attribute ${missingType} is missing`,
    offset !== undefined && `at byte ${offset} of the request`,
  ].filter(Boolean);
  const failure = { syscall: 'netlink', code: code!, errno, family: 'netlink', type: SOCK_RAW, protocol };
  const hint = details.length > 0 ? details.join(', ') : adviseRequest({ ...failure, options: request });
  return Object.assign(socketError(errno, { syscall: 'netlink', hint }), { acknowledgement });
}
