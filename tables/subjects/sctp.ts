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
        SCTP_ASSOCINFO: How an association retransmits and how long its cookie lasts.
        SCTP_INITMSG: How many streams are asked for, and how often.
        SCTP_NODELAY: Send at once, however little.
        SCTP_AUTOCLOSE: Seconds after which an idle association closes.
        SCTP_SET_PEER_PRIMARY_ADDR: Ask the peer to use this address of ours.
        SCTP_PRIMARY_ADDR: The address of the peer that is used.
        SCTP_ADAPTATION_LAYER: A number that the peer is told.
        SCTP_DISABLE_FRAGMENTS: Too long a message fails.
        SCTP_PEER_ADDR_PARAMS: Heartbeats, path MTU and delays of a peer’s address.
        SCTP_DEFAULT_SEND_PARAM: SCTP_DEFAULT_SNDINFO, in its old layout.
        SCTP_EVENTS: Which notifications are received.
        SCTP_I_WANT_MAPPED_V4_ADDR: Whether IPv4 addresses of an IPv6 socket come mapped.
        SCTP_MAXSEG: The longest fragment.
        SCTP_STATUS: The association’s state and figures; read only.
        SCTP_GET_PEER_ADDR_INFO: The figures of a peer’s address; read only.
        SCTP_DELAYED_ACK_TIME: The same number as SCTP_DELAYED_SACK.
        SCTP_DELAYED_ACK: The same number as SCTP_DELAYED_SACK.
        SCTP_DELAYED_SACK: How long and how often acknowledgements are delayed.
        SCTP_CONTEXT: A number that comes back with failed messages.
        SCTP_FRAGMENT_INTERLEAVE: Whether parts of several messages may come in turn.
        SCTP_PARTIAL_DELIVERY_POINT: From how many bytes on a message is delivered in parts.
        SCTP_MAX_BURST: The most packets sent at once.
        SCTP_AUTH_CHUNK: A kind of chunk that the peer has to authenticate; set only.
        SCTP_HMAC_IDENT: The algorithms of authentication.
        SCTP_AUTH_KEY: A key of authentication; set only.
        SCTP_AUTH_ACTIVE_KEY: The key that is in use.
        SCTP_AUTH_DELETE_KEY: Delete a key; set only.
        SCTP_PEER_AUTH_CHUNKS: The kinds of chunk that the peer wants authenticated; read only.
        SCTP_LOCAL_AUTH_CHUNKS: The kinds of chunk that we want authenticated; read only.
        SCTP_GET_ASSOC_NUMBER: How many associations there are; read only.
        SCTP_GET_ASSOC_ID_LIST: The ids of the associations; read only.
        SCTP_AUTO_ASCONF: Tell the peer of addresses that come and go.
        SCTP_PEER_ADDR_THLDS: After how many failures a peer’s address is given up.
        SCTP_RECVRCVINFO: Receive SCTP_RCVINFO with each message.
        SCTP_RECVNXTINFO: Receive SCTP_NXTINFO with each message.
        SCTP_DEFAULT_SNDINFO: What messages are sent with where SCTP_SNDINFO is left out.
        SCTP_AUTH_DEACTIVATE_KEY: Stop using a key; set only.
        SCTP_REUSE_PORT: Let several sockets bind one port.
        SCTP_PEER_ADDR_THLDS_V2: SCTP_PEER_ADDR_THLDS with one number more.
        SCTP_SOCKOPT_BINDX_ADD: Bind more addresses: sctp_bindx() of the C library.
        SCTP_SOCKOPT_BINDX_REM: Give addresses up: sctp_bindx() of the C library.
        SCTP_SOCKOPT_PEELOFF: A socket of its own for an association: sctp_peeloff() of the C library.
        SCTP_GET_PEER_ADDRS: The addresses of the peer; read only.
        SCTP_GET_LOCAL_ADDRS: The addresses of this socket; read only.
        SCTP_SOCKOPT_CONNECTX: Connect to one of several addresses: sctp_connectx() of the C library.
        SCTP_SOCKOPT_CONNECTX3: SCTP_SOCKOPT_CONNECTX, which tells the association’s id.
        SCTP_SOCKOPT_CONNECTX_OLD: SCTP_SOCKOPT_CONNECTX, as it was first.
        SCTP_GET_ASSOC_STATS: The association’s counters; read only.
        SCTP_PR_SUPPORTED: Whether partial reliability is offered.
        SCTP_DEFAULT_PRINFO: When messages are given up where SCTP_PRINFO is left out.
        SCTP_PR_ASSOC_STATUS: How many messages of an association were given up; read only.
        SCTP_PR_STREAM_STATUS: How many messages of a stream were given up; read only.
        SCTP_RECONFIG_SUPPORTED: Whether streams that are reset are offered.
        SCTP_ENABLE_STREAM_RESET: What of streams the peer may reset.
        SCTP_RESET_STREAMS: Reset streams; set only.
        SCTP_RESET_ASSOC: Reset an association’s sequence numbers; set only.
        SCTP_ADD_STREAMS: Add streams; set only.
        SCTP_SOCKOPT_PEELOFF_FLAGS: SCTP_SOCKOPT_PEELOFF with flags for the new descriptor.
        SCTP_STREAM_SCHEDULER: Which stream’s messages go next, one of SCTP_SS_.
        SCTP_STREAM_SCHEDULER_VALUE: What the scheduler is told of a stream.
        SCTP_INTERLEAVING_SUPPORTED: Whether parts of messages in turn are offered.
        SCTP_EVENT: Whether one kind of notification is received.
        SCTP_ASCONF_SUPPORTED: Whether addresses that come and go are offered.
        SCTP_AUTH_SUPPORTED: Whether authentication is offered.
        SCTP_ECN_SUPPORTED: Whether ECN is offered.
        SCTP_EXPOSE_POTENTIALLY_FAILED_STATE: Whether addresses that seem to fail are told of.
        SCTP_EXPOSE_PF_STATE: The same number as SCTP_EXPOSE_POTENTIALLY_FAILED_STATE.
        SCTP_REMOTE_UDP_ENCAPS_PORT: The peer’s UDP port, for SCTP in UDP.
        SCTP_PLPMTUD_PROBE_INTERVAL: How often the path’s MTU is probed, in milliseconds.`,
    },
    {
      about: 'A control message of level IPPROTO_SCTP.',
      man: 'sctp(7)',
      names: `
        SCTP_INIT: Of sendmsg(): how many streams are asked for (sctp_initmsg).
        SCTP_SNDRCV: Stream, flags and more, both ways, in the old layout (sctp_sndrcvinfo).
        SCTP_SNDINFO: Of sendmsg(): stream, flags and more (sctp_sndinfo).
        SCTP_RCVINFO: Of recvmsg(): stream, flags and more (sctp_rcvinfo).
        SCTP_NXTINFO: Of recvmsg(): the same of the next message (sctp_nxtinfo).
        SCTP_PRINFO: Of sendmsg(): when the message is given up (sctp_prinfo).
        SCTP_AUTHINFO: Of sendmsg(): the key to use (sctp_authinfo).
        SCTP_DSTADDRV4: Of sendmsg(): one more address of the peer, IPv4.
        SCTP_DSTADDRV6: Of sendmsg(): one more address of the peer, IPv6.`,
    },
    {
      about: 'A flag of messages.',
      man: 'sctp(7)',
      hex: true,
      names: `
        MSG_NOTIFICATION: What was received is a notification and no data.
        SCTP_UNORDERED: Not in order.
        SCTP_ADDR_OVER: To this address and not to the primary one.
        SCTP_ABORT: End the association at once.
        SCTP_SACK_IMMEDIATELY: Ask for an acknowledgement without delay.
        SCTP_SENDALL: To all associations.
        SCTP_PR_SCTP_ALL: Of SCTP_PR_ASSOC_STATUS: of every policy.
        SCTP_EOF: End the association when all is sent.
        SCTP_NOTIFICATION: The number of MSG_NOTIFICATION.`,
    },
    {
      about: 'An association id that means several.',
      man: 'sctp(7)',
      names: `
        SCTP_FUTURE_ASSOC: Those to come.
        SCTP_CURRENT_ASSOC: Those that there are.
        SCTP_ALL_ASSOC: Both.`,
    },
    ...notifications,
    {
      about: 'An algorithm of authentication (SCTP_HMAC_IDENT), or what sctp_bindx() shall do.',
      man: 'sctp(7)',
      names: `
        SCTP_AUTH_HMAC_ID_SHA1: SHA-1.
        SCTP_AUTH_HMAC_ID_SHA256: SHA-256.
        SCTP_BINDX_ADD_ADDR: Bind more addresses.
        SCTP_BINDX_REM_ADDR: Give addresses up.
        SCTP_SENDMSG_CONNECT: Of the kernel’s own: sendmsg() connects.`,
    },
    {
      about: 'A policy of partial reliability.',
      man: 'sctp(7)',
      hex: true,
      names: `
        SCTP_PR_SCTP_NONE: Never give a message up.
        SCTP_PR_SCTP_TTL: Give a message up after so many milliseconds.
        SCTP_PR_SCTP_RTX: Give a message up after so many retransmissions.
        SCTP_PR_SCTP_PRIO: Give messages of a lower priority up when memory is short.
        SCTP_PR_SCTP_MASK: The bits of the policy.
        SCTP_PR_SCTP_MAX: The last of these.`,
    },
    {
      about: 'What of streams may be reset.',
      man: 'sctp(7)',
      hex: true,
      names: `
        SCTP_ENABLE_RESET_STREAM_REQ: The peer may reset streams.
        SCTP_ENABLE_RESET_ASSOC_REQ: The peer may reset the association.
        SCTP_ENABLE_CHANGE_ASSOC_REQ: The peer may add streams.
        SCTP_ENABLE_STRRESET_MASK: All of these.
        SCTP_STREAM_RESET_INCOMING: Of SCTP_RESET_STREAMS: those that come in.
        SCTP_STREAM_RESET_OUTGOING: Of SCTP_RESET_STREAMS: those that go out.`,
    },
    {
      about: 'A switch of SCTP_PEER_ADDR_PARAMS.',
      man: 'sctp(7)',
      hex: true,
      names: `
        SPP_HB_ENABLE: Send heartbeats.
        SPP_HB_DISABLE: Send no heartbeats.
        SPP_HB_DEMAND: Send a heartbeat now.
        SPP_PMTUD_ENABLE: Find out the path’s MTU.
        SPP_PMTUD_DISABLE: Take the path’s MTU as it is set.
        SPP_SACKDELAY_ENABLE: Delay acknowledgements.
        SPP_SACKDELAY_DISABLE: Delay no acknowledgements.
        SPP_HB_TIME_IS_ZERO: The delay of heartbeats is 0, and not left out.
        SPP_IPV6_FLOWLABEL: The flow label counts.
        SPP_DSCP: The DSCP counts.`,
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
        SCTP_INACTIVE: It does not answer.
        SCTP_PF: It seems to fail.
        SCTP_POTENTIALLY_FAILED: The same number as SCTP_PF.
        SCTP_ACTIVE: It answers.
        SCTP_UNCONFIRMED: It has not answered yet.
        SCTP_UNKNOWN: Nobody knows.`,
    },
    {
      about: 'A state of an association.',
      man: 'sctp(7)',
      names: `
        SCTP_EMPTY: Nothing.
        SCTP_CLOSED: There is no association.
        SCTP_COOKIE_WAIT: We asked for one.
        SCTP_COOKIE_ECHOED: We sent the peer’s cookie back.
        SCTP_ESTABLISHED: Data may flow both ways.
        SCTP_SHUTDOWN_PENDING: We are closing, and have data to send yet.
        SCTP_SHUTDOWN_SENT: We said that we close.
        SCTP_SHUTDOWN_RECEIVED: The peer said that it closes.
        SCTP_SHUTDOWN_ACK_SENT: We agreed to close.`,
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
      about: 'the value of SCTP_EVENTS: a byte for each kind of notification.',
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
