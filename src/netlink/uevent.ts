/** Devices that come and go, as the kernel tells of them (NETLINK_KOBJECT_UEVENT): what `udevadm monitor --kernel` prints. */

import { NETLINK_KOBJECT_UEVENT } from '../families/netlink/constants.js';
import type { WaitOptions } from '../reactor/wait-options.js';
import { type News, newsOf, openGroups } from './news.js';

/** What became of a device. */
export interface DeviceEvent {
  /** `'add'`, `'remove'`, `'change'`, `'move'`, `'online'`, `'offline'`, `'bind'`, `'unbind'`. */
  readonly action: string;
  /** Where it is below /sys: `'/devices/virtual/net/lo'`. */
  readonly path: string;
  /** `'net'`, `'block'`, `'usb'`, …; `undefined` for a device of none. */
  readonly subsystem: string | undefined;
  /** All that is told, by name: `INTERFACE`, `DEVNAME`, `SEQNUM`, … */
  readonly properties: ReadonlyMap<string, string>;
}

/** What {@link watchDevices} tells. */
export type DeviceNews =
  | { readonly kind: 'device'; readonly device: DeviceEvent }
  /** The kernel had more to tell than the socket could hold (ENOBUFS): look anew below /sys. */
  | { readonly kind: 'lost' };

/** The group of the kernel; what udev makes of it goes to group 2. */
const KERNEL = 1;

/**
 * Reads a message of NETLINK_KOBJECT_UEVENT, which has no netlink head: lines that a NUL ends, `add@/devices/…` first.
 *
 * @returns `undefined` for what is none, as the messages of udev
 * @see lib/kobject_uevent.c
 */
export function parseDeviceEvent(data: Buffer): DeviceEvent | undefined {
  const [head = '', ...lines] = data.toString('utf8').split('\0');
  const at = head.indexOf('@');
  if (at < 1) return undefined;
  const pairs = lines
    .filter(line => line.includes('='))
    .map((line): [string, string] => {
      const equals = line.indexOf('=');
      return [line.slice(0, equals), line.slice(equals + 1)];
    });
  const properties = new Map(pairs);
  return {
    action: head.slice(0, at),
    path: head.slice(at + 1),
    subsystem: properties.get('SUBSYSTEM'),
    properties,
  };
}

function newsIn(data: Buffer): DeviceNews[] {
  const device = parseDeviceEvent(data);
  return device === undefined ? [] : [{ kind: 'device', device }];
}

/**
 * Devices that come and go, for as long as the loop goes on; they are collected from the call on.
 *
 * ```ts
 * for await (const news of watchDevices()) if (news.kind === 'device') console.log(news.device.action, news.device.path);
 * ```
 *
 * Whoever does not loop has to call `return()`, which closes the socket; or says `await using`.
 *
 * @param wait a signal to end it; a timeout for each event
 */
export function watchDevices(wait?: WaitOptions): News<DeviceNews> {
  return newsOf(openGroups(NETLINK_KOBJECT_UEVENT, [KERNEL]), newsIn, { kind: 'lost' }, wait);
}
