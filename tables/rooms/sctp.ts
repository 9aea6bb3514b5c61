import type { Room } from '../room.js';

export const sctp: Room = {
  name: 'SCTP',
  constants: 'src/families/inet/sctp.ts',
  layout: 'src/families/inet/sctp-layout.ts',
  headers: { linux: ['stdint.h', 'sys/socket.h', 'linux/sctp.h'] },
  groups: [
    {
      about: 'A socket option of level IPPROTO_SCTP.',
      man: 'sctp(7)',
      names: `
        SCTP_RTOINFO SCTP_ASSOCINFO SCTP_INITMSG
        SCTP_NODELAY: Send at once, however little.
        SCTP_AUTOCLOSE: Seconds after which an idle association closes.
        SCTP_SET_PEER_PRIMARY_ADDR SCTP_PRIMARY_ADDR SCTP_ADAPTATION_LAYER SCTP_DISABLE_FRAGMENTS SCTP_PEER_ADDR_PARAMS
        SCTP_DEFAULT_SEND_PARAM
        SCTP_EVENTS: Which notifications are received.
        SCTP_I_WANT_MAPPED_V4_ADDR SCTP_MAXSEG SCTP_STATUS SCTP_GET_PEER_ADDR_INFO SCTP_DELAYED_ACK_TIME
        SCTP_DELAYED_ACK SCTP_DELAYED_SACK SCTP_CONTEXT SCTP_FRAGMENT_INTERLEAVE SCTP_PARTIAL_DELIVERY_POINT
        SCTP_MAX_BURST SCTP_AUTH_CHUNK SCTP_HMAC_IDENT SCTP_AUTH_KEY SCTP_AUTH_ACTIVE_KEY SCTP_AUTH_DELETE_KEY
        SCTP_PEER_AUTH_CHUNKS SCTP_LOCAL_AUTH_CHUNKS SCTP_GET_ASSOC_NUMBER SCTP_GET_ASSOC_ID_LIST SCTP_AUTO_ASCONF
        SCTP_PEER_ADDR_THLDS SCTP_RECVRCVINFO SCTP_RECVNXTINFO SCTP_DEFAULT_SNDINFO SCTP_AUTH_DEACTIVATE_KEY
        SCTP_REUSE_PORT SCTP_PEER_ADDR_THLDS_V2 SCTP_SOCKOPT_BINDX_ADD SCTP_SOCKOPT_BINDX_REM SCTP_SOCKOPT_PEELOFF
        SCTP_GET_PEER_ADDRS SCTP_GET_LOCAL_ADDRS SCTP_SOCKOPT_CONNECTX SCTP_SOCKOPT_CONNECTX3 SCTP_GET_ASSOC_STATS
        SCTP_PR_SUPPORTED SCTP_DEFAULT_PRINFO SCTP_PR_ASSOC_STATUS SCTP_PR_STREAM_STATUS SCTP_RECONFIG_SUPPORTED
        SCTP_ENABLE_STREAM_RESET SCTP_RESET_STREAMS SCTP_RESET_ASSOC SCTP_ADD_STREAMS SCTP_SOCKOPT_PEELOFF_FLAGS
        SCTP_STREAM_SCHEDULER SCTP_STREAM_SCHEDULER_VALUE SCTP_INTERLEAVING_SUPPORTED SCTP_EVENT SCTP_ASCONF_SUPPORTED
        SCTP_AUTH_SUPPORTED SCTP_ECN_SUPPORTED SCTP_EXPOSE_POTENTIALLY_FAILED_STATE SCTP_REMOTE_UDP_ENCAPS_PORT
        SCTP_PLPMTUD_PROBE_INTERVAL`,
    },
    {
      about: 'A control message of level IPPROTO_SCTP.',
      man: 'sctp(7)',
      names: `
        SCTP_INIT SCTP_SNDRCV SCTP_SNDINFO SCTP_RCVINFO SCTP_NXTINFO SCTP_PRINFO SCTP_AUTHINFO SCTP_DSTADDRV4
        SCTP_DSTADDRV6`,
    },
    {
      about: 'A flag of messages.',
      man: 'sctp(7)',
      hex: true,
      names: `
        MSG_NOTIFICATION: What was received is a notification and no data.
        SCTP_UNORDERED SCTP_ADDR_OVER SCTP_ABORT SCTP_SACK_IMMEDIATELY SCTP_SENDALL SCTP_PR_SCTP_ALL SCTP_EOF`,
    },
    {
      about: 'An association id that means several.',
      man: 'sctp(7)',
      names: 'SCTP_FUTURE_ASSOC SCTP_CURRENT_ASSOC SCTP_ALL_ASSOC',
    },
    {
      about: 'A kind of notification.',
      man: 'sctp(7)',
      names: `
        SCTP_DATA_IO_EVENT SCTP_ASSOC_CHANGE SCTP_PEER_ADDR_CHANGE SCTP_SEND_FAILED SCTP_REMOTE_ERROR SCTP_SHUTDOWN_EVENT
        SCTP_PARTIAL_DELIVERY_EVENT SCTP_ADAPTATION_INDICATION SCTP_AUTHENTICATION_INDICATION SCTP_SENDER_DRY_EVENT
        SCTP_STREAM_RESET_EVENT SCTP_ASSOC_RESET_EVENT SCTP_STREAM_CHANGE_EVENT SCTP_SEND_FAILED_EVENT SCTP_COMM_UP
        SCTP_COMM_LOST SCTP_RESTART SCTP_SHUTDOWN_COMP SCTP_CANT_STR_ASSOC`,
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
        SCTP_PR_SCTP_MASK`,
    },
    {
      about: 'What of streams may be reset.',
      man: 'sctp(7)',
      hex: true,
      names: `
        SCTP_ENABLE_RESET_STREAM_REQ SCTP_ENABLE_RESET_ASSOC_REQ SCTP_ENABLE_CHANGE_ASSOC_REQ SCTP_ENABLE_STRRESET_MASK
        SCTP_STREAM_RESET_INCOMING SCTP_STREAM_RESET_OUTGOING`,
    },
    {
      about: 'A switch of SCTP_PEER_ADDR_PARAMS.',
      man: 'sctp(7)',
      hex: true,
      names: `
        SPP_HB_ENABLE SPP_HB_DISABLE SPP_HB_DEMAND SPP_PMTUD_ENABLE SPP_PMTUD_DISABLE SPP_SACKDELAY_ENABLE
        SPP_SACKDELAY_DISABLE SPP_HB_TIME_IS_ZERO SPP_IPV6_FLOWLABEL SPP_DSCP`,
    },
    {
      about: 'A scheduler of streams.',
      man: 'sctp(7)',
      names: `
        SCTP_SS_FCFS: First come, first served.
        SCTP_SS_DEFAULT: The same number as SCTP_SS_FCFS.
        SCTP_SS_PRIO: By priority.
        SCTP_SS_RR: Round robin.`,
    },
    {
      about: 'A state of a peer’s address.',
      man: 'sctp(7)',
      names: 'SCTP_INACTIVE SCTP_PF SCTP_ACTIVE SCTP_UNCONFIRMED SCTP_UNKNOWN',
    },
    {
      about: 'A state of an association.',
      man: 'sctp(7)',
      names: `
        SCTP_EMPTY SCTP_CLOSED SCTP_COOKIE_WAIT SCTP_COOKIE_ECHOED SCTP_ESTABLISHED SCTP_SHUTDOWN_PENDING
        SCTP_SHUTDOWN_SENT SCTP_SHUTDOWN_RECEIVED SCTP_SHUTDOWN_ACK_SENT`,
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
  ],
};
