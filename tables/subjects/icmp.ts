import type { Group } from '../subject.js';

/** The constants of ICMP, in the subject of inet. */
export const icmp: readonly Group[] = [
  {
    about: 'A type or option of ICMP.',
    kind: 'option',
    only: 'ICMP_FILTER',
    man: 'icmp(7)',
    headers: { linux: ['linux/icmp.h'], win32: [], darwin: [] },
    names: `
      ICMP_FILTER: The ICMP types that a raw socket does not receive; level SOL_RAW.
      ICMP_ECHOREPLY ICMP_DEST_UNREACH ICMP_SOURCE_QUENCH ICMP_REDIRECT ICMP_ECHO ICMP_TIME_EXCEEDED
      ICMP_PARAMETERPROB ICMP_TIMESTAMP ICMP_TIMESTAMPREPLY ICMP_INFO_REQUEST ICMP_INFO_REPLY ICMP_ADDRESS
      ICMP_ADDRESSREPLY
      ICMP_EXT_ECHO: A query about an interface (RFC 8335).
      ICMP_EXT_ECHOREPLY: The reply to ICMP_EXT_ECHO.`,
  },
  {
    about: 'A code of an ICMP message.',
    man: 'icmp(7)',
    headers: { linux: ['linux/icmp.h'], win32: [], darwin: [] },
    names: `
      ICMP_NET_UNREACH: ICMP_DEST_UNREACH code: the network is unreachable.
      ICMP_HOST_UNREACH: ICMP_DEST_UNREACH code: the host is unreachable.
      ICMP_PROT_UNREACH: ICMP_DEST_UNREACH code: the host does not support the protocol.
      ICMP_PORT_UNREACH: ICMP_DEST_UNREACH code: no socket is bound to the port.
      ICMP_FRAG_NEEDED: ICMP_DEST_UNREACH code: the packet exceeds the MTU and the don’t-fragment bit is set.
      ICMP_SR_FAILED: ICMP_DEST_UNREACH code: the source route failed.
      ICMP_NET_UNKNOWN: ICMP_DEST_UNREACH code: the network is unknown.
      ICMP_HOST_UNKNOWN: ICMP_DEST_UNREACH code: the host is unknown.
      ICMP_HOST_ISOLATED: ICMP_DEST_UNREACH code: the sender is isolated.
      ICMP_NET_ANO: ICMP_DEST_UNREACH code: the network is administratively prohibited.
      ICMP_HOST_ANO: ICMP_DEST_UNREACH code: the host is administratively prohibited.
      ICMP_NET_UNR_TOS: ICMP_DEST_UNREACH code: the network is unreachable with this type of service.
      ICMP_HOST_UNR_TOS: ICMP_DEST_UNREACH code: the host is unreachable with this type of service.
      ICMP_PKT_FILTERED: ICMP_DEST_UNREACH code: a packet filter blocks the packet.
      ICMP_PREC_VIOLATION: ICMP_DEST_UNREACH code: the precedence is not allowed.
      ICMP_PREC_CUTOFF: ICMP_DEST_UNREACH code: the precedence is too low.
      ICMP_REDIR_NET: ICMP_REDIRECT code: for the network.
      ICMP_REDIR_HOST: ICMP_REDIRECT code: for the host.
      ICMP_REDIR_NETTOS: ICMP_REDIRECT code: for the network and the type of service.
      ICMP_REDIR_HOSTTOS: ICMP_REDIRECT code: for the host and the type of service.
      ICMP_EXC_TTL: ICMP_TIME_EXCEEDED code: the time to live reached 0.
      ICMP_EXC_FRAGTIME: ICMP_TIME_EXCEEDED code: not all fragments arrived in time.
      ICMP_EXT_CODE_MAL_QUERY: ICMP_EXT_ECHOREPLY code: the query is malformed.
      ICMP_EXT_CODE_NO_IF: ICMP_EXT_ECHOREPLY code: there is no such interface.
      ICMP_EXT_CODE_NO_TABLE_ENT: ICMP_EXT_ECHOREPLY code: there is no such entry.
      ICMP_EXT_CODE_MULT_IFS: ICMP_EXT_ECHOREPLY code: several interfaces match.`,
  },
  {
    about: 'A constant of interface queries and replies (RFC 8335).',
    man: 'icmp(7)',
    headers: { linux: ['linux/icmp.h'], win32: [], darwin: [] },
    names: `
      ICMP_EXT_ECHOREPLY_ACTIVE: The interface is up.
      ICMP_EXT_ECHOREPLY_IPV4: The interface has IPv4 enabled.
      ICMP_EXT_ECHOREPLY_IPV6: The interface has IPv6 enabled.
      ICMP_EXT_ECHO_CTYPE_NAME: The query identifies the interface by its name.
      ICMP_EXT_ECHO_CTYPE_INDEX: The query identifies the interface by its index.
      ICMP_EXT_ECHO_CTYPE_ADDR: The query identifies the interface by an address.
      ICMP_AFI_IP: The address is an IPv4 address.
      ICMP_AFI_IP6: The address is an IPv6 address.`,
  },
];
