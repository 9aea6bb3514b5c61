/** Options of HCI sockets (the controller itself), level SOL_HCI. hci(7) of BlueZ. */
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

/** A filter for HCI packets. */
export interface HciFilter {
  /** The packet types that are received, as bits: `1 << HCI_EVENT_PKT`. */
  readonly typeMask: number;
  /** The events that are received, as 64 bits. */
  readonly eventMask: bigint;
  /** The command whose command events are received; 0 for any. */
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

/** The filter for received packets. By default, no packet passes. */
export const filter: Option<HciFilter, 'bluetooth', Partial<HciFilter>> = hci.readWrite(
  'HCI_FILTER',
  filterCodec,
);

/** Adds the control message `HCI_CMSG_DIR` to each packet: its direction. */
export const dataDir: Option<boolean, 'bluetooth'> = hci.readWrite('HCI_DATA_DIR', boolean);

/** Adds the control message `HCI_CMSG_TSTAMP` to each packet: the time it was received. */
export const timeStamp: Option<boolean, 'bluetooth'> = hci.readWrite('HCI_TIME_STAMP', boolean);
