/** Options of level IPPROTO_TCP that macOS or Windows has and Linux never had. */
import { boolean, natural } from '../../layout/numbers.js';
import { type Inet, tcp } from '../levels.js';
import type { Option } from '../option.js';

const mac = tcp.only({ man: 'tcp(4) of macOS' });

/** Idle seconds before the first keepalive probe: what others call `tcp.keepidle`. */
export const keepalive: Option<number, Inet> = mac.readWrite('TCP_KEEPALIVE', natural, {
  note: 'Windows has the name too',
});

/** Sends no partial segments: what Linux calls `tcp.cork`. */
export const nopush: Option<boolean, Inet> = mac.readWrite('TCP_NOPUSH', boolean);

/** Uses no TCP options. */
export const noopt: Option<boolean, Inet> = mac.readWrite('TCP_NOOPT', boolean);

/** How long connect() tries, in seconds. */
export const connectiontimeout: Option<number, Inet> = mac.readWrite('TCP_CONNECTIONTIMEOUT', natural);

/** Seconds of retransmission after which the connection is dropped. */
export const rxtConndroptime: Option<number, Inet> = mac.readWrite('TCP_RXT_CONNDROPTIME', natural);

/** Drops a connection after retransmitting a FIN three times. */
export const rxtFindrop: Option<boolean, Inet> = mac.readWrite('TCP_RXT_FINDROP', boolean);

/** Sends an acknowledgement for every other segment. */
export const sendmoreacks: Option<boolean, Inet> = mac.readWrite('TCP_SENDMOREACKS', boolean);

const windows = tcp.only({ man: 'IPPROTO_TCP socket options (Windows)' });

/** Seconds of retransmission after which the connection is dropped. */
export const maxrt: Option<number, Inet> = windows.readWrite('TCP_MAXRT', natural);

/** The same in milliseconds. */
export const maxrtms: Option<number, Inet> = windows.readWrite('TCP_MAXRTMS', natural);

/** Whether segments carry timestamps. */
export const timestamps: Option<boolean, Inet> = windows.readWrite('TCP_TIMESTAMPS', boolean);

/** Lets connect() fail at once when ICMP says that the peer cannot be reached. */
export const failConnectOnIcmpError: Option<boolean, Inet> = windows.readWrite(
  'TCP_FAIL_CONNECT_ON_ICMP_ERROR',
  boolean,
);
