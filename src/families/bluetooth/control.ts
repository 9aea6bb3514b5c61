/** The control messages of AF_BLUETOOTH. sco(7) of BlueZ. */
import { SOL_BLUETOOTH } from '../../constants/socket.js';
import { defineReceived, type Receivable } from '../../message/codec.js';
import { short } from '../../options/codec.js';
import { BT_SCM_PKT_STATUS } from './constants.js';

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
