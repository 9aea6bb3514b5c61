/**
 * What the recorded headers lack: the value, and the earliest release we know to have it. Every Linux line was compiled
 * against the headers of Linux 7.3 and glibc 2.43; `npm run tables -- --check` does it again with what NEWER_CC says, or
 * with zig's headers as far as they reach. The Windows lines are those of Microsoft's ws2def.h and ws2ipdef.h that MinGW's
 * lack. When the recorded headers learn a name, `--check` says to delete its line.
 */
import type { Platform } from './subject.js';

export interface Newer {
  readonly value: number;
  /** Said after the platform's name: `Linux 6.5`. */
  readonly since: string;
}

const rows: Readonly<Record<Platform, string>> = {
  linux: `
    6.2  SOF_TIMESTAMPING_OPT_ID_TCP 65536  PACKET_FANOUT_FLAG_IGNORE_OUTGOING 16384  ALG_SET_KEY_BY_KEY_SERIAL 7
    6.2  TCP_NLA_REHASH 27
    6.2  tcp_info.tcpi_rcv_wnd 232  tcp_info.tcpi_rcv_wnd_size 4  tcp_info.tcpi_rehash 236  tcp_info.tcpi_rehash_size 4
    6.3  IP_LOCAL_PORT_RANGE 51  TP_STATUS_GSO_TCP 256
    6.4  IP_PROTOCOL 52  PACKET_VNET_HDR_SZ 24  SCTP_SS_FC 3  SCTP_SS_WFQ 4
    6.5  SO_PASSPIDFD 76  SO_PEERPIDFD 77  SCM_PIDFD 4  MPTCP_FULL_INFO 4
    6.6  XDP_USE_SG 16  XDP_PKT_CONTD 1
    6.7  TCP_AO_ADD_KEY 38  TCP_AO_DEL_KEY 39  TCP_AO_INFO 40  TCP_AO_GET_KEYS 41
    6.7  TCP_AO_MAXKEYLEN 80  TCP_AO_KEYF_IFINDEX 1  TCP_AO_KEYF_EXCLUDE_OPT 2
    6.7  TCPI_OPT_USEC_TS 64  SOL_VSOCK 287  VSOCK_RECVERR 1
    6.7  tcp_info.tcpi_total_rto 240  tcp_info.tcpi_total_rto_size 2
    6.7  tcp_info.tcpi_total_rto_recoveries 242  tcp_info.tcpi_total_rto_recoveries_size 2
    6.7  tcp_info.tcpi_total_rto_time 244  tcp_info.tcpi_total_rto_time_size 4
    6.8  TCP_AO_REPAIR 42  XDP_UMEM_TX_SW_CSUM 2  XDP_TX_METADATA 2
    6.8  XDP_TXMD_FLAGS_TIMESTAMP 1  XDP_TXMD_FLAGS_CHECKSUM 2
    6.9  CAN_ISOTP_DYN_FC_PARMS 8192  CANXL_VCID_OFFSET 16  CANXL_VCID_VAL_MASK 255  CANXL_VCID_MASK 16711680
    6.9  CAN_RAW_XL_VCID_OPTS 8  CAN_RAW_XL_VCID_TX_SET 1  CAN_RAW_XL_VCID_TX_PASS 2  CAN_RAW_XL_VCID_RX_FILTER 4
    6.9  can_raw_vcid_options.size 4  can_raw_vcid_options.flags 0  can_raw_vcid_options.tx_vcid 1
    6.9  can_raw_vcid_options.rx_vcid 2  can_raw_vcid_options.rx_vcid_mask 3
    6.11 IPPROTO_SMC 256  TCP_IS_MPTCP 43  XDP_UMEM_TX_METADATA_LEN 4
    6.12 SO_DEVMEM_LINEAR 78  SO_DEVMEM_DMABUF 79  SO_DEVMEM_DONTNEED 80
    6.12 SCM_DEVMEM_LINEAR 78  SCM_DEVMEM_DMABUF 79  MSG_SOCK_DEVMEM 33554432
    6.12 SOF_TIMESTAMPING_OPT_RX_FILTER 131072
    6.13 SCM_TS_OPT_ID 81
    6.14 SO_RCVPRIORITY 82  IPPROTO_AGGFRAG 144
    6.15 TCP_RTO_MAX_MS 44  TCP_RTO_MIN_US 45  TCP_DELACK_MAX_US 46
    6.15 XDP_TXMD_FLAGS_LAUNCH_TIME 4
    6.15 SOF_TIMESTAMPING_TX_COMPLETION 262144  SCM_TSTAMP_COMPLETION 3
    6.16 SO_PASSRIGHTS 83  TCPI_OPT_TFO_CHILD 128  UDP_ENCAP_OVPNINUDP 8
    6.17 SO_INQ 84  SCM_INQ 84  XDP_MAX_TX_SKB_BUDGET 9
    6.19 TLS_TX_MAX_PAYLOAD_LEN 5  TLS_INFO_TX_MAX_PAYLOAD_LEN 7
    6.19 ETH_P_MXLGSW 35011  ETH_P_YT921X 39304  CANXL_RRS 2
    6.19 tcp_info.size 280  tcp_info.tcpi_received_ce 248  tcp_info.tcpi_received_ce_size 4
    6.19 tcp_info.tcpi_delivered_e1_bytes 252  tcp_info.tcpi_delivered_e1_bytes_size 4
    6.19 tcp_info.tcpi_delivered_e0_bytes 256  tcp_info.tcpi_delivered_e0_bytes_size 4
    6.19 tcp_info.tcpi_delivered_ce_bytes 260  tcp_info.tcpi_delivered_ce_bytes_size 4
    6.19 tcp_info.tcpi_received_e1_bytes 264  tcp_info.tcpi_received_e1_bytes_size 4
    6.19 tcp_info.tcpi_received_e0_bytes 268  tcp_info.tcpi_received_e0_bytes_size 4
    6.19 tcp_info.tcpi_received_ce_bytes 272  tcp_info.tcpi_received_ce_bytes_size 4
    7.0  tcp_info.tcpi_ecn 276
    7.0  TCPI_ECN_MODE_DISABLED 0  TCPI_ECN_MODE_RFC3168 1  TCPI_ECN_MODE_ACCECN 2  TCPI_ECN_MODE_PENDING 3
    7.0  TCP_ACCECN_OPT_NOT_SEEN 0  TCP_ACCECN_OPT_EMPTY_SEEN 1  TCP_ACCECN_OPT_COUNTER_SEEN 2
    7.0  TCP_ACCECN_OPT_FAIL_SEEN 3  TCP_ACCECN_ACE_FAIL_SEND 1  TCP_ACCECN_ACE_FAIL_RECV 2
    7.0  TCP_ACCECN_OPT_FAIL_SEND 4  TCP_ACCECN_OPT_FAIL_RECV 8
    7.2  ETH_P_8021AC 34928  ETH_P_NXP_NETC 64826  ETH_P_GRE_OSI 254
    7.3  SO_RIGHTS_NOTRUNC 85
    -    SMCPROTO_SMC 0  SMCPROTO_SMC6 1
    -    SCM_SECURITY 3  ALG_SET_PUBKEY 6  ALG_OP_SIGN 2  ALG_OP_VERIFY 3
    -    BT_VOICE_TRANSPARENT_16BIT 99  BT_ISO_QOS_BIG_UNSET 255  BT_ISO_QOS_BIS_UNSET 255`,
  win32: `
    - SO_PAUSE_ACCEPT 12291  SO_COMPARTMENT_ID 12292  SO_RANDOMIZE_PORT 12293  SO_PORT_SCALABILITY 12294
    - SO_REUSE_UNICASTPORT 12295  SO_REUSE_MULTICASTPORT 12296  SO_ORIGINAL_DST 12303  IP6T_SO_ORIGINAL_DST 12303
    - TCP_KEEPALIVE 3  TCP_MAXSEG 4  TCP_MAXRT 5  TCP_STDURG 6  TCP_NOURG 7  TCP_ATMARK 8  TCP_NOSYNRETRIES 9
    - TCP_TIMESTAMPS 10  TCP_OFFLOAD_PREFERENCE 11  TCP_CONGESTION_ALGORITHM 12  TCP_DELAY_FIN_ACK 13  TCP_MAXRTMS 14
    10 TCP_FASTOPEN 15  TCP_KEEPCNT 16  TCP_KEEPIDLE 3  TCP_KEEPINTVL 17
    10 AF_HYPERV 34  PF_HYPERV 34  sockaddr_hv.AF_HYPERV 34
    - TCP_FAIL_CONNECT_ON_ICMP_ERROR 18  TCP_ICMP_ERROR_INFO 19
    - UDP_SEND_MSG_SIZE 2  UDP_RECV_MAX_COALESCED_SIZE 3  UDP_COALESCED_INFO 3  IP_RECVECN 50  IPV6_RECVECN 50`,
  darwin: '',
  freebsd: '',
};

export const newer: Readonly<Record<Platform, Readonly<Record<string, Newer>>>> = {
  linux: parse(rows.linux),
  win32: parse(rows.win32),
  darwin: parse(rows.darwin),
  freebsd: parse(rows.freebsd),
};

/** Whether any header has a name; `-` stands before those that none has. */
export function published(name: string): boolean {
  return newer.linux[name]?.since !== '';
}

/** A line is a release, `-` for what is only too new for a header, and names with their values. */
function parse(text: string): Record<string, Newer> {
  const entries = text
    .trim()
    .split('\n')
    .filter(Boolean)
    .flatMap(line => {
      const [release, ...words] = line.trim().split(/\s+/);
      const since = release === '-' ? '' : release!;
      return words.flatMap((word, i) =>
        i % 2 === 0 ? [[word, { value: Number(words[i + 1]), since }] as const] : [],
      );
    });
  return Object.fromEntries(entries);
}
