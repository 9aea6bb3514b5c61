/** The control messages of AF_BLUETOOTH. sco(7) and hci(7) of BlueZ. */
import { SOL_BLUETOOTH } from '../../constants/socket.js';
import { toBuffer } from '../../layout/memory.js';
import { int, short } from '../../layout/numbers.js';
import { timevalReader } from '../../layout/time.js';
import { defineReceived, type Receivable } from '../../message/codec.js';
import { type ControlInput, checkItems } from '../../message/control.js';
import { BT_SCM_PKT_STATUS, HCI_CMSG_DIR, HCI_CMSG_TSTAMP, SOL_HCI } from './constants.js';

/**
 * The status of a received voice packet. 0: received correctly. 1: might contain errors. 2: nothing was received. 3: a
 * part was lost. See the Bluetooth Core Specification, volume 4, part E, 5.4.3.
 *
 * Enable it with the option `bluetooth.pktStatus`, since Linux 5.9.
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

/** The values in the control messages of an HCI socket. */
export interface HciPacketInfo {
  /** Whether the packet came from the controller. Present only if `hci.dataDir` is set. */
  readonly isIncoming?: boolean;
  /**
   * The time of the packet by the system clock, in nanoseconds since the epoch, with a resolution of one microsecond.
   * Present only if `hci.timeStamp` is set.
   */
  readonly time?: bigint;
}

function dataOf(control: readonly ControlInput[], type: number, size: number): Buffer | undefined {
  const item = control.find(each => each.level === SOL_HCI && each.type === type);
  const data = item && toBuffer(item.data, 'data');
  return data === undefined || data.length < size ? undefined : data;
}

/**
 * Returns the direction and the time of a packet of a controller. Enable them with the options `hci.dataDir` and
 * `hci.timeStamp`.
 *
 * These control messages are not in `berkeley/control`, because `SOL_HCI` has the same number as `IPPROTO_IP`: only the
 * socket's family distinguishes them.
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
