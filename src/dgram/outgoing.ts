/** Where one datagram is sent, and from which interface and address. */
import { interfaceIndex } from '../address/interface.js';
import { checkInteger, checkObject, checkText } from '../errors/argument.js';
import { pktinfo, ttl as ttlControl } from '../families/inet/control.js';
import { hoplimit, pktinfo6 } from '../families/inet6/control.js';
import type { ControlInput } from '../message/control.js';

/** The destination of a datagram, and how it is sent. */
export interface SendOptions {
  /** The port; not on a connected socket. */
  readonly port?: number | undefined;
  /** The address or host name; this machine by default. */
  readonly address?: string | undefined;
  /** The interface to send from: its name or index. */
  readonly interface?: string | number | undefined;
  /** The source address: one of the addresses of this machine. */
  readonly source?: string | undefined;
  /** The maximum number of hops: 1 to 255. */
  readonly ttl?: number | undefined;
  /** More control messages of `berkeley/control`. */
  readonly control?: readonly ControlInput[] | undefined;
}

function indexOf(by: string | number): number {
  if (typeof by === 'string') return interfaceIndex(by, 'options.interface');
  return checkInteger(by, 'options.interface', 0, 0x7fffffff);
}

/** Returns the control messages for the options of a datagram. */
export function controlOf(options: SendOptions, isV6: boolean): ControlInput[] {
  const { interface: by, source, ttl, control = [] } = checkObject(options, 'options') as SendOptions;
  const made: ControlInput[] = [...control];
  if (by !== undefined || source !== undefined) {
    const local = source === undefined ? {} : { local: checkText(source, 'options.source') };
    const info = { interfaceIndex: by === undefined ? 0 : indexOf(by), ...local };
    made.push(isV6 ? pktinfo6(info) : pktinfo(info));
  }
  if (ttl !== undefined) made.push(isV6 ? hoplimit(ttl) : ttlControl(ttl));
  return made;
}
