/** Options for connecting, with or without data in the SYN (RFC 7413), and for keeping and ending connections. */
import { bytes } from '../../layout/bytes.js';
import { boolean, int, natural, range } from '../../layout/numbers.js';
import { type Inet, tcp } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** The idle time before the first keepalive probe (`so.keepalive`), in seconds. */
export const keepidle: Option<number, Inet> = tcp.readWrite('TCP_KEEPIDLE', range(1, 32767));

/** The time between keepalive probes, in seconds. */
export const keepintvl: Option<number, Inet> = tcp.readWrite('TCP_KEEPINTVL', range(1, 32767));

/** The number of unanswered keepalive probes after which the connection fails. */
export const keepcnt: Option<number, Inet> = tcp.readWrite('TCP_KEEPCNT', range(1, 127));

/**
 * The time that sent data can stay unacknowledged before the connection fails, in milliseconds; 0 for the system’s
 * default.
 */
export const userTimeout: Option<number, Inet> = tcp.readWrite('TCP_USER_TIMEOUT', natural);

/** The number of times that a SYN is retransmitted. */
export const syncnt: Option<number, Inet> = tcp.readWrite('TCP_SYNCNT', range(1, 127));

/**
 * The time that a closed connection stays in `FIN_WAIT2`, in seconds; negative for no time, 0 for the system’s default.
 */
export const linger2: Option<number, Inet> = tcp.readWrite('TCP_LINGER2', int, {
  note: 'values above 120 are reduced to 120',
});

/** Makes a connection acceptable only after data arrived, or after this number of seconds; 0 for immediately. */
export const deferAccept: Option<number, Inet> = tcp.readWrite('TCP_DEFER_ACCEPT', natural, {
  note: 'rounded up to a number of retransmissions: 1, 3, 7, …',
});

/** Saves the headers of the SYN of each accepted connection: 1 from the IP header, 2 from the link-layer header. */
export const saveSyn: Option<number, Inet> = tcp.readWrite('TCP_SAVE_SYN', range(0, 2), {
  note: '2 since Linux 5.10',
});

/** Whether Multipath TCP is in use. The kernel falls back to plain TCP when the peer does not support it. */
export const isMptcp: ReadOnlyOption<boolean, Inet> = tcp.readOnly('TCP_IS_MPTCP', boolean, {
  since: '6.11',
});

/** The maximum number of pending connections with data in their SYN, on a listening socket. */
export const fastopen: Option<number, Inet> = tcp.readWrite('TCP_FASTOPEN', natural, {
  note: 'bit 2 of net.ipv4.tcp_fastopen must be set',
});

/** Delays the handshake of connect() until the first data is sent, and sends the data in the SYN. */
export const fastopenConnect: Option<boolean, Inet> = tcp.readWrite('TCP_FASTOPEN_CONNECT', boolean);

/** Sends and accepts data in the SYN without a cookie. */
export const fastopenNoCookie: Option<boolean, Inet> = tcp.readWrite('TCP_FASTOPEN_NO_COOKIE', boolean);

/** The key of cookies, 16 bytes; 32 bytes for a primary and a backup key. */
export const fastopenKey: Option<Buffer, Inet, Uint8Array> = tcp.readWrite('TCP_FASTOPEN_KEY', bytes(32));

/** The headers of this connection’s SYN, which `tcp.saveSyn` saved. They can be read once. */
export const savedSyn: ReadOnlyOption<Buffer, Inet> = tcp.readOnly('TCP_SAVED_SYN', bytes(512), {
  note: 'empty if it was read before, or if the SYN was not saved',
});
