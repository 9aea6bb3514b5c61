import type { Group } from '../subject.js';

/** The notifications of SCTP, in the subject of SCTP. */
export const notifications: readonly Group[] = [
  {
    about: 'A kind of notification.',
    man: 'sctp(7)',
    names: `
      SCTP_SN_TYPE_BASE: The first number of the notifications.
      SCTP_DATA_IO_EVENT: Not a notification. In SCTP_EVENT, it enables SCTP_SNDRCV for each message.
      SCTP_ASSOC_CHANGE: An association was established or has ended.
      SCTP_PEER_ADDR_CHANGE: The state of an address of the peer has changed.
      SCTP_SEND_FAILED: A message could not be sent, in the old layout.
      SCTP_REMOTE_ERROR: The peer reported an error.
      SCTP_SHUTDOWN_EVENT: The peer sends no more data.
      SCTP_PARTIAL_DELIVERY_EVENT: The partial delivery of a message was aborted.
      SCTP_ADAPTATION_INDICATION: The SCTP_ADAPTATION_LAYER value of the peer.
      SCTP_AUTHENTICATION_INDICATION: A key was activated or freed.
      SCTP_AUTHENTICATION_EVENT: The same number as SCTP_AUTHENTICATION_INDICATION.
      SCTP_SENDER_DRY_EVENT: All sent data was acknowledged.
      SCTP_STREAM_RESET_EVENT: Streams were reset.
      SCTP_ASSOC_RESET_EVENT: An association was reset.
      SCTP_STREAM_CHANGE_EVENT: Streams were added.
      SCTP_SEND_FAILED_EVENT: A message could not be sent.`,
  },
  {
    about: 'A state of SCTP_ASSOC_CHANGE (sac_state).',
    man: 'sctp(7)',
    names: `
      SCTP_COMM_UP: The association was established.
      SCTP_COMM_LOST: The association was lost.
      SCTP_RESTART: The peer has restarted.
      SCTP_SHUTDOWN_COMP: The association has shut down.
      SCTP_CANT_STR_ASSOC: The association could not be established.`,
  },
  {
    about: 'A state of SCTP_PEER_ADDR_CHANGE (spc_state).',
    man: 'sctp(7)',
    names: `
      SCTP_ADDR_AVAILABLE: The address is reachable again.
      SCTP_ADDR_UNREACHABLE: The address is unreachable.
      SCTP_ADDR_REMOVED: The address was removed from the association.
      SCTP_ADDR_ADDED: The address was added to the association.
      SCTP_ADDR_MADE_PRIM: The address became the primary address.
      SCTP_ADDR_CONFIRMED: The peer confirmed the address.
      SCTP_ADDR_POTENTIALLY_FAILED: The address has potentially failed.
      SCTP_ADDR_PF: The same number as SCTP_ADDR_POTENTIALLY_FAILED.`,
  },
  {
    about: 'A flag, state or reason of another notification.',
    man: 'sctp(7)',
    hex: true,
    names: `
      SCTP_DATA_UNSENT: SCTP_SEND_FAILED flag: the message was never sent.
      SCTP_DATA_SENT: SCTP_SEND_FAILED flag: the message was sent and not acknowledged.
      SCTP_PARTIAL_DELIVERY_ABORTED: SCTP_PARTIAL_DELIVERY_EVENT value: the rest of the message is lost.
      SCTP_AUTH_NEW_KEY: SCTP_AUTHENTICATION_INDICATION value: a key was activated.
      SCTP_AUTH_NEWKEY: The same number as SCTP_AUTH_NEW_KEY.
      SCTP_AUTH_FREE_KEY: SCTP_AUTHENTICATION_INDICATION value: a key is no longer in use.
      SCTP_AUTH_NO_AUTH: SCTP_AUTHENTICATION_INDICATION value: the peer does not support authentication.
      SCTP_STREAM_RESET_INCOMING_SSN: SCTP_STREAM_RESET_EVENT flag: incoming streams were reset.
      SCTP_STREAM_RESET_OUTGOING_SSN: SCTP_STREAM_RESET_EVENT flag: outgoing streams were reset.
      SCTP_STREAM_RESET_DENIED: SCTP_STREAM_RESET_EVENT flag: the peer denied the request.
      SCTP_STREAM_RESET_FAILED: SCTP_STREAM_RESET_EVENT flag: the reset failed.
      SCTP_ASSOC_RESET_DENIED: SCTP_ASSOC_RESET_EVENT flag: the peer denied the request.
      SCTP_ASSOC_RESET_FAILED: SCTP_ASSOC_RESET_EVENT flag: the reset failed.
      SCTP_ASSOC_CHANGE_DENIED: The same number as SCTP_STREAM_CHANGE_DENIED.
      SCTP_ASSOC_CHANGE_FAILED: The same number as SCTP_STREAM_CHANGE_FAILED.
      SCTP_STREAM_CHANGE_DENIED: SCTP_STREAM_CHANGE_EVENT flag: the peer denied the request.
      SCTP_STREAM_CHANGE_FAILED: SCTP_STREAM_CHANGE_EVENT flag: the change failed.
      SCTP_FAILED_THRESHOLD: Reason: too many failures.
      SCTP_RECEIVED_SACK: Reason: an acknowledgement was received.
      SCTP_HEARTBEAT_SUCCESS: Reason: a heartbeat was acknowledged.
      SCTP_RESPONSE_TO_USER_REQ: Reason: the program requested it.
      SCTP_INTERNAL_ERROR: Reason: an internal error.
      SCTP_SHUTDOWN_GUARD_EXPIRES: Reason: the shutdown timed out.
      SCTP_PEER_FAULTY: Reason: an error of the peer.`,
  },
];
