/** Options of level IPPROTO_TCP that macOS or Windows has and Linux does not. */
import { boolean, natural } from '../../layout/numbers.js';
import { type Inet, tcp } from '../levels.js';
import type { Option } from '../option.js';

const mac = tcp.only({ man: 'tcp(4) of macOS' });

/** The idle time before the first keepalive probe, in seconds. Other systems call it `tcp.keepidle`. */
export const keepalive: Option<number, Inet> = mac.readWrite('TCP_KEEPALIVE', natural, {
  note: 'Windows has the name too',
});

/** Whether partial segments are held back. Linux calls it `tcp.cork`. */
export const nopush: Option<boolean, Inet> = mac.readWrite('TCP_NOPUSH', boolean);

/** Disables TCP options. */
export const noopt: Option<boolean, Inet> = mac.readWrite('TCP_NOOPT', boolean);

/** The timeout of connect(), in seconds. */
export const connectiontimeout: Option<number, Inet> = mac.readWrite('TCP_CONNECTIONTIMEOUT', natural);

/** The time of retransmission after which the connection is dropped, in seconds. */
export const rxtConndroptime: Option<number, Inet> = mac.readWrite('TCP_RXT_CONNDROPTIME', natural);

/** Drops a connection after retransmitting a FIN three times. */
export const rxtFindrop: Option<boolean, Inet> = mac.readWrite('TCP_RXT_FINDROP', boolean);

/** Sends an acknowledgement for every other segment. */
export const sendmoreacks: Option<boolean, Inet> = mac.readWrite('TCP_SENDMOREACKS', boolean);

const windows = tcp.only({ man: 'IPPROTO_TCP socket options (Windows)' });

/** The time of retransmission after which the connection is dropped, in seconds. */
export const maxrt: Option<number, Inet> = windows.readWrite('TCP_MAXRT', natural);

/** The time of retransmission after which the connection is dropped, in milliseconds. */
export const maxrtms: Option<number, Inet> = windows.readWrite('TCP_MAXRTMS', natural);

/** Whether segments carry timestamps. */
export const timestamps: Option<boolean, Inet> = windows.readWrite('TCP_TIMESTAMPS', boolean);

/** Makes connect() fail immediately when ICMP reports that the peer is unreachable. */
export const failConnectOnIcmpError: Option<boolean, Inet> = windows.readWrite(
  'TCP_FAIL_CONNECT_ON_ICMP_ERROR',
  boolean,
);
