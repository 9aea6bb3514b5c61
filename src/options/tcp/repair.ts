/** Options for the checkpoint and restore of a connection. */
import { tcp_repair_opt, tcp_repair_window } from '../../families/inet/layout.js';
import { list } from '../../layout/bytes.js';
import type { Codec } from '../../layout/codec.js';
import { range, uint32 } from '../../layout/numbers.js';
import { record, u32 } from '../../layout/record.js';
import { type Inet, tcp } from '../levels.js';
import type { Option, WriteOnlyOption } from '../option.js';

const needs = 'CAP_NET_ADMIN';
const UNDER_REPAIR = 'EPERM unless tcp.repair is on';

/** Whether the connection’s state can be written: `TCP_REPAIR_ON`, `_OFF`, `_OFF_NO_WP` (without a window probe). */
export const repair: Option<number, Inet> = tcp.readWrite('TCP_REPAIR', range(-1, 1), { needs });

/** The queue to repair: `TCP_NO_QUEUE`, `TCP_RECV_QUEUE`, `TCP_SEND_QUEUE`. */
export const repairQueue: Option<number, Inet> = tcp.readWrite('TCP_REPAIR_QUEUE', range(0, 2), {
  note: UNDER_REPAIR,
});

/** The sequence number of the selected queue. */
export const queueSeq: Option<number, Inet> = tcp.readWrite('TCP_QUEUE_SEQ', uint32, {
  note: 'EINVAL if no queue is selected; can be set only on a closed socket',
});

/** A TCP option that the peers negotiated. */
export interface RepairOption {
  /** The kind, as in the header: 2 MSS, 3 window scale, 4 SACK, 8 timestamps. */
  readonly code: number;
  /** The value; 0 if the option has none. For the window scale, the local one shifted left by 16, plus the peer’s. */
  readonly value: number;
}

const repairOption: Codec<RepairOption> = record<RepairOption>(tcp_repair_opt.size, {
  code: u32(tcp_repair_opt.opt_code),
  value: u32(tcp_repair_opt.opt_val),
});

/** The TCP options that the peers negotiated. */
export const repairOptions: WriteOnlyOption<readonly RepairOption[], Inet> = tcp.writeOnly(
  'TCP_REPAIR_OPTIONS',
  list(repairOption, 4),
  { note: `${UNDER_REPAIR}; only on an established connection` },
);

/** The windows of a connection. */
export interface RepairWindow {
  /** The sequence number of the last segment that changed the peer’s window. */
  readonly sndWl1: number;
  /** The peer’s window, in bytes. */
  readonly sndWnd: number;
  /** The largest window that the peer ever had, in bytes. */
  readonly maxWindow: number;
  /** The local receive window, in bytes. */
  readonly rcvWnd: number;
  /** The acknowledged sequence number when the local window was last advertised. */
  readonly rcvWup: number;
}

const windows: Codec<RepairWindow> = record<RepairWindow>(tcp_repair_window.size, {
  sndWl1: u32(tcp_repair_window.snd_wl1),
  sndWnd: u32(tcp_repair_window.snd_wnd),
  maxWindow: u32(tcp_repair_window.max_window),
  rcvWnd: u32(tcp_repair_window.rcv_wnd),
  rcvWup: u32(tcp_repair_window.rcv_wup),
});

/** The windows of the connection. */
export const repairWindow: Option<RepairWindow, Inet> = tcp.readWrite('TCP_REPAIR_WINDOW', windows, {
  note: UNDER_REPAIR,
});

/** The clock of the timestamps option. */
export const timestamp: Option<number, Inet> = tcp.readWrite('TCP_TIMESTAMP', uint32, {
  note: `set: ${UNDER_REPAIR}`,
});
