import type { Subject } from '../subject.js';
import { notifications } from './sctp-notifications.js';

export const sctp: Subject = {
  name: 'SCTP',
  constants: 'src/families/inet/sctp.ts',
  layout: 'src/families/inet/sctp-layout.ts',
  headers: { linux: ['stdint.h', 'sys/socket.h', 'linux/sctp.h'] },
  groups: [
    {
      about: 'A socket option of level IPPROTO_SCTP.',
      kind: 'option',
      man: 'sctp(7)',
      names: `
        SCTP_RTOINFO: The bounds of the retransmission timeout.
        SCTP_ASSOCINFO: The retransmission limit and the cookie lifetime of an association.
        SCTP_INITMSG: The initial number of streams, and the connection attempts.
        SCTP_NODELAY: Send small messages immediately.
        SCTP_AUTOCLOSE: The number of seconds after which an idle association is closed.
        SCTP_SET_PEER_PRIMARY_ADDR: Request that the peer uses this local address as primary address.
        SCTP_PRIMARY_ADDR: The primary address of the peer.
        SCTP_ADAPTATION_LAYER: The adaptation layer indication for the peer.
        SCTP_DISABLE_FRAGMENTS: Do not fragment messages; sending a message that is too long fails.
        SCTP_PEER_ADDR_PARAMS: The heartbeats, path MTU and delays of an address of the peer.
        SCTP_DEFAULT_SEND_PARAM: The default of SCTP_DEFAULT_SNDINFO in its old layout.
        SCTP_EVENTS: The notifications to receive.
        SCTP_I_WANT_MAPPED_V4_ADDR: Whether an IPv6 socket returns IPv4 addresses as IPv4-mapped addresses.
        SCTP_MAXSEG: The maximum size of a fragment.
        SCTP_STATUS: The state and statistics of the association; read-only.
        SCTP_GET_PEER_ADDR_INFO: The state and statistics of an address of the peer; read-only.
        SCTP_DELAYED_ACK_TIME: The same number as SCTP_DELAYED_SACK.
        SCTP_DELAYED_ACK: The same number as SCTP_DELAYED_SACK.
        SCTP_DELAYED_SACK: The delay and frequency of delayed acknowledgements.
        SCTP_CONTEXT: A value that is returned with failed messages.
        SCTP_FRAGMENT_INTERLEAVE: Whether parts of several messages can be delivered interleaved.
        SCTP_PARTIAL_DELIVERY_POINT: The number of bytes from which a message is delivered partially.
        SCTP_MAX_BURST: The maximum number of packets per burst.
        SCTP_AUTH_CHUNK: A chunk type that the peer must authenticate; write-only.
        SCTP_HMAC_IDENT: The authentication algorithms.
        SCTP_AUTH_KEY: An authentication key; write-only.
        SCTP_AUTH_ACTIVE_KEY: The active authentication key.
        SCTP_AUTH_DELETE_KEY: Delete an authentication key; write-only.
        SCTP_PEER_AUTH_CHUNKS: The chunk types that the peer requires to be authenticated; read-only.
        SCTP_LOCAL_AUTH_CHUNKS: The chunk types that this socket requires to be authenticated; read-only.
        SCTP_GET_ASSOC_NUMBER: The number of associations; read-only.
        SCTP_GET_ASSOC_ID_LIST: The IDs of the associations; read-only.
        SCTP_AUTO_ASCONF: Report added and removed addresses to the peer automatically.
        SCTP_PEER_ADDR_THLDS: The number of failures after which an address of the peer is unreachable.
        SCTP_RECVRCVINFO: Receive SCTP_RCVINFO with each message.
        SCTP_RECVNXTINFO: Receive SCTP_NXTINFO with each message.
        SCTP_DEFAULT_SNDINFO: The default parameters of messages without SCTP_SNDINFO.
        SCTP_AUTH_DEACTIVATE_KEY: Stop using a key; write-only.
        SCTP_REUSE_PORT: Let several sockets bind the same port.
        SCTP_PEER_ADDR_THLDS_V2: SCTP_PEER_ADDR_THLDS with an additional threshold.
        SCTP_SOCKOPT_BINDX_ADD: Add addresses: sctp_bindx() of the C library.
        SCTP_SOCKOPT_BINDX_REM: Remove addresses: sctp_bindx() of the C library.
        SCTP_SOCKOPT_PEELOFF: Move an association to a new socket: sctp_peeloff() of the C library.
        SCTP_GET_PEER_ADDRS: The addresses of the peer; read-only.
        SCTP_GET_LOCAL_ADDRS: The addresses of this socket; read-only.
        SCTP_SOCKOPT_CONNECTX: Connect to one of several addresses: sctp_connectx() of the C library.
        SCTP_SOCKOPT_CONNECTX3: SCTP_SOCKOPT_CONNECTX that returns the ID of the association.
        SCTP_SOCKOPT_CONNECTX_OLD: The first form of SCTP_SOCKOPT_CONNECTX.
        SCTP_GET_ASSOC_STATS: The counters of the association; read-only.
        SCTP_PR_SUPPORTED: Whether partial reliability is supported.
        SCTP_DEFAULT_PRINFO: The default limit after which messages are abandoned, without SCTP_PRINFO.
        SCTP_PR_ASSOC_STATUS: The number of abandoned messages of an association; read-only.
        SCTP_PR_STREAM_STATUS: The number of abandoned messages of a stream; read-only.
        SCTP_RECONFIG_SUPPORTED: Whether stream reconfiguration is supported.
        SCTP_ENABLE_STREAM_RESET: The reconfigurations that the peer can request.
        SCTP_RESET_STREAMS: Reset streams; write-only.
        SCTP_RESET_ASSOC: Reset the sequence numbers of an association; write-only.
        SCTP_ADD_STREAMS: Add streams; write-only.
        SCTP_SOCKOPT_PEELOFF_FLAGS: SCTP_SOCKOPT_PEELOFF with flags for the new descriptor.
        SCTP_STREAM_SCHEDULER: The scheduler of streams, one of the SCTP_SS_ constants.
        SCTP_STREAM_SCHEDULER_VALUE: The scheduler parameter of a stream.
        SCTP_INTERLEAVING_SUPPORTED: Whether interleaved messages are supported.
        SCTP_EVENT: Whether a notification is received.
        SCTP_ASCONF_SUPPORTED: Whether dynamic addresses are supported.
        SCTP_AUTH_SUPPORTED: Whether authentication is supported.
        SCTP_ECN_SUPPORTED: Whether ECN is supported.
        SCTP_EXPOSE_POTENTIALLY_FAILED_STATE: Whether potentially failed addresses are reported.
        SCTP_EXPOSE_PF_STATE: The same number as SCTP_EXPOSE_POTENTIALLY_FAILED_STATE.
        SCTP_REMOTE_UDP_ENCAPS_PORT: The UDP port of the peer, for SCTP over UDP.
        SCTP_PLPMTUD_PROBE_INTERVAL: The interval of path MTU probes, in milliseconds.`,
    },
    {
      about: 'A control message of level IPPROTO_SCTP.',
      man: 'sctp(7)',
      names: `
        SCTP_INIT: For sendmsg(): the parameters of a new association (sctp_initmsg).
        SCTP_SNDRCV: For sendmsg() and recvmsg(): stream, flags and more, in the old layout (sctp_sndrcvinfo).
        SCTP_SNDINFO: For sendmsg(): stream, flags and more (sctp_sndinfo).
        SCTP_RCVINFO: For recvmsg(): stream, flags and more (sctp_rcvinfo).
        SCTP_NXTINFO: For recvmsg(): stream, length and more of the next message (sctp_nxtinfo).
        SCTP_PRINFO: For sendmsg(): the limit after which the message is abandoned (sctp_prinfo).
        SCTP_AUTHINFO: For sendmsg(): the key to use (sctp_authinfo).
        SCTP_DSTADDRV4: For sendmsg(): an additional IPv4 address of the peer.
        SCTP_DSTADDRV6: For sendmsg(): an additional IPv6 address of the peer.`,
    },
    {
      about: 'A flag of messages.',
      man: 'sctp(7)',
      hex: true,
      names: `
        MSG_NOTIFICATION: The received message is a notification, not data.
        SCTP_UNORDERED: Send the message unordered.
        SCTP_ADDR_OVER: Send to this address instead of the primary address.
        SCTP_ABORT: Abort the association immediately.
        SCTP_SACK_IMMEDIATELY: Request an immediate acknowledgement.
        SCTP_SENDALL: Send to all associations.
        SCTP_PR_SCTP_ALL: SCTP_PR_ASSOC_STATUS value: all policies.
        SCTP_EOF: Shut down the association after all data is sent.
        SCTP_NOTIFICATION: The same number as MSG_NOTIFICATION.`,
    },
    {
      about: 'An association ID that stands for several associations.',
      man: 'sctp(7)',
      names: `
        SCTP_FUTURE_ASSOC: All future associations.
        SCTP_CURRENT_ASSOC: All current associations.
        SCTP_ALL_ASSOC: All current and future associations.`,
    },
    ...notifications,
    {
      about: 'An authentication algorithm (SCTP_HMAC_IDENT), or an operation of sctp_bindx().',
      man: 'sctp(7)',
      names: `
        SCTP_AUTH_HMAC_ID_SHA1: SHA-1.
        SCTP_AUTH_HMAC_ID_SHA256: SHA-256.
        SCTP_BINDX_ADD_ADDR: Add addresses.
        SCTP_BINDX_REM_ADDR: Remove addresses.
        SCTP_SENDMSG_CONNECT: Internal to the kernel: sendmsg() connects.`,
    },
    {
      about: 'A policy of partial reliability.',
      man: 'sctp(7)',
      hex: true,
      names: `
        SCTP_PR_SCTP_NONE: Never abandon a message.
        SCTP_PR_SCTP_TTL: Abandon a message after a number of milliseconds.
        SCTP_PR_SCTP_RTX: Abandon a message after a number of retransmissions.
        SCTP_PR_SCTP_PRIO: Abandon messages of lower priority if the buffer is full.
        SCTP_PR_SCTP_MASK: The bits of the policy.
        SCTP_PR_SCTP_MAX: The last policy.`,
    },
    {
      about: 'A permission of stream reconfiguration.',
      man: 'sctp(7)',
      hex: true,
      names: `
        SCTP_ENABLE_RESET_STREAM_REQ: The peer can reset streams.
        SCTP_ENABLE_RESET_ASSOC_REQ: The peer can reset the association.
        SCTP_ENABLE_CHANGE_ASSOC_REQ: The peer can add streams.
        SCTP_ENABLE_STRRESET_MASK: The mask of all permissions.
        SCTP_STREAM_RESET_INCOMING: SCTP_RESET_STREAMS flag: reset incoming streams.
        SCTP_STREAM_RESET_OUTGOING: SCTP_RESET_STREAMS flag: reset outgoing streams.`,
    },
    {
      about: 'A flag of SCTP_PEER_ADDR_PARAMS.',
      man: 'sctp(7)',
      hex: true,
      names: `
        SPP_HB_ENABLE: Send heartbeats.
        SPP_HB_DISABLE: Send no heartbeats.
        SPP_HB_DEMAND: Send a heartbeat now.
        SPP_PMTUD_ENABLE: Discover the path MTU.
        SPP_PMTUD_DISABLE: Use the path MTU that is set.
        SPP_SACKDELAY_ENABLE: Delay acknowledgements.
        SPP_SACKDELAY_DISABLE: Do not delay acknowledgements.
        SPP_HB_TIME_IS_ZERO: Use a heartbeat delay of 0 instead of the default.
        SPP_IPV6_FLOWLABEL: Use the flow label of the structure.
        SPP_DSCP: Use the DSCP of the structure.`,
    },
    {
      about: 'A scheduler of streams.',
      man: 'sctp(7)',
      names: `
        SCTP_SS_FCFS: First come, first served.
        SCTP_SS_DEFAULT: The same number as SCTP_SS_FCFS.
        SCTP_SS_PRIO: By priority.
        SCTP_SS_RR: Round robin.
        SCTP_SS_FC: Fair, by bytes.
        SCTP_SS_WFQ: Fair, by bytes and weights.`,
    },
    {
      about: 'A state of a peer’s address.',
      man: 'sctp(7)',
      names: `
        SCTP_INACTIVE: The address is unreachable.
        SCTP_PF: The address has potentially failed.
        SCTP_POTENTIALLY_FAILED: The same number as SCTP_PF.
        SCTP_ACTIVE: The address is reachable.
        SCTP_UNCONFIRMED: The address was not confirmed yet.
        SCTP_UNKNOWN: The state is unknown.`,
    },
    {
      about: 'A state of an association.',
      man: 'sctp(7)',
      names: `
        SCTP_EMPTY: The initial state.
        SCTP_CLOSED: The association does not exist.
        SCTP_COOKIE_WAIT: This side sent INIT and waits for the cookie.
        SCTP_COOKIE_ECHOED: This side returned the cookie.
        SCTP_ESTABLISHED: Both sides can send data.
        SCTP_SHUTDOWN_PENDING: This side is shutting down, and still has data to send.
        SCTP_SHUTDOWN_SENT: This side sent SHUTDOWN.
        SCTP_SHUTDOWN_RECEIVED: The peer sent SHUTDOWN.
        SCTP_SHUTDOWN_ACK_SENT: This side acknowledged the SHUTDOWN of the peer.`,
    },
  ],
  structs: [
    {
      name: 'sctp_initmsg',
      about: 'the value of SCTP_INITMSG.',
      fields: 'sinit_num_ostreams sinit_max_instreams sinit_max_attempts sinit_max_init_timeo',
    },
    {
      name: 'sctp_sndinfo',
      about: 'the value of SCTP_DEFAULT_SNDINFO.',
      fields: 'snd_sid snd_flags snd_ppid snd_context snd_assoc_id',
    },
    {
      name: 'sctp_rtoinfo',
      about: 'the value of SCTP_RTOINFO.',
      fields: 'srto_assoc_id srto_initial srto_max srto_min',
    },
    {
      name: 'sctp_assocparams',
      about: 'the value of SCTP_ASSOCINFO.',
      fields: `
        sasoc_assoc_id sasoc_asocmaxrxt sasoc_number_peer_destinations sasoc_peer_rwnd sasoc_local_rwnd
        sasoc_cookie_life`,
    },
    {
      name: 'sctp_prim',
      about: 'the value of SCTP_PRIMARY_ADDR, and of SCTP_SET_PEER_PRIMARY_ADDR.',
      fields: 'ssp_assoc_id ssp_addr',
    },
    {
      name: 'sctp_setadaptation',
      about: 'the value of SCTP_ADAPTATION_LAYER.',
      fields: 'ssb_adaptation_ind',
    },
    {
      name: 'sctp_paddrparams',
      about: 'the value of SCTP_PEER_ADDR_PARAMS.',
      fields: `
        spp_assoc_id spp_address spp_hbinterval spp_pathmaxrxt spp_pathmtu spp_sackdelay spp_flags spp_ipv6_flowlabel
        spp_dscp`,
    },
    {
      name: 'sctp_sack_info',
      about: 'the value of SCTP_DELAYED_SACK.',
      fields: 'sack_assoc_id sack_delay sack_freq',
    },
    {
      name: 'sctp_assoc_value',
      about: 'an association and a number: the value of many options.',
      fields: 'assoc_id assoc_value',
    },
    {
      name: 'sctp_stream_value',
      about: 'the value of SCTP_STREAM_SCHEDULER_VALUE.',
      fields: 'assoc_id stream_id stream_value',
    },
    {
      name: 'sctp_paddrinfo',
      about: 'the value of SCTP_GET_PEER_ADDR_INFO.',
      fields: 'spinfo_assoc_id spinfo_address spinfo_state spinfo_cwnd spinfo_srtt spinfo_rto spinfo_mtu',
    },
    {
      name: 'sctp_status',
      about: 'the value of SCTP_STATUS.',
      fields: `
        sstat_assoc_id sstat_state sstat_rwnd sstat_unackdata sstat_penddata sstat_instrms sstat_outstrms
        sstat_fragmentation_point sstat_primary`,
    },
    {
      name: 'sctp_assoc_ids',
      about: 'the value of SCTP_GET_ASSOC_ID_LIST; the ids follow.',
      fields: 'gaids_number_of_ids gaids_assoc_id',
    },
    {
      name: 'sctp_getaddrs',
      about: 'the value of SCTP_GET_PEER_ADDRS and SCTP_GET_LOCAL_ADDRS; the addresses follow.',
      fields: 'assoc_id addr_num addrs',
    },
    {
      name: 'sctp_assoc_stats',
      about: 'the value of SCTP_GET_ASSOC_STATS.',
      fields: `
        sas_assoc_id sas_obs_rto_ipaddr sas_maxrto sas_isacks sas_osacks sas_opackets sas_ipackets sas_rtxchunks
        sas_outofseqtsns sas_idupchunks sas_gapcnt sas_ouodchunks sas_iuodchunks sas_oodchunks sas_iodchunks
        sas_octrlchunks sas_ictrlchunks`,
    },
    {
      name: 'sctp_default_prinfo',
      about: 'the value of SCTP_DEFAULT_PRINFO.',
      fields: 'pr_assoc_id pr_value pr_policy',
    },
    {
      name: 'sctp_prstatus',
      about: 'the value of SCTP_PR_ASSOC_STATUS and SCTP_PR_STREAM_STATUS.',
      fields: 'sprstat_assoc_id sprstat_sid sprstat_policy sprstat_abandoned_unsent sprstat_abandoned_sent',
    },
    {
      name: 'sctp_reset_streams',
      about: 'the value of SCTP_RESET_STREAMS; the streams follow.',
      fields: 'srs_assoc_id srs_flags srs_number_streams srs_stream_list',
    },
    {
      name: 'sctp_add_streams',
      about: 'the value of SCTP_ADD_STREAMS.',
      fields: 'sas_assoc_id sas_instrms sas_outstrms',
    },
    { name: 'sctp_event', about: 'the value of SCTP_EVENT.', fields: 'se_assoc_id se_type se_on' },
    {
      name: 'sctp_event_subscribe',
      about: 'the value of SCTP_EVENTS: one byte per kind of notification.',
      fields: `
        sctp_data_io_event sctp_association_event sctp_address_event sctp_send_failure_event sctp_peer_error_event
        sctp_shutdown_event sctp_partial_delivery_event sctp_adaptation_layer_event sctp_authentication_event
        sctp_sender_dry_event sctp_stream_reset_event sctp_assoc_reset_event sctp_stream_change_event
        sctp_send_failure_event_event`,
    },
    {
      name: 'sctp_udpencaps',
      about: 'the value of SCTP_REMOTE_UDP_ENCAPS_PORT.',
      fields: 'sue_assoc_id sue_address sue_port',
    },
    {
      name: 'sctp_probeinterval',
      about: 'the value of SCTP_PLPMTUD_PROBE_INTERVAL.',
      fields: 'spi_assoc_id spi_address spi_interval',
    },
    {
      name: 'sctp_sndrcvinfo',
      about: 'the control message SCTP_SNDRCV.',
      fields: `
        sinfo_stream sinfo_ssn sinfo_flags sinfo_ppid sinfo_context sinfo_timetolive sinfo_tsn sinfo_cumtsn
        sinfo_assoc_id`,
    },
    {
      name: 'sctp_rcvinfo',
      about: 'the control message SCTP_RCVINFO.',
      fields: 'rcv_sid rcv_ssn rcv_flags rcv_ppid rcv_tsn rcv_cumtsn rcv_context rcv_assoc_id',
    },
    {
      name: 'sctp_nxtinfo',
      about: 'the control message SCTP_NXTINFO.',
      fields: 'nxt_sid nxt_flags nxt_ppid nxt_length nxt_assoc_id',
    },
    { name: 'sctp_prinfo', about: 'the control message SCTP_PRINFO.', fields: 'pr_policy pr_value' },
    { name: 'sctp_authinfo', about: 'the control message SCTP_AUTHINFO.', fields: 'auth_keynumber' },
    {
      name: 'sctp_assoc_change',
      about: 'the notification SCTP_ASSOC_CHANGE.',
      fields: `
        sac_type sac_flags sac_length sac_state sac_error sac_outbound_streams sac_inbound_streams sac_assoc_id sac_info`,
    },
    {
      name: 'sctp_paddr_change',
      about: 'the notification SCTP_PEER_ADDR_CHANGE.',
      fields: 'spc_aaddr spc_state spc_error spc_assoc_id',
    },
    {
      name: 'sctp_remote_error',
      about: 'the notification SCTP_REMOTE_ERROR.',
      fields: 'sre_error sre_assoc_id sre_data',
    },
    {
      name: 'sctp_send_failed',
      about: 'the notification SCTP_SEND_FAILED.',
      fields: `
        ssf_error ssf_stream=ssf_info.sinfo_stream ssf_info_flags=ssf_info.sinfo_flags ssf_ppid=ssf_info.sinfo_ppid
        ssf_context=ssf_info.sinfo_context ssf_assoc_id ssf_data`,
    },
    {
      name: 'sctp_send_failed_event',
      about: 'the notification SCTP_SEND_FAILED_EVENT.',
      fields: `
        ssf_error ssf_stream=ssfe_info.snd_sid ssf_info_flags=ssfe_info.snd_flags ssf_ppid=ssfe_info.snd_ppid
        ssf_context=ssfe_info.snd_context ssf_assoc_id ssf_data`,
    },
    { name: 'sctp_shutdown_event', about: 'the notification SCTP_SHUTDOWN_EVENT.', fields: 'sse_assoc_id' },
    {
      name: 'sctp_adaptation_event',
      about: 'the notification SCTP_ADAPTATION_INDICATION.',
      fields: 'sai_adaptation_ind sai_assoc_id',
    },
    {
      name: 'sctp_pdapi_event',
      about: 'the notification SCTP_PARTIAL_DELIVERY_EVENT.',
      fields: 'pdapi_indication pdapi_assoc_id pdapi_stream pdapi_seq',
    },
    {
      name: 'sctp_authkey_event',
      about: 'the notification SCTP_AUTHENTICATION_INDICATION.',
      fields: 'auth_keynumber auth_altkeynumber auth_indication auth_assoc_id',
    },
    {
      name: 'sctp_sender_dry_event',
      about: 'the notification SCTP_SENDER_DRY_EVENT.',
      fields: 'sender_dry_assoc_id',
    },
    {
      name: 'sctp_stream_reset_event',
      about: 'the notification SCTP_STREAM_RESET_EVENT.',
      fields: 'strreset_flags strreset_length strreset_assoc_id strreset_stream_list',
    },
    {
      name: 'sctp_assoc_reset_event',
      about: 'the notification SCTP_ASSOC_RESET_EVENT.',
      fields: 'assocreset_assoc_id assocreset_local_tsn assocreset_remote_tsn',
    },
    {
      name: 'sctp_stream_change_event',
      about: 'the notification SCTP_STREAM_CHANGE_EVENT.',
      fields: 'strchange_assoc_id strchange_instrms strchange_outstrms',
    },
    {
      name: 'sctp_peeloff_flags',
      type: 'sctp_peeloff_flags_arg_t',
      about: 'the value of SCTP_SOCKOPT_PEELOFF_FLAGS.',
      fields: 'associd=p_arg.associd sd=p_arg.sd flags',
    },
  ],
};
