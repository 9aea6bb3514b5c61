/** Constants of options without a row, and the reasons. */
const reasons: readonly (readonly [why: string, names: string])[] = [
  [
    'no Linux ever had it',
    'SO_SECURITY_AUTHENTICATION SO_SECURITY_ENCRYPTION_TRANSPORT SO_SECURITY_ENCRYPTION_NETWORK',
  ],
  [
    'another layout of an option that has a row',
    `SO_TIMESTAMP_OLD SO_TIMESTAMPNS_OLD SO_TIMESTAMPING_OLD SO_TIMESTAMP_NEW SO_TIMESTAMPNS_NEW SO_TIMESTAMPING_NEW
     SO_RCVTIMEO_OLD SO_SNDTIMEO_OLD SO_RCVTIMEO_NEW SO_SNDTIMEO_NEW SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD
     SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW SCTP_DEFAULT_SEND_PARAM`,
  ],
  [
    'the other name of a row',
    `IP_RECVRETOPTS IP_PMTUDISC IP_ORIGDSTADDR IPV6_ORIGDSTADDR IPV6_ADD_MEMBERSHIP IPV6_DROP_MEMBERSHIP
     IPV6_RXHOPOPTS IPV6_RXDSTOPTS SCTP_DELAYED_ACK_TIME SCTP_DELAYED_ACK TCP_CM_INQ
     SCTP_EXPOSE_PF_STATE`,
  ],
  [
    'of packets on devices without pages, which only the kernel’s own maps reach',
    'SO_DEVMEM_LINEAR SO_DEVMEM_DMABUF SO_DEVMEM_DONTNEED',
  ],
  ['works on memory that has to be mapped', 'TCP_ZEROCOPY_RECEIVE PACKET_HDRLEN'],
  ['a structure with pointers', 'MPTCP_FULL_INFO RDS_GET_MR RDS_FREE_MR RDS_GET_MR_FOR_DEST'],
  [
    'structures that no machine of ours can try: CONFIG_TCP_AO',
    'TCP_AO_ADD_KEY TCP_AO_DEL_KEY TCP_AO_INFO TCP_AO_GET_KEYS TCP_AO_REPAIR',
  ],
  [
    'the header has it, the kernel does not',
    'IPV6_NEXTHOP IPV6_AUTHHDR PACKET_RECV_OUTPUT PACKET_TX_TIMESTAMP BT_CHANNEL_POLICY NETLINK_RX_RING NETLINK_TX_RING',
  ],
  [
    'a control message',
    `IPV6_HOPLIMIT VSOCK_RECVERR ALG_SET_IV ALG_SET_OP ALG_SET_AEAD_ASSOCLEN BT_SCM_PKT_STATUS HCI_CMSG_DIR
     HCI_CMSG_TSTAMP TLS_SET_RECORD_TYPE TLS_GET_RECORD_TYPE`,
  ],
  [
    'of RFC 2292, which RFC 3542 replaced; the names would begin with a digit',
    'IPV6_2292PKTINFO IPV6_2292HOPOPTS IPV6_2292DSTOPTS IPV6_2292RTHDR IPV6_2292PKTOPTIONS IPV6_2292HOPLIMIT',
  ],
  ['of VMware alone, and without effect', 'SO_VM_SOCKETS_NONBLOCK_TXRX'],
  ['of traces that nobody reads', 'SO_RDS_MSG_RXPATH_LATENCY'],
  [
    'keys of the kernel’s TLS: their structures differ by cipher, and raw setsockopt takes them',
    'TLS_TX TLS_RX TLS_TX_ZEROCOPY_RO TLS_RX_EXPECT_NO_PAD TLS_TX_MAX_PAYLOAD_LEN',
  ],
  ['of old, and without effect', 'DCCP_SOCKOPT_PACKET_SIZE DCCP_SOCKOPT_CHANGE_L DCCP_SOCKOPT_CHANGE_R'],
  ['AF_XDP has no room', 'XDP_*'],
  ['AF_IPX has no driver, and Linux has removed it', 'IPX_TYPE'],
  ['of isochronous channels, which need a controller that has them', 'BT_ISO_QOS BT_CODEC BT_ISO_BASE'],
  [
    'of authentication, multi-homing by hand and peeling off: raw calls take their structures',
    `SCTP_AUTH_CHUNK SCTP_HMAC_IDENT SCTP_AUTH_KEY SCTP_AUTH_ACTIVE_KEY SCTP_AUTH_DELETE_KEY SCTP_PEER_AUTH_CHUNKS
     SCTP_LOCAL_AUTH_CHUNKS SCTP_PEER_ADDR_THLDS SCTP_AUTH_DEACTIVATE_KEY SCTP_PEER_ADDR_THLDS_V2
     SCTP_SOCKOPT_PEELOFF SCTP_SOCKOPT_CONNECTX SCTP_SOCKOPT_CONNECTX3
     SCTP_SOCKOPT_CONNECTX_OLD SCTP_SOCKOPT_PEELOFF_FLAGS SCTP_EXPOSE_POTENTIALLY_FAILED_STATE`,
  ],
  [
    'a value or a limit, not an option',
    `TIPC_GROUP_LOOPBACK TIPC_GROUP_MEMBER_EVTS CAN_RAW_FILTER_MAX CAN_RAW_XL_VCID_TX_SET
     CAN_RAW_XL_VCID_TX_PASS CAN_RAW_XL_VCID_RX_FILTER SCM_CAN_RAW_ERRQUEUE BT_SECURITY_* BT_FLUSHABLE_* BT_POWER_*
     BT_CHANNEL_POLICY_* BT_VOICE_* BT_MODE_* BT_ISO_QOS_* L2CAP_LM_* L2CAP_MODE_* L2CAP_DEFAULT_*
     RFCOMM_LM_* RFCOMM_DEFAULT_MTU RFCOMM_PSM SCO_DEFAULT_* SCO_PTYPE_MASK`,
  ],
];

const rules = reasons.flatMap(([why, names]) =>
  names
    .trim()
    .split(/\s+/)
    .map(name => [why, name] as const),
);

function covers(rule: string, name: string): boolean {
  return rule.endsWith('*') ? name.startsWith(rule.slice(0, -1)) : name === rule;
}

/** The reason why an option has no row; `undefined` if there is none. */
export function whyWithoutRow(name: string): string | undefined {
  return rules.find(([, rule]) => covers(rule, name))?.[0];
}

/** The rules that match none of these names. */
export function idleRules(names: readonly string[]): string[] {
  return rules.map(([, rule]) => rule).filter(rule => !names.some(name => covers(rule, name)));
}
