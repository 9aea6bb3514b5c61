import type { Group } from '../subject.js';

/** What notifications of SCTP tell, in the subject of SCTP. */
export const notifications: readonly Group[] = [
  {
    about: 'A kind of notification.',
    man: 'sctp(7)',
    names: `
      SCTP_SN_TYPE_BASE: The number that they begin with.
      SCTP_DATA_IO_EVENT: None: in SCTP_EVENT, that SCTP_SNDRCV comes with each message.
      SCTP_ASSOC_CHANGE: An association has begun or ended.
      SCTP_PEER_ADDR_CHANGE: An address of the peer has another state.
      SCTP_SEND_FAILED: A message could not be sent, in the old layout.
      SCTP_REMOTE_ERROR: The peer tells of an error.
      SCTP_SHUTDOWN_EVENT: The peer sends no more.
      SCTP_PARTIAL_DELIVERY_EVENT: A message that came in parts is broken off.
      SCTP_ADAPTATION_INDICATION: The peer’s SCTP_ADAPTATION_LAYER.
      SCTP_AUTHENTICATION_INDICATION: A key has come into use or is free.
      SCTP_AUTHENTICATION_EVENT: The same number as SCTP_AUTHENTICATION_INDICATION.
      SCTP_SENDER_DRY_EVENT: All that was sent is acknowledged.
      SCTP_STREAM_RESET_EVENT: Streams were reset.
      SCTP_ASSOC_RESET_EVENT: An association was reset.
      SCTP_STREAM_CHANGE_EVENT: Streams were added.
      SCTP_SEND_FAILED_EVENT: A message could not be sent.`,
  },
  {
    about: 'What SCTP_ASSOC_CHANGE tells of an association (sac_state).',
    man: 'sctp(7)',
    names: `
      SCTP_COMM_UP: It has begun.
      SCTP_COMM_LOST: It is lost.
      SCTP_RESTART: The peer has begun anew.
      SCTP_SHUTDOWN_COMP: It has ended.
      SCTP_CANT_STR_ASSOC: It could not begin.`,
  },
  {
    about: 'What SCTP_PEER_ADDR_CHANGE tells of an address (spc_state).',
    man: 'sctp(7)',
    names: `
      SCTP_ADDR_AVAILABLE: It can be reached again.
      SCTP_ADDR_UNREACHABLE: It cannot be reached.
      SCTP_ADDR_REMOVED: It is no longer the peer’s.
      SCTP_ADDR_ADDED: It is new.
      SCTP_ADDR_MADE_PRIM: It is the primary one now.
      SCTP_ADDR_CONFIRMED: It has answered for the first time.
      SCTP_ADDR_POTENTIALLY_FAILED: It seems to fail.
      SCTP_ADDR_PF: The same number as SCTP_ADDR_POTENTIALLY_FAILED.`,
  },
  {
    about: 'What another notification tells: its flags, its state or its reason.',
    man: 'sctp(7)',
    hex: true,
    names: `
      SCTP_DATA_UNSENT: Of SCTP_SEND_FAILED: it was never sent.
      SCTP_DATA_SENT: Of SCTP_SEND_FAILED: it was sent and not acknowledged.
      SCTP_PARTIAL_DELIVERY_ABORTED: Of SCTP_PARTIAL_DELIVERY_EVENT: the rest will not come.
      SCTP_AUTH_NEW_KEY: Of SCTP_AUTHENTICATION_INDICATION: a key came into use.
      SCTP_AUTH_NEWKEY: The same number as SCTP_AUTH_NEW_KEY.
      SCTP_AUTH_FREE_KEY: Of SCTP_AUTHENTICATION_INDICATION: a key is no longer in use.
      SCTP_AUTH_NO_AUTH: Of SCTP_AUTHENTICATION_INDICATION: the peer does not authenticate.
      SCTP_STREAM_RESET_INCOMING_SSN: Of SCTP_STREAM_RESET_EVENT: streams that come in.
      SCTP_STREAM_RESET_OUTGOING_SSN: Of SCTP_STREAM_RESET_EVENT: streams that go out.
      SCTP_STREAM_RESET_DENIED: Of SCTP_STREAM_RESET_EVENT: the peer does not want it.
      SCTP_STREAM_RESET_FAILED: Of SCTP_STREAM_RESET_EVENT: it failed.
      SCTP_ASSOC_RESET_DENIED: Of SCTP_ASSOC_RESET_EVENT: the peer does not want it.
      SCTP_ASSOC_RESET_FAILED: Of SCTP_ASSOC_RESET_EVENT: it failed.
      SCTP_ASSOC_CHANGE_DENIED: The number of SCTP_STREAM_CHANGE_DENIED.
      SCTP_ASSOC_CHANGE_FAILED: The number of SCTP_STREAM_CHANGE_FAILED.
      SCTP_STREAM_CHANGE_DENIED: Of SCTP_STREAM_CHANGE_EVENT: the peer does not want it.
      SCTP_STREAM_CHANGE_FAILED: Of SCTP_STREAM_CHANGE_EVENT: it failed.
      SCTP_FAILED_THRESHOLD: Reason: it failed too often.
      SCTP_RECEIVED_SACK: Reason: an acknowledgement came.
      SCTP_HEARTBEAT_SUCCESS: Reason: a heartbeat was answered.
      SCTP_RESPONSE_TO_USER_REQ: Reason: the program wanted it.
      SCTP_INTERNAL_ERROR: Reason: an error of our own.
      SCTP_SHUTDOWN_GUARD_EXPIRES: Reason: the end took too long.
      SCTP_PEER_FAULTY: Reason: the peer errs.`,
  },
];
