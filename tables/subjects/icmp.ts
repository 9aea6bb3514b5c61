import type { Group } from '../subject.js';

/** The groups of ICMP, in the subject of inet. */
export const icmp: readonly Group[] = [
  {
    about: 'A type or option of ICMP.',
    kind: 'option',
    only: 'ICMP_FILTER',
    man: 'icmp(7)',
    headers: { linux: ['linux/icmp.h'], win32: [], darwin: [] },
    names: `
      ICMP_FILTER: Which ICMP types a raw socket does not receive; level SOL_RAW.
      ICMP_ECHOREPLY ICMP_DEST_UNREACH ICMP_SOURCE_QUENCH ICMP_REDIRECT ICMP_ECHO ICMP_TIME_EXCEEDED
      ICMP_PARAMETERPROB ICMP_TIMESTAMP ICMP_TIMESTAMPREPLY ICMP_INFO_REQUEST ICMP_INFO_REPLY ICMP_ADDRESS
      ICMP_ADDRESSREPLY
      ICMP_EXT_ECHO: A question about an interface (RFC 8335).
      ICMP_EXT_ECHOREPLY: The answer to that.`,
  },
  {
    about: 'A code of an ICMP message.',
    man: 'icmp(7)',
    headers: { linux: ['linux/icmp.h'], win32: [], darwin: [] },
    names: `
      ICMP_NET_UNREACH: Of ICMP_DEST_UNREACH: the network cannot be reached.
      ICMP_HOST_UNREACH: Of ICMP_DEST_UNREACH: the host cannot be reached.
      ICMP_PROT_UNREACH: Of ICMP_DEST_UNREACH: the host does not speak the protocol.
      ICMP_PORT_UNREACH: Of ICMP_DEST_UNREACH: nobody is at the port.
      ICMP_FRAG_NEEDED: Of ICMP_DEST_UNREACH: too long for the next link, and the don’t-fragment bit is set.
      ICMP_SR_FAILED: Of ICMP_DEST_UNREACH: the source route failed.
      ICMP_NET_UNKNOWN: Of ICMP_DEST_UNREACH: the network is not known.
      ICMP_HOST_UNKNOWN: Of ICMP_DEST_UNREACH: the host is not known.
      ICMP_HOST_ISOLATED: Of ICMP_DEST_UNREACH: the sender is isolated.
      ICMP_NET_ANO: Of ICMP_DEST_UNREACH: the network is prohibited.
      ICMP_HOST_ANO: Of ICMP_DEST_UNREACH: the host is prohibited.
      ICMP_NET_UNR_TOS: Of ICMP_DEST_UNREACH: the network cannot be reached by this type of service.
      ICMP_HOST_UNR_TOS: Of ICMP_DEST_UNREACH: the host cannot be reached by this type of service.
      ICMP_PKT_FILTERED: Of ICMP_DEST_UNREACH: a filter lets it not pass.
      ICMP_PREC_VIOLATION: Of ICMP_DEST_UNREACH: the precedence is not allowed.
      ICMP_PREC_CUTOFF: Of ICMP_DEST_UNREACH: the precedence is too low.
      ICMP_REDIR_NET: Of ICMP_REDIRECT: for the network.
      ICMP_REDIR_HOST: Of ICMP_REDIRECT: for the host.
      ICMP_REDIR_NETTOS: Of ICMP_REDIRECT: for the network and the type of service.
      ICMP_REDIR_HOSTTOS: Of ICMP_REDIRECT: for the host and the type of service.
      ICMP_EXC_TTL: Of ICMP_TIME_EXCEEDED: the time to live ran out.
      ICMP_EXC_FRAGTIME: Of ICMP_TIME_EXCEEDED: fragments did not come in time.
      ICMP_EXT_CODE_MAL_QUERY: Of ICMP_EXT_ECHOREPLY: the question makes no sense.
      ICMP_EXT_CODE_NO_IF: Of ICMP_EXT_ECHOREPLY: there is no such interface.
      ICMP_EXT_CODE_NO_TABLE_ENT: Of ICMP_EXT_ECHOREPLY: there is no such entry.
      ICMP_EXT_CODE_MULT_IFS: Of ICMP_EXT_ECHOREPLY: several interfaces are meant.`,
  },
  {
    about: 'Of a question about an interface, or its answer (RFC 8335).',
    man: 'icmp(7)',
    headers: { linux: ['linux/icmp.h'], win32: [], darwin: [] },
    names: `
      ICMP_EXT_ECHOREPLY_ACTIVE: The interface is up.
      ICMP_EXT_ECHOREPLY_IPV4: The interface speaks IPv4.
      ICMP_EXT_ECHOREPLY_IPV6: The interface speaks IPv6.
      ICMP_EXT_ECHO_CTYPE_NAME: The interface of a name.
      ICMP_EXT_ECHO_CTYPE_INDEX: The interface of an index.
      ICMP_EXT_ECHO_CTYPE_ADDR: The interface of an address.
      ICMP_AFI_IP: The address is one of IPv4.
      ICMP_AFI_IP6: The address is one of IPv6.`,
  },
];
