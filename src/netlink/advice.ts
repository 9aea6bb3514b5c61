/** Advice for requests that the kernel refuses. Newer kernels often send words of their own, which take precedence. */
import { protocolLabel } from '../constants/protocol-names.js';
import { type AdviceRow, adviceFrom, needsModules } from '../errors/advice-table.js';
import type { Failure } from '../errors/adviser.js';
import {
  AF_INET,
  IPPROTO_DCCP,
  IPPROTO_MPTCP,
  IPPROTO_RAW,
  IPPROTO_SCTP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  IPPROTO_UDPLITE,
} from '../families/inet/constants.js';
import {
  NETLINK_GENERIC,
  NETLINK_ROUTE,
  NETLINK_SOCK_DIAG,
  NLM_F_EXCL,
} from '../families/netlink/constants.js';
import { genlmsghdr, inet_diag_req_v2 } from '../families/netlink/layout.js';
import { AF_UNIX } from '../families/unix/constants.js';
import { attributeNumber, attributeText, parseNetlinkAttributes } from '../layout/netlink-attributes.js';
import * as c from './constants.js';

/** The request that was refused: the `options` of its {@link Failure}. */
export interface RefusedRequest {
  /** The type of the message. */
  readonly type: number;
  /** `NLM_F_` constants, or-ed. */
  readonly flags: number;
  /** The body and its attributes. */
  readonly payload: Uint8Array;
}

/** Returns whether the request was sent on a socket of this protocol, with this type. */
function asks({ protocol, options }: Failure, wanted: number, type: number): boolean {
  return protocol === wanted && (options as RefusedRequest).type === type;
}

/** Returns the name of the family that a request of CTRL_CMD_GETFAMILY asks for. */
function familyAsked({ options }: Failure): string | undefined {
  const { payload } = options as RefusedRequest;
  const attributes = parseNetlinkAttributes(payload.subarray(genlmsghdr.size));
  return attributeText(attributes.get(c.CTRL_ATTR_FAMILY_NAME));
}

/**
 * The kernel module that lists the sockets of a protocol. The kernel loads it on demand if it can:
 * net/ipv4/inet_diag.c, net/core/sock_diag.c.
 */
const listingModules: ReadonlyMap<number, string> = new Map([
  [IPPROTO_TCP, 'tcp_diag'],
  [IPPROTO_UDP, 'udp_diag'],
  [IPPROTO_UDPLITE, 'udp_diag'],
  [IPPROTO_RAW, 'raw_diag'],
  [IPPROTO_SCTP, 'sctp_diag'],
  [IPPROTO_DCCP, 'dccp_diag'],
  [IPPROTO_MPTCP, 'mptcp_diag'],
]);

/** Returns the protocol that a request for Internet sockets lists. A large number is in an attribute. */
function protocolListed(payload: Uint8Array): number {
  const attributes = parseNetlinkAttributes(payload.subarray(inet_diag_req_v2.size));
  return (
    attributeNumber(attributes.get(c.INET_DIAG_REQ_PROTOCOL)) ?? payload[inet_diag_req_v2.sdiag_protocol] ?? 0
  );
}

function cannotList({ options }: Failure): string {
  const { payload } = options as RefusedRequest;
  if (payload[inet_diag_req_v2.sdiag_family] === (AF_UNIX as number))
    return needsModules('listing Unix sockets', 'unix_diag');
  const protocol = protocolListed(payload);
  const name = listingModules.get(protocol);
  if (name === undefined) return `the kernel cannot list the sockets of protocol ${protocol}`;
  return needsModules(`listing sockets of ${protocolLabel(protocol, AF_INET)}`, name);
}

/** The advice table of requests. */
export const requestRows: readonly AdviceRow[] = [
  { codes: ['EPERM'], text: 'the request needs CAP_NET_ADMIN' },
  {
    codes: ['ENOENT'],
    when: failure => asks(failure, NETLINK_GENERIC, c.GENL_ID_CTRL),
    text: failure => {
      const name = familyAsked(failure);
      if (name === undefined) return undefined;
      return `the kernel has no generic netlink family '${name}'; its module might not be loaded`;
    },
  },
  {
    codes: ['ENOENT'],
    when: failure => asks(failure, NETLINK_SOCK_DIAG, c.SOCK_DIAG_BY_FAMILY),
    text: cannotList,
  },
  {
    codes: ['ENODEV'],
    when: ({ protocol }) => protocol === NETLINK_ROUTE,
    text: 'there is no such interface; listLinks() returns those there are',
  },
  {
    codes: ['EEXIST'],
    when: ({ options }) => ((options as RefusedRequest).flags & NLM_F_EXCL) !== 0,
    text: 'the object exists, and NLM_F_EXCL was set',
  },
];

/** Returns advice for a request that the kernel refused; `undefined` if there is none. */
export const adviseRequest: (failure: Failure) => string | undefined = adviceFrom(requestRows);
