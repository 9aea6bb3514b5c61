/** The work of `berkeley dump`. */

import { if_nametoindex } from 'berkeley';
import { ARPHRD_CAN } from 'berkeley/constants';
import { listLinks } from 'berkeley/netlink';
import type { Context } from '../context.js';
import { DONE } from '../exit-code.js';
import { captureCan } from './can-capture.js';
import type { CaptureOptions, Device } from './options.js';
import { capturePackets } from './packet-capture.js';

/** Runs `berkeley dump`. */
export async function dump(
  name: string,
  filter: readonly string[],
  options: CaptureOptions,
  context: Context,
): Promise<number> {
  const device = await deviceOf(name);
  if (device.hardwareType === ARPHRD_CAN) {
    await captureCan(name, filter, options, context);
    return DONE;
  }
  const { captured, dropped } = await capturePackets(device, filter.join(' '), options, context);
  context.output.note(`${captured} packets captured, ${dropped} dropped by the kernel`);
  return DONE;
}

async function deviceOf(name: string): Promise<Device> {
  if (name === 'any') return { name, hardwareType: ARPHRD_CAN };
  const index = if_nametoindex(name); // names the interface in its error
  const link = (await listLinks()).find(candidate => candidate.index === index);
  return { name, hardwareType: link?.hardwareType ?? 0 };
}
