/** Options of J1939 sockets, level SOL_CAN_J1939. Documentation/networking/j1939.rst. */
import { SOCK_DGRAM } from '../constants/socket.js';
import * as constants from '../families/can/constants.js';
import { j1939_filter } from '../families/can/layout.js';
import { list } from '../layout/bytes.js';
import type { Codec } from '../layout/codec.js';
import { boolean, range } from '../layout/numbers.js';
import { optional, record, u8, u32, wide } from '../layout/record.js';
import { defineLevel } from './level.js';
import type { Option, WriteOnlyOption } from './option.js';

const j1939 = defineLevel({
  constants,
  level: constants.SOL_CAN_J1939,
  families: ['can'],
  types: [SOCK_DGRAM],
  protocols: [constants.CAN_J1939],
  man: 'Documentation/networking/j1939.rst',
});

const since = '5.4';

/**
 * A filter for J1939 messages. A message passes if its sender’s NAME, PGN and address equal these in all bits of the
 * masks.
 */
export interface J1939Filter {
  /** The sender’s NAME, 64 bits. */
  readonly name?: bigint | undefined;
  /** The bits of `name` that are compared; none by default. */
  readonly nameMask?: bigint | undefined;
  /** The parameter group number (PGN). */
  readonly pgn?: number | undefined;
  /** The bits of `pgn` that are compared; none by default. */
  readonly pgnMask?: number | undefined;
  /** The sender’s address. */
  readonly address?: number | undefined;
  /** The bits of `address` that are compared; none by default. */
  readonly addressMask?: number | undefined;
}

const filterCodec: Codec<J1939Filter> = record<J1939Filter>(j1939_filter.size, {
  name: optional(wide(j1939_filter.name), 0n),
  nameMask: optional(wide(j1939_filter.name_mask), 0n),
  pgn: optional(u32(j1939_filter.pgn), 0),
  pgnMask: optional(u32(j1939_filter.pgn_mask), 0),
  address: optional(u8(j1939_filter.addr), 0),
  addressMask: optional(u8(j1939_filter.addr_mask), 0),
});

/** The filters for received messages. A message that passes any of them is received; `[]` receives all. */
export const filter: WriteOnlyOption<readonly J1939Filter[], 'can'> = j1939.writeOnly(
  'SO_J1939_FILTER',
  list(filterCodec, 16),
  { since },
);

/** Whether messages for other addresses are received too (promiscuous mode). */
export const promisc: Option<boolean, 'can'> = j1939.readWrite('SO_J1939_PROMISC', boolean, { since });

/** The priority of sent messages, 0 to 7; lower is more urgent. */
export const sendPrio: Option<number, 'can'> = j1939.readWrite('SO_J1939_SEND_PRIO', range(0, 7), {
  since,
  needs: 'CAP_NET_ADMIN for 0 and 1',
});

/** Whether the error queue reports the progress of long messages. */
export const errqueue: Option<boolean, 'can'> = j1939.readWrite('SO_J1939_ERRQUEUE', boolean, { since });
