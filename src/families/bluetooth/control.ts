/** The control messages of AF_BLUETOOTH. sco(7) and hci(7) of BlueZ. */
import { SOL_BLUETOOTH } from '../../constants/socket.js';
import { toBuffer } from '../../layout/memory.js';
import { int, short } from '../../layout/numbers.js';
import { timevalReader } from '../../layout/time.js';
import { defineReceived, type Receivable } from '../../message/codec.js';
import { type ControlInput, checkItems } from '../../message/control.js';
import { BT_SCM_PKT_STATUS, HCI_CMSG_DIR, HCI_CMSG_TSTAMP, SOL_HCI } from './constants.js';

/**
 * Whether a packet of voice arrived well: 0; 1: it may have errors; 2: nothing arrived; 3: a part of it was lost. The
 * Bluetooth Core Specification, volume 4, part E, 5.4.3.
 *
 * Switched on with the option `bluetooth.pktStatus`, since Linux 5.9.
 *
 * @see sco(7) of BlueZ, BT_PKT_STATUS
 */
export const voicePacketStatus: Receivable<number> = defineReceived(
  {
    name: 'BT_SCM_PKT_STATUS',
    level: SOL_BLUETOOTH,
    type: BT_SCM_PKT_STATUS,
    man: 'sco(7) of BlueZ',
    since: '5.9',
    option: 'BT_PKT_STATUS',
  },
  short(1),
);

/** What the control messages of an HCI socket say. */
export interface HciPacketInfo {
  /** Whether the packet came from the controller, or went to it; only where `hci.dataDir` is set. */
  readonly isIncoming?: boolean;
  /** When, by the system's clock: nanoseconds since the epoch, in whole microseconds; only where `hci.timeStamp` is set. */
  readonly time?: bigint;
}

function dataOf(control: readonly ControlInput[], type: number, size: number): Buffer | undefined {
  const item = control.find(each => each.level === SOL_HCI && each.type === type);
  const data = item && toBuffer(item.data, 'data');
  return data === undefined || data.length < size ? undefined : data;
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
  checkItems(control, 'control');
  const direction = dataOf(control, HCI_CMSG_DIR, int.size);
  const time = dataOf(control, HCI_CMSG_TSTAMP, timevalReader.size);
  return Object.freeze({
    ...(direction && { isIncoming: int.decode(direction) !== 0 }),
    ...(time && { time: timevalReader.decode(time) }),
  });
}
