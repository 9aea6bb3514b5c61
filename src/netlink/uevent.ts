/** Events of devices (NETLINK_KOBJECT_UEVENT), as `udevadm monitor --kernel` prints them. */

import { NETLINK_KOBJECT_UEVENT } from '../families/netlink/constants.js';
import { inputBytes } from '../layout/memory.js';
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { type Subscription, subscribe } from './subscription.js';

/** A change of a device. */
export interface DeviceEvent {
  /** What happened: `'add'`, `'remove'`, `'change'`, `'move'`, `'online'`, `'offline'`, `'bind'`, `'unbind'`. */
  readonly action: string;
  /** The path of the device below /sys: `'/devices/virtual/net/lo'`. */
  readonly path: string;
  /** The subsystem: `'net'`, `'block'`, `'usb'`, … `undefined` if the device has none. */
  readonly subsystem: string | undefined;
  /** All properties, by name: `INTERFACE`, `DEVNAME`, `SEQNUM`, … */
  readonly properties: ReadonlyMap<string, string>;
}

/** A notification of {@link watchDevices}. */
export type DeviceNotification =
  | { readonly kind: 'device'; readonly device: DeviceEvent }
  /** The receive buffer was full and the kernel dropped events (ENOBUFS). Read /sys again. */
  | { readonly kind: 'lost'; readonly device?: undefined };

/** The group of the kernel's events. udev sends its own to group 2. */
const KERNEL_GROUP = 1;

/**
 * Parses a datagram of NETLINK_KOBJECT_UEVENT. It has no netlink header: it is a list of strings that end with a NUL, of
 * which the first is `add@/devices/…`.
 *
 * @returns `undefined` if it is not an event of the kernel, such as a message of udev
 * @throws TypeError naming the argument
 * @see lib/kobject_uevent.c
 */
export function parseDeviceEvent(data: Uint8Array): DeviceEvent | undefined {
  const [head = '', ...lines] = inputBytes(data, 'data').toString('utf8').split('\0');
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

function notificationsIn(data: Buffer): DeviceNotification[] {
  const device = parseDeviceEvent(data);
  return device === undefined ? [] : [{ kind: 'device', device }];
}

/**
 * Watches devices that are added, removed and changed. Events are collected from this call on.
 *
 * ```ts
 * for await (const { device } of watchDevices()) if (device) console.log(device.action, device.path);
 * ```
 *
 * The end of the loop closes the socket. Without a loop, call `return()` or declare the subscription with `await using`.
 *
 * @param options a `signal` that ends the subscription; a `timeout` (milliseconds) for each event
 */
export function watchDevices(options?: WaitOptions): Subscription<DeviceNotification> {
  const wait = checkWaitOptions(options);
  return subscribe(
    {
      protocol: NETLINK_KOBJECT_UEVENT,
      groups: [KERNEL_GROUP],
      lost: { kind: 'lost' },
      parse: notificationsIn,
    },
    wait,
  );
}
