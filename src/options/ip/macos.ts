/** Options of level IPPROTO_IP that macOS has and Linux never had. */
import { boolean, range } from '../codec.js';
import { type InterfaceInput, interfaceNumber } from '../hosts.js';
import type { Option } from '../option.js';
import { type Inet, ip } from './level.js';

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
