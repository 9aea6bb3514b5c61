/** Options of level IPPROTO_IP that Windows has and Linux never had. */
import { boolean } from '../codec.js';
import type { Option } from '../option.js';
import { type Inet, ip } from './level.js';

const windows = ip.only({ man: 'IPPROTO_IP socket options (Windows)' });

/** Sends with the don’t-fragment bit. */
export const dontfragment: Option<boolean, Inet> = windows.readWrite('IP_DONTFRAGMENT', boolean);

/** Whether each datagram says its time to live. */
export const hoplimit: Option<boolean, Inet> = windows.readWrite('IP_HOPLIMIT', boolean);

/** Whether broadcasts are received. */
export const receiveBroadcast: Option<boolean, Inet> = windows.readWrite('IP_RECEIVE_BROADCAST', boolean);

/** Whether each datagram says its traffic class. */
export const recvtclass: Option<boolean, Inet> = windows.readWrite('IP_RECVTCLASS', boolean);

/** Whether each datagram says its ECN bits. */
export const recvecn: Option<boolean, Inet> = windows.readWrite('IP_RECVECN', boolean);
