/** Addresses in the form of `node:dgram`. */
import type { AddressOf } from '../address/address.js';
import { interfaceName } from '../address/interface.js';
import { toNetAddress } from '../address/net-address.js';
import { pktinfo } from '../families/inet/control.js';
import { pktinfo6 } from '../families/inet6/control.js';
import type { Taken } from './receiver.js';

/** The address of a socket. */
export interface AddressInfo {
  /** The numeric address, with the zone of a link-local one: `'fe80::1%eth0'`. */
  address: string;
  /** The family. */
  family: 'IPv4' | 'IPv6';
  /** The port. */
  port: number;
}

/** The sender of a datagram. */
export interface RemoteInfo extends AddressInfo {
  /** The size of the datagram in bytes. */
  size: number;
  /** The name of the interface that received it, with the option `packetInfo`. */
  interface?: string;
  /** The address that it was sent to, such as a multicast group, with the option `packetInfo`. */
  destination?: string;
}

type InternetAddress = AddressOf<'inet'> | AddressOf<'inet6'>;

/** Returns what is known about a datagram: the second argument of a `'message'` listener. */
export function remoteInfo({ data, address, control }: Taken<'inet' | 'inet6'>): RemoteInfo {
  const info = toNetAddress(address as InternetAddress) as RemoteInfo;
  info.size = data.length;
  if (control.length > 0) addPacketInfo(info, control);
  return info;
}

function addPacketInfo(info: RemoteInfo, control: Taken<'inet'>['control']): void {
  const v6 = pktinfo6.find(control);
  const v4 = v6 === undefined ? pktinfo.find(control) : undefined;
  const found = v6 ?? v4;
  if (found === undefined) return;
  info.interface = interfaceName(found.interfaceIndex);
  info.destination = v4 === undefined ? v6!.local : v4.destination;
}
