/** Options of HCI sockets, level SOL_HCI: the controller itself. hci(7) of BlueZ. */
import * as constants from '../families/bluetooth/constants.js';
import { hci_filter } from '../families/bluetooth/layout.js';
import type { Codec } from '../layout/codec.js';
import { boolean } from '../layout/numbers.js';
import { optional, record, u16, u32, wide } from '../layout/record.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

const hci = defineLevel({
  constants,
  level: constants.SOL_HCI,
  families: ['bluetooth'],
  protocols: [constants.BTPROTO_HCI],
  man: 'hci(7) of BlueZ',
});

/** Which packets are received. */
export interface HciFilter {
  /** Bits by kind of packet: `1 << HCI_EVENT_PKT`. */
  readonly typeMask: number;
  /** Bits by event, 64 of them. */
  readonly eventMask: bigint;
  /** The command that command events are to be of; 0 for any. */
  readonly opcode: number;
}

const filterCodec: Codec<HciFilter, Partial<HciFilter>> = record<HciFilter, Partial<HciFilter>>(
  hci_filter.size,
  {
    typeMask: optional(u32(hci_filter.type_mask), 0),
    eventMask: optional(wide(hci_filter.event_mask), 0n),
    opcode: optional(u16(hci_filter.opcode), 0),
  },
);

/** Which packets are received; none from the start. */
export const filter: Option<HciFilter, 'bluetooth', Partial<HciFilter>> = hci.readWrite(
  'HCI_FILTER',
  filterCodec,
);

/** Whether each packet says which way it went: the control message `HCI_CMSG_DIR`. */
export const dataDir: Option<boolean, 'bluetooth'> = hci.readWrite('HCI_DATA_DIR', boolean);

/** Whether each packet says when it came: the control message `HCI_CMSG_TSTAMP`. */
export const timeStamp: Option<boolean, 'bluetooth'> = hci.readWrite('HCI_TIME_STAMP', boolean);
