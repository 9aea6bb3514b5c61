/** When and how data is sent and acknowledged. */
import { boolean, natural, range, uint32 } from '../../layout/numbers.js';
import { type Inet, tcp } from '../levels.js';
import type { Option } from '../option.js';

/** Sends at once, however little there is. */
export const nodelay: Option<boolean, Inet> = tcp.readWrite('TCP_NODELAY', boolean);

/** Sends no partial segments until this is cleared, or 200 ms have passed. */
export const cork: Option<boolean, Inet> = tcp.readWrite('TCP_CORK', boolean);

/** The largest segment, in bytes, 88 to 32767; 0 for the path’s. */
export const maxseg: Option<number, Inet> = tcp.readWrite('TCP_MAXSEG', range(0, 32767), {
  note: 'read before the connection it is the default, 536, or what was set',
});

/** Acknowledges at once, for the time being. */
export const quickack: Option<boolean, Inet> = tcp.readWrite('TCP_QUICKACK', boolean, {
  note: 'the kernel turns it on and off by itself later',
});

/** The most unsent bytes with which the socket is writable. */
export const notsentLowat: Option<number, Inet> = tcp.readWrite('TCP_NOTSENT_LOWAT', uint32);

/** A bound of the advertised window, in bytes; 0 for none. */
export const windowClamp: Option<number, Inet> = tcp.readWrite('TCP_WINDOW_CLAMP', natural, {
  note: 'at least half of SOCK_MIN_RCVBUF; 0 on a closed socket alone',
});

/** Delays what is sent, in microseconds. */
export const txDelay: Option<number, Inet> = tcp.readWrite('TCP_TX_DELAY', natural, { since: '5.3' });

/** Retries thin streams at even intervals, and not at ever longer ones. */
export const thinLinearTimeouts: Option<boolean, Inet> = tcp.readWrite('TCP_THIN_LINEAR_TIMEOUTS', boolean);

/** Does nothing: kept for programs of another age. */
export const thinDupack: Option<boolean, Inet> = tcp.readWrite('TCP_THIN_DUPACK', boolean, {
  note: 'ignored since Linux 4.18; always read as false',
});

/** Whether each read says how many bytes are left: the control message `TCP_CM_INQ`. */
export const inq: Option<boolean, Inet> = tcp.readWrite('TCP_INQ', boolean);

/** The longest time between retransmissions, in milliseconds, 1000 to 120000. */
export const rtoMaxMs: Option<number, Inet> = tcp.readWrite('TCP_RTO_MAX_MS', range(1000, 120000), {
  since: '6.15',
});

/** The shortest time before a retransmission, in microseconds. */
export const rtoMinUs: Option<number, Inet> = tcp.readWrite('TCP_RTO_MIN_US', natural, {
  since: '6.15',
  note: 'at least a clock tick, at most net.ipv4.tcp_rto_min_us',
});

/** The longest that an acknowledgement is delayed, in microseconds. */
export const delackMaxUs: Option<number, Inet> = tcp.readWrite('TCP_DELACK_MAX_US', natural, {
  since: '6.15',
  note: 'at least a clock tick, at most 200 ms',
});
