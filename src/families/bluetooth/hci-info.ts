/** What the kernel says of each packet of a controller. hci(7) of BlueZ. */
import { littleEndian } from '../../address/byte-order.js';
import { timeval } from '../../constants/layout.js';
import { toBytes } from '../../message/bytes.js';
import type { ControlInput } from '../../message/control.js';
import { HCI_CMSG_DIR, HCI_CMSG_TSTAMP, SOL_HCI } from './constants.js';

/** What the control messages of an HCI socket say. */
export interface HciPacketInfo {
  /** Whether the packet came from the controller, or went to it; only where `hci.dataDir` is set. */
  readonly isIncoming?: boolean;
  /** When, by the system's clock: nanoseconds since the epoch, in whole microseconds; only where `hci.timeStamp` is set. */
  readonly time?: bigint;
}

function viewOf(control: readonly ControlInput[], type: number, size: number): DataView | undefined {
  const item = control.find(each => each.level === SOL_HCI && each.type === type);
  if (item === undefined) return undefined;
  const bytes = toBytes(item.data, 'data');
  return bytes.length < size ? undefined : new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Which way a packet of a controller went, and when: what the options `hci.dataDir` and `hci.timeStamp` ask for.
 *
 * No rows of `berkeley/control`: `SOL_HCI` is the number of `IPPROTO_IP`, so which messages these are only the socket tells.
 *
 * @param control the control messages of a message of an HCI socket
 * @see hci(7) of BlueZ, HCI_CMSG_DIR, HCI_CMSG_TSTAMP
 */
export function hciPacketInfo(control: readonly ControlInput[]): HciPacketInfo {
  const direction = viewOf(control, HCI_CMSG_DIR, 4);
  const time = viewOf(control, HCI_CMSG_TSTAMP, timeval.size);
  const part = (offset: number): bigint => time!.getBigInt64(offset, littleEndian);
  return Object.freeze({
    ...(direction && { isIncoming: direction.getInt32(0, littleEndian) !== 0 }),
    ...(time && { time: (part(timeval.tv_sec) * 1_000_000n + part(timeval.tv_usec)) * 1000n }),
  });
}
