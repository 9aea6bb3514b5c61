/** Options for sending and acknowledging data. */
import { boolean, natural, range, uint32 } from '../../layout/numbers.js';
import { type Inet, tcp } from '../levels.js';
import type { Option } from '../option.js';

/** Sends small amounts of data immediately (disables Nagle’s algorithm). */
export const nodelay: Option<boolean, Inet> = tcp.readWrite('TCP_NODELAY', boolean);

/** Holds back partial segments until this is cleared, or for 200 ms. */
export const cork: Option<boolean, Inet> = tcp.readWrite('TCP_CORK', boolean);

/** The maximum segment size, in bytes, 88 to 32767; 0 for the path’s. */
export const maxseg: Option<number, Inet> = tcp.readWrite('TCP_MAXSEG', range(0, 32767), {
  note: 'before connecting, reading returns the default, 536, or the value that was set',
});

/** Acknowledges immediately. The setting is temporary. */
export const quickack: Option<boolean, Inet> = tcp.readWrite('TCP_QUICKACK', boolean, {
  note: 'the kernel changes it automatically later',
});

/** The maximum number of unsent bytes with which the socket is writable. */
export const notsentLowat: Option<number, Inet> = tcp.readWrite('TCP_NOTSENT_LOWAT', uint32);

/** The limit of the advertised window, in bytes; 0 for none. */
export const windowClamp: Option<number, Inet> = tcp.readWrite('TCP_WINDOW_CLAMP', natural, {
  note: 'at least half of SOCK_MIN_RCVBUF; 0 only on a closed socket',
});

/** The delay of sent data, in microseconds. */
export const txDelay: Option<number, Inet> = tcp.readWrite('TCP_TX_DELAY', natural, { since: '5.3' });

/** Retries thin streams at constant instead of growing intervals. */
export const thinLinearTimeouts: Option<boolean, Inet> = tcp.readWrite('TCP_THIN_LINEAR_TIMEOUTS', boolean);

/** Has no effect. It exists for old programs. */
export const thinDupack: Option<boolean, Inet> = tcp.readWrite('TCP_THIN_DUPACK', boolean, {
  note: 'ignored since Linux 4.18; always false',
});

/** Adds the control message `TCP_CM_INQ` to each read: the number of bytes left. */
export const inq: Option<boolean, Inet> = tcp.readWrite('TCP_INQ', boolean);

/** The maximum time between retransmissions, in milliseconds, 1000 to 120000. */
export const rtoMaxMs: Option<number, Inet> = tcp.readWrite('TCP_RTO_MAX_MS', range(1000, 120000), {
  since: '6.15',
});

/** The minimum time before a retransmission, in microseconds. */
export const rtoMinUs: Option<number, Inet> = tcp.readWrite('TCP_RTO_MIN_US', natural, {
  since: '6.15',
  note: 'at least a clock tick, at most net.ipv4.tcp_rto_min_us',
});

/** The maximum delay of acknowledgements, in microseconds. */
export const delackMaxUs: Option<number, Inet> = tcp.readWrite('TCP_DELACK_MAX_US', natural, {
  since: '6.15',
  note: 'at least a clock tick, at most 200 ms',
});
