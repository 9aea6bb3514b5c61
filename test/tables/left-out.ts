/**
 * Names of the headers that have our prefixes but are in no subject, and the reasons. A star stands for any
 * end.
 */
export const leftOut: readonly (readonly [why: string, names: string])[] = [
  [
    'how many there are, which changes with the release',
    'AF_MAX PF_MAX *_MAX SCTP_SS_MAX SOF_*_LAST SOF_*_MASK',
  ],
  [
    'of the headers’ own',
    'SOCK_IOC_TYPE SCM_SRCRT SOF_TIMESTAMPING_TX_RECORD_MASK NETLINK_UNCONNECTED NETLINK_CONNECTED',
  ],
  ['bits of TCP’s head in network byte order', 'TCP_FLAG_* TCP_RESERVED_BITS TCP_DATA_OFFSET'],
  [
    'of the C library alone: Linux has them no more, or never had',
    'TCP_COOKIE_* TCP_S_DATA_* TCP_MSS TCP_MAXWIN TCP_MAX_WINSHIFT',
  ],
  [
    'of the path manager, a family of generic netlink',
    'MPTCP_PM_* MPTCP_ATTR_* MPTCP_EVENT_* MPTCP_SUBFLOW_ATTR_*',
  ],
  ['of router renumbering, which nobody runs', 'ICMP6_RR_*'],
  ['of programs that rtnetlink attaches to a device', 'XDP_FLAGS_* XDP_ATTACHED_*'],
  [
    'lengths of keys, which their ciphers have by themselves',
    'TLS_CIPHER_*_SIZE TLS_*_VERSION_MAJOR TLS_*_VERSION_MINOR',
  ],
  ['times in the unit of the kernel’s clock', 'SCO_CONN_TIMEOUT SCO_DISCONN_TIMEOUT SCO_CONN_IDLE_TIMEOUT'],
];

const patterns = leftOut.flatMap(([, names]) =>
  names.split(/\s+/).map(name => new RegExp(`^${name.replaceAll('*', '\\w*')}$`)),
);

export function isLeftOut(name: string): boolean {
  return patterns.some(pattern => pattern.test(name));
}

/** The patterns that match none of these names. */
export function idlePatterns(names: readonly string[]): string[] {
  return patterns.filter(pattern => !names.some(name => pattern.test(name))).map(({ source }) => source);
}
