/** Options of level IPPROTO_TCP that Windows has and Linux never had. */
import { boolean, natural } from '../codec.js';
import type { Option } from '../option.js';
import { type Inet, tcp } from './level.js';

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
