/** How the kernel ends an answer: NLMSG_ERROR, which also says that all is well, and NLMSG_DONE. netlink(7). */

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
import {
  attributeNumber,
  attributeText,
  type NetlinkAttributes,
  parseNetlinkAttributes,
} from '../layout/netlink-attributes.js';
import { littleEndian, viewOf } from '../layout/view.js';
import { align, type NetlinkMessage } from './message.js';

/** The end of an answer. What the kernel does not say is left out; all but the first two needs NETLINK_EXT_ACK. */
export interface NetlinkAcknowledgement {
  /** 0 where all went well, else the error's number, negative. */
  readonly errno: number;
  /** The error's symbolic name, `'EINVAL'`; `null` where all went well. */
  readonly code: string | null;
  /** The kernel's own words; a warning where all went well. */
  readonly text?: string;
  /** Where the mistake is: an attribute of the request, in bytes from the beginning of the request's head. */
  readonly offset?: number;
  /** The type of an attribute that is missing. */
  readonly missingType?: number;
  /** The place of the attribute that it should be inside, as {@link offset}; none where it is missing in the request. */
  readonly missingNest?: number;
  /** What the attribute at {@link offset} would have to be: attributes, raw. */
  readonly policy?: Buffer;
  /** What the subsystem has to say of what was made. */
  readonly cookie?: Buffer;
}

/** An error that the kernel answered a request with. */
export type NetlinkError = SocketError & { readonly acknowledgement: NetlinkAcknowledgement };

/** The attributes come after the request's head, and after the whole of the request where it is not capped. */
function beginOfAttributes({ type, flags, payload }: NetlinkMessage): number {
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
 * Reads the message that ends an answer.
 *
 * @returns `undefined` for any other message
 * @see include/uapi/linux/netlink.h, enum nlmsgerr_attrs
 */
export function parseNetlinkAcknowledgement(message: NetlinkMessage): NetlinkAcknowledgement | undefined {
  const { type, flags, payload } = message;
  if (type !== NLMSG_ERROR && type !== NLMSG_DONE) return undefined;
  const view = viewOf(payload);
  // A dump that went well may end with a positive number, or with none.
  const errno = payload.length < 4 ? 0 : Math.min(0, view.getInt32(nlmsgerr.error, littleEndian));
  const attributes = flags & NLM_F_ACK_TLVS ? payload.subarray(beginOfAttributes(message)) : Buffer.alloc(0);
  return Object.freeze({
    errno,
    code: errno === 0 ? null : errnoCode(errno),
    ...detailsOf(parseNetlinkAttributes(attributes)),
  });
}

/** The error that an acknowledgement stands for; `undefined` where all went well. */
export function acknowledgedError(acknowledgement: NetlinkAcknowledgement): NetlinkError | undefined {
  const { errno, text, offset, missingType } = acknowledgement;
  if (errno === 0) return undefined;
  const words = [
    text,
    missingType !== undefined && `attribute ${missingType} is missing`,
    offset !== undefined && `at byte ${offset} of the request`,
  ].filter(Boolean);
  const hint = words.length > 0 ? words.join(', ') : undefined;
  return Object.assign(socketError(errno, { syscall: 'netlink', hint }), { acknowledgement });
}
