/** Options of level IPPROTO_IP that macOS or Windows has and Linux does not. */

import { interfaceNumber } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { boolean, range } from '../../layout/numbers.js';
import { type Inet, ip } from '../levels.js';
import type { Option } from '../option.js';

const mac = ip.only({ man: 'ip(4) of macOS' });

/** Adds a control message to each datagram: its destination address. */
export const recvdstaddr: Option<boolean, Inet> = mac.readWrite('IP_RECVDSTADDR', boolean);

/** Adds a control message to each datagram: the interface that received it. */
export const recvif: Option<boolean, Inet> = mac.readWrite('IP_RECVIF', boolean);

/** Restricts sending and receiving to one interface; 0 for all. */
export const boundIf: Option<number, Inet, InterfaceInput> = mac.readWrite('IP_BOUND_IF', interfaceNumber);

/** The range from which automatic ports are chosen: one of `IP_PORTRANGE_`. */
export const portrange: Option<number, Inet> = mac.readWrite('IP_PORTRANGE', range(0, 2));

/** Sets the don’t-fragment bit in sent packets. */
export const dontfrag: Option<boolean, Inet> = mac.readWrite('IP_DONTFRAG', boolean);

const windows = ip.only({ man: 'IPPROTO_IP socket options (Windows)' });

/** Sets the don’t-fragment bit in sent packets. */
export const dontfragment: Option<boolean, Inet> = windows.readWrite('IP_DONTFRAGMENT', boolean);

/** Adds a control message to each datagram: its time to live. */
export const hoplimit: Option<boolean, Inet> = windows.readWrite('IP_HOPLIMIT', boolean);

/** Whether broadcasts are received. */
export const receiveBroadcast: Option<boolean, Inet> = windows.readWrite('IP_RECEIVE_BROADCAST', boolean);

/** Adds a control message to each datagram: its traffic class. */
export const recvtclass: Option<boolean, Inet> = windows.readWrite('IP_RECVTCLASS', boolean);

/** Adds a control message to each datagram: its ECN bits. */
export const recvecn: Option<boolean, Inet> = windows.readWrite('IP_RECVECN', boolean);
