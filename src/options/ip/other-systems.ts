/** Options of level IPPROTO_IP that macOS or Windows has and Linux never had. */

import { interfaceNumber } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { boolean, range } from '../../layout/numbers.js';
import { type Inet, ip } from '../levels.js';
import type { Option } from '../option.js';

const mac = ip.only({ man: 'ip(4) of macOS' });

/** Whether each datagram says the address it was sent to. */
export const recvdstaddr: Option<boolean, Inet> = mac.readWrite('IP_RECVDSTADDR', boolean);

/** Whether each datagram says the interface it came by. */
export const recvif: Option<boolean, Inet> = mac.readWrite('IP_RECVIF', boolean);

/** Sends and receives packets of one interface alone; 0 for all. */
export const boundIf: Option<number, Inet, InterfaceInput> = mac.readWrite('IP_BOUND_IF', interfaceNumber);

/** Which range automatic ports are chosen from: one of `IP_PORTRANGE_`. */
export const portrange: Option<number, Inet> = mac.readWrite('IP_PORTRANGE', range(0, 2));

/** Sends with the don’t-fragment bit. */
export const dontfrag: Option<boolean, Inet> = mac.readWrite('IP_DONTFRAG', boolean);

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
