import type { Group } from '../subject.js';

/** The transport protocols other than TCP, and TLS, in the subject of inet. */
export const transports: readonly Group[] = [
  {
    about: 'A socket option of level IPPROTO_UDP.',
    kind: 'option',
    man: 'udp(7)',
    headers: { linux: ['linux/udp.h'] },
    names: `
      UDP_CORK: Collect data into one datagram until this is cleared.
      UDP_ENCAP: The encapsulation of this socket, one of the UDP_ENCAP_ constants.
      UDP_NO_CHECK6_TX: Send IPv6 datagrams without a checksum.
      UDP_NO_CHECK6_RX: Accept IPv6 datagrams without a checksum.
      UDP_SEGMENT: Let the kernel split a write into datagrams of this size (GSO).
      UDP_GRO: Receive merged datagrams of one flow (GRO).`,
  },
  {
    about: 'A value of UDP_ENCAP.',
    man: 'udp(7)',
    headers: { linux: ['linux/udp.h'] },
    names: `
      UDP_ENCAP_ESPINUDP_NON_IKE: IPsec of the early drafts; no longer supported by Linux.
      UDP_ENCAP_ESPINUDP: IPsec (RFC 3948).
      UDP_ENCAP_L2TPINUDP: L2TP (RFC 2661).
      UDP_ENCAP_GTP0: GTP of GSM, version 0.
      UDP_ENCAP_GTP1U: GTP of 3GPP, version 1, for user data.
      UDP_ENCAP_RXRPC: RxRPC: remote procedure calls of AFS.
      TCP_ENCAP_ESPINTCP: IPsec over TCP, for TCP sockets.
      UDP_ENCAP_OVPNINUDP: OpenVPN.`,
  },
  {
    about: 'A socket option of level IPPROTO_UDP that Linux does not have.',
    kind: 'option',
    except: 'UDP_COALESCED_INFO',
    headers: { linux: [] },
    names: `
      UDP_NOCKSUM: Send datagrams without a checksum.
      UDP_NOCHECKSUM: Send datagrams without a checksum; Windows.
      UDP_CHECKSUM_COVERAGE: The number of bytes of each datagram that the checksum covers.
      UDP_SEND_MSG_SIZE: Let the system split a write into datagrams of this size.
      UDP_RECV_MAX_COALESCED_SIZE: Receive merged datagrams of one flow, up to this size.
      UDP_COALESCED_INFO: Control message: the size of the merged datagrams.`,
  },
  {
    about: 'A socket option of level SOL_MPTCP.',
    kind: 'option',
    man: 'Documentation/networking/mptcp.rst',
    headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
    names: `
      MPTCP_INFO: The state and statistics of the connection; read-only.
      MPTCP_TCPINFO: A tcp_info per subflow; read-only.
      MPTCP_SUBFLOW_ADDRS: The addresses of each subflow; read-only.
      MPTCP_FULL_INFO: The values of MPTCP_INFO, MPTCP_TCPINFO and MPTCP_SUBFLOW_ADDRS; read-only.`,
  },
  {
    about: 'A flag of mptcp_info.',
    man: 'Documentation/networking/mptcp.rst',
    headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
    hex: true,
    names: `
      MPTCP_INFO_FLAG_FALLBACK: The connection fell back to plain TCP.
      MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED: The key of the peer was received.`,
  },
  {
    about: 'A flag of a subflow, as shown by `ss` and inet_diag.',
    man: 'Documentation/networking/mptcp.rst',
    headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
    hex: true,
    names: `
      MPTCP_SUBFLOW_FLAG_MCAP_REM: The peer requested Multipath TCP.
      MPTCP_SUBFLOW_FLAG_MCAP_LOC: This side requested Multipath TCP.
      MPTCP_SUBFLOW_FLAG_JOIN_REM: The peer joined the subflow to a connection.
      MPTCP_SUBFLOW_FLAG_JOIN_LOC: This side joined the subflow to a connection.
      MPTCP_SUBFLOW_FLAG_BKUP_REM: The peer marked the subflow as a backup.
      MPTCP_SUBFLOW_FLAG_BKUP_LOC: This side marked the subflow as a backup.
      MPTCP_SUBFLOW_FLAG_FULLY_ESTABLISHED: The subflow is fully established.
      MPTCP_SUBFLOW_FLAG_CONNECTED: The subflow is connected.
      MPTCP_SUBFLOW_FLAG_MAPVALID: The mapping of the subflow’s data to the connection is valid.`,
  },
  {
    about: 'The reason for the reset of a subflow.',
    man: 'RFC 8684',
    headers: { linux: ['netinet/in.h', 'linux/mptcp.h'], win32: [], darwin: [] },
    names: `
      MPTCP_RST_EUNSPEC: No reason was given.
      MPTCP_RST_EMPTCP: A Multipath TCP error.
      MPTCP_RST_ERESOURCE: Insufficient resources.
      MPTCP_RST_EPROHIBIT: Administratively prohibited.
      MPTCP_RST_EWQ2BIG: Too much outstanding data.
      MPTCP_RST_EBADPERF: Unacceptable performance.
      MPTCP_RST_EMIDDLEBOX: Interference by a middlebox.`,
  },
  {
    about: 'A socket option of level SOL_DCCP.',
    kind: 'option',
    man: 'Documentation/networking/dccp.rst',
    headers: { linux: ['linux/dccp.h'], win32: [], darwin: [] },
    names: `
      DCCP_SOCKOPT_PACKET_SIZE: Deprecated; has no effect.
      DCCP_SOCKOPT_SERVICE: The service codes, in network byte order.
      DCCP_SOCKOPT_CHANGE_L: Deprecated; has no effect.
      DCCP_SOCKOPT_CHANGE_R: Deprecated; has no effect.
      DCCP_SOCKOPT_GET_CUR_MPS: The current maximum packet size; read-only.
      DCCP_SOCKOPT_SERVER_TIMEWAIT: Whether the server keeps the TIMEWAIT state.
      DCCP_SOCKOPT_SEND_CSCOV: The checksum coverage of sent packets.
      DCCP_SOCKOPT_RECV_CSCOV: The minimum checksum coverage of received packets.
      DCCP_SOCKOPT_AVAILABLE_CCIDS: The congestion control algorithms of this kernel; read-only.
      DCCP_SOCKOPT_CCID: The congestion control algorithms to choose from, for both directions; write-only.
      DCCP_SOCKOPT_TX_CCID: The congestion control algorithm for sending.
      DCCP_SOCKOPT_RX_CCID: The congestion control algorithm for receiving.
      DCCP_SOCKOPT_QPOLICY_ID: The queueing policy of sent packets.
      DCCP_SOCKOPT_QPOLICY_TXQLEN: The maximum number of packets queued for sending.
      DCCP_SOCKOPT_CCID_RX_INFO: The statistics of the congestion control for receiving; read-only.
      DCCP_SOCKOPT_CCID_TX_INFO: The statistics of the congestion control for sending; read-only.`,
  },
  {
    about: 'A value or a limit of DCCP.',
    man: 'Documentation/networking/dccp.rst',
    headers: { linux: ['linux/dccp.h'], win32: [], darwin: [] },
    names: `
      DCCPC_CCID2: TCP-like congestion control (RFC 4341).
      DCCPC_CCID3: TCP-friendly rate control (RFC 4342).
      DCCPQ_POLICY_SIMPLE: Packets are sent in order.
      DCCPQ_POLICY_PRIO: Packets are sent by priority; a full queue drops the packet with the lowest.
      DCCP_SERVICE_LIST_MAX_LEN: The maximum number of additional service codes of a server.
      DCCP_SCM_PRIORITY: Control message: the priority of the sent packet, 32 bits.`,
  },
  {
    about: 'A socket option or control message of level SOL_TLS (TCP_ULP “tls”).',
    kind: 'option',
    except: 'TLS_SET_RECORD_TYPE TLS_GET_RECORD_TYPE',
    man: 'Documentation/networking/tls.rst',
    headers: { linux: ['linux/tls.h'], win32: [], darwin: [] },
    names: `
      TLS_TX: The keys for sending.
      TLS_RX: The keys for receiving.
      TLS_TX_ZEROCOPY_RO: Let sendfile() send the pages of the file, which must not change until they are sent.
      TLS_RX_EXPECT_NO_PAD: Expect no padding from the peer, and decrypt directly into the buffer of the program.
      TLS_TX_MAX_PAYLOAD_LEN: The maximum size of a sent record.
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
    about: 'An attribute of a TLS connection, as shown by inet_diag and `ss`.',
    man: 'Documentation/networking/tls.rst',
    headers: { linux: ['linux/tls.h'], win32: [], darwin: [] },
    names: `
      TLS_INFO_UNSPEC TLS_INFO_VERSION TLS_INFO_CIPHER TLS_INFO_TXCONF TLS_INFO_RXCONF TLS_INFO_ZC_RO_TX
      TLS_INFO_RX_NO_PAD TLS_INFO_TX_MAX_PAYLOAD_LEN
      TLS_CONF_BASE: No keys are set.
      TLS_CONF_SW: The kernel encrypts.
      TLS_CONF_HW: The device encrypts.
      TLS_CONF_HW_RECORD: The device processes complete TLS records.`,
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
      UDPLITE_SEND_CSCOV: The checksum coverage of sent datagrams.
      UDPLITE_RECV_CSCOV: The minimum checksum coverage of accepted datagrams.`,
  },
];
