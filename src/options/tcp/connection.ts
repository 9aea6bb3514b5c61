/** How connections are made, with data in the SYN or without (RFC 7413), kept, given up and ended. */
import { bytes } from '../../layout/bytes.js';
import { boolean, int, natural, range } from '../../layout/numbers.js';
import { type Inet, tcp } from '../levels.js';
import type { Option, ReadOnlyOption } from '../option.js';

/** Idle seconds before the first keepalive probe (`so.keepalive`). */
export const keepidle: Option<number, Inet> = tcp.readWrite('TCP_KEEPIDLE', range(1, 32767));

/** Seconds between keepalive probes. */
export const keepintvl: Option<number, Inet> = tcp.readWrite('TCP_KEEPINTVL', range(1, 32767));

/** How many probes may stay unanswered before the connection is dead. */
export const keepcnt: Option<number, Inet> = tcp.readWrite('TCP_KEEPCNT', range(1, 127));

/** Milliseconds that sent data may stay unacknowledged before the connection is dead; 0 for the system’s. */
export const userTimeout: Option<number, Inet> = tcp.readWrite('TCP_USER_TIMEOUT', natural);

/** How many times a SYN is sent again. */
export const syncnt: Option<number, Inet> = tcp.readWrite('TCP_SYNCNT', range(1, 127));

/** Seconds that a closed connection stays in `FIN_WAIT2`; negative: not at all; 0 for the system’s. */
export const linger2: Option<number, Inet> = tcp.readWrite('TCP_LINGER2', int, {
  note: 'more than 120 is made 120',
});

/** Wakes the acceptor only when data has come, for at most so many seconds; 0 at once. */
export const deferAccept: Option<number, Inet> = tcp.readWrite('TCP_DEFER_ACCEPT', natural, {
  note: 'rounded up to a number of retransmissions: 1, 3, 7, …',
});

/** Keeps the SYN’s headers of connections that a listener accepts: 1 from the IP header on, 2 the link’s too. */
export const saveSyn: Option<number, Inet> = tcp.readWrite('TCP_SAVE_SYN', range(0, 2), {
  note: 'the link’s since Linux 5.10',
});

/** Whether Multipath TCP is in use: the kernel falls back to plain TCP where the peer knows it not. */
export const isMptcp: ReadOnlyOption<boolean, Inet> = tcp.readOnly('TCP_IS_MPTCP', boolean, {
  since: '6.11',
});

/** How many connections of a listener may wait with data in their SYN. */
export const fastopen: Option<number, Inet> = tcp.readWrite('TCP_FASTOPEN', natural, {
  note: 'net.ipv4.tcp_fastopen has to have bit 2 set',
});

/** Lets connect() wait for the first data, which it sends in the SYN. */
export const fastopenConnect: Option<boolean, Inet> = tcp.readWrite('TCP_FASTOPEN_CONNECT', boolean);

/** Sends and takes data in the SYN without a cookie. */
export const fastopenNoCookie: Option<boolean, Inet> = tcp.readWrite('TCP_FASTOPEN_NO_COOKIE', boolean);

/** The key of cookies, 16 bytes; 32 for a current and a former one. */
export const fastopenKey: Option<Buffer, Inet, Uint8Array> = tcp.readWrite('TCP_FASTOPEN_KEY', bytes(32));

/** The headers of this connection’s SYN, once: `tcp.saveSyn` of the listener kept them. */
export const savedSyn: ReadOnlyOption<Buffer, Inet> = tcp.readOnly('TCP_SAVED_SYN', bytes(512), {
  note: 'empty once it was read, and where none was kept',
});
