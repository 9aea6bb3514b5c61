import type { Group } from '../subject.js';

/** The transports beside TCP, and TLS, in the subject of inet. */
export const transports: readonly Group[] = [
  {
    about: 'A socket option of level IPPROTO_UDP.',
    kind: 'option',
    man: 'udp(7)',
    headers: { linux: ['linux/udp.h'] },
    names: `
      UDP_CORK: Hold all data back as one datagram until this is cleared.
      UDP_ENCAP: The encapsulation of this socket, one of UDP_ENCAP_.
      UDP_NO_CHECK6_TX: Send IPv6 datagrams without a checksum.
      UDP_NO_CHECK6_RX: Receive IPv6 datagrams without a checksum.
      UDP_SEGMENT: Let the kernel cut one write into datagrams of this size (GSO).
      UDP_GRO: Receive datagrams of one flow joined together.`,
  },
  {
    about: 'A value of UDP_ENCAP.',
    man: 'udp(7)',
    headers: { linux: ['linux/udp.h'] },
    names: `
      UDP_ENCAP_ESPINUDP_NON_IKE: IPsec, of the early drafts; Linux takes it no longer.
      UDP_ENCAP_ESPINUDP: IPsec (RFC 3948).
      UDP_ENCAP_L2TPINUDP: L2TP (RFC 2661).
      UDP_ENCAP_GTP0: GTP of GSM, version 0.
      UDP_ENCAP_GTP1U: GTP of 3GPP, version 1, for users’ data.
      UDP_ENCAP_RXRPC: Remote procedure calls of AFS.
      TCP_ENCAP_ESPINTCP: Of TCP: IPsec in TCP.
      UDP_ENCAP_OVPNINUDP: OpenVPN.`,
  },
  {
    about: 'A socket option of level IPPROTO_UDP that Linux never had.',
    kind: 'option',
    except: 'UDP_COALESCED_INFO',
    headers: { linux: [] },
    names: `
      UDP_NOCKSUM: Send datagrams without a checksum.
      UDP_NOCHECKSUM: Send datagrams without a checksum; Windows.
      UDP_CHECKSUM_COVERAGE: How much of each datagram the checksum covers.
      UDP_SEND_MSG_SIZE: Let the system cut one write into datagrams of this size.
      UDP_RECV_MAX_COALESCED_SIZE: Receive datagrams of one flow joined together, up to this size.
      UDP_COALESCED_INFO: Control message: the size of the datagrams that were joined.`,
  },
  {
    about: 'A socket option of level SOL_MPTCP.',
    kind: 'option',
    man: 'Documentation/networking/mptcp.rst',
    headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
    names: `
      MPTCP_INFO: The connection’s state and figures; read only.
      MPTCP_TCPINFO: A tcp_info of each subflow; read only.
      MPTCP_SUBFLOW_ADDRS: The addresses of each subflow; read only.
      MPTCP_FULL_INFO: All of these at once; read only.`,
  },
  {
    about: 'A flag of mptcp_info.',
    man: 'Documentation/networking/mptcp.rst',
    headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
    hex: true,
    names: `
      MPTCP_INFO_FLAG_FALLBACK: The connection fell back to plain TCP.
      MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED: The peer’s key has come.`,
  },
  {
    about: 'A flag of a subflow, as `ss` and inet_diag show it.',
    man: 'Documentation/networking/mptcp.rst',
    headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
    hex: true,
    names: `
      MPTCP_SUBFLOW_FLAG_MCAP_REM: The peer asked for multipath TCP.
      MPTCP_SUBFLOW_FLAG_MCAP_LOC: We asked for multipath TCP.
      MPTCP_SUBFLOW_FLAG_JOIN_REM: The peer joined it to a connection.
      MPTCP_SUBFLOW_FLAG_JOIN_LOC: We joined it to a connection.
      MPTCP_SUBFLOW_FLAG_BKUP_REM: The peer wants it as a reserve.
      MPTCP_SUBFLOW_FLAG_BKUP_LOC: We want it as a reserve.
      MPTCP_SUBFLOW_FLAG_FULLY_ESTABLISHED: Both sides know it.
      MPTCP_SUBFLOW_FLAG_CONNECTED: It is connected.
      MPTCP_SUBFLOW_FLAG_MAPVALID: It knows where its data belongs in the connection.`,
  },
  {
    about: 'Why a subflow was reset.',
    man: 'RFC 8684',
    headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
    names: `
      MPTCP_RST_EUNSPEC: No reason was given.
      MPTCP_RST_EMPTCP: Multipath TCP failed.
      MPTCP_RST_ERESOURCE: Resources ran out.
      MPTCP_RST_EPROHIBIT: It is not allowed.
      MPTCP_RST_EWQ2BIG: Too much data waits.
      MPTCP_RST_EBADPERF: It is too slow.
      MPTCP_RST_EMIDDLEBOX: Something on the way meddles.`,
  },
  {
    about: 'A socket option of level SOL_DCCP.',
    kind: 'option',
    man: 'Documentation/networking/dccp.rst',
    headers: { linux: ['linux/dccp.h'], win32: [], darwin: [] },
    names: `
      DCCP_SOCKOPT_PACKET_SIZE: Of old, and without effect.
      DCCP_SOCKOPT_SERVICE: The service codes, in network order.
      DCCP_SOCKOPT_CHANGE_L: Of old, and without effect.
      DCCP_SOCKOPT_CHANGE_R: Of old, and without effect.
      DCCP_SOCKOPT_GET_CUR_MPS: The longest packet that goes whole now; read only.
      DCCP_SOCKOPT_SERVER_TIMEWAIT: Whether the server keeps the TIMEWAIT state.
      DCCP_SOCKOPT_SEND_CSCOV: How much of each packet sent the checksum covers.
      DCCP_SOCKOPT_RECV_CSCOV: How much of each packet received the checksum has to cover.
      DCCP_SOCKOPT_AVAILABLE_CCIDS: The congestion controls that this kernel has; read only.
      DCCP_SOCKOPT_CCID: The congestion controls to choose from, both ways; write only.
      DCCP_SOCKOPT_TX_CCID: The congestion control of what is sent.
      DCCP_SOCKOPT_RX_CCID: The congestion control of what is received.
      DCCP_SOCKOPT_QPOLICY_ID: How packets wait to be sent.
      DCCP_SOCKOPT_QPOLICY_TXQLEN: How many packets may wait to be sent.
      DCCP_SOCKOPT_CCID_RX_INFO: The figures of the receiving congestion control; read only.
      DCCP_SOCKOPT_CCID_TX_INFO: The figures of the sending congestion control; read only.`,
  },
  {
    about: 'A value or a limit of DCCP.',
    man: 'Documentation/networking/dccp.rst',
    headers: { linux: ['linux/dccp.h'], win32: [], darwin: [] },
    names: `
      DCCPC_CCID2: Congestion control like TCP’s: RFC 4341.
      DCCPC_CCID3: Congestion control by a smooth rate (TFRC): RFC 4342.
      DCCPQ_POLICY_SIMPLE: Packets leave in their order.
      DCCPQ_POLICY_PRIO: Packets leave by their priority; when the queue is full the least of them is dropped.
      DCCP_SERVICE_LIST_MAX_LEN: How many service codes a server may have beside its first.
      DCCP_SCM_PRIORITY: Control message: the priority of the packet sent, 32 bits.`,
  },
  {
    about: 'A socket option or control message of level SOL_TLS (TCP_ULP “tls”).',
    kind: 'option',
    except: 'TLS_SET_RECORD_TYPE TLS_GET_RECORD_TYPE',
    man: 'Documentation/networking/tls.rst',
    headers: { linux: ['linux/tls.h'], win32: [], darwin: [] },
    names: `
      TLS_TX: The keys of what is sent.
      TLS_RX: The keys of what is received.
      TLS_TX_ZEROCOPY_RO: sendfile() sends from the file’s own pages, which must not change meanwhile.
      TLS_RX_EXPECT_NO_PAD: The peer does not pad its records: decrypt them where they are wanted.
      TLS_TX_MAX_PAYLOAD_LEN: The longest record that is sent.
      TLS_SET_RECORD_TYPE: Control message: the type of the record to send.
      TLS_GET_RECORD_TYPE: Control message: the type of the record received.`,
  },
  {
    about: 'A version or cipher of the keys of TLS_TX and TLS_RX.',
    man: 'Documentation/networking/tls.rst',
    hex: true,
    headers: { linux: ['linux/tls.h'], win32: [], darwin: [] },
    names: `
      TLS_1_2_VERSION: TLS 1.2.
      TLS_1_3_VERSION: TLS 1.3.
      TLS_CIPHER_AES_GCM_128 TLS_CIPHER_AES_GCM_256 TLS_CIPHER_AES_CCM_128 TLS_CIPHER_CHACHA20_POLY1305
      TLS_CIPHER_SM4_GCM TLS_CIPHER_SM4_CCM TLS_CIPHER_ARIA_GCM_128 TLS_CIPHER_ARIA_GCM_256`,
  },
  {
    about: 'An attribute of what inet_diag and `ss` show of a connection with TLS.',
    man: 'Documentation/networking/tls.rst',
    headers: { linux: ['linux/tls.h'], win32: [], darwin: [] },
    names: `
      TLS_INFO_UNSPEC TLS_INFO_VERSION TLS_INFO_CIPHER TLS_INFO_TXCONF TLS_INFO_RXCONF TLS_INFO_ZC_RO_TX
      TLS_INFO_RX_NO_PAD TLS_INFO_TX_MAX_PAYLOAD_LEN
      TLS_CONF_BASE: Keys are not set.
      TLS_CONF_SW: The kernel encrypts.
      TLS_CONF_HW: The device encrypts.
      TLS_CONF_HW_RECORD: The device does all of TLS.`,
  },
  {
    about: 'A socket option of level IPPROTO_UDPLITE.',
    kind: 'option',
    man: 'udplite(7)',
    headers: {
      linux: ['#define UDPLITE_SEND_CSCOV 10', '#define UDPLITE_RECV_CSCOV 11'],
      win32: [],
      darwin: [],
    },
    names: `
      UDPLITE_SEND_CSCOV: How much of each datagram sent the checksum covers.
      UDPLITE_RECV_CSCOV: The least coverage that is accepted.`,
  },
];
