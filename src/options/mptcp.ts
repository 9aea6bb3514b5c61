/** Options of Multipath TCP, level SOL_MPTCP. Documentation/networking/mptcp.rst. */

import type { SocketAddress } from '../address/address.js';
import { decodeAddress } from '../address/registry.js';
import { sockaddr_storage } from '../constants/layout.js';
import { SOCK_STREAM, SOL_MPTCP } from '../constants/socket.js';
import * as constants from '../families/inet/constants.js';
import { mptcp_info, mptcp_subflow_addrs, mptcp_subflow_data, tcp_info } from '../families/inet/layout.js';
import type { Codec } from '../layout/codec.js';
import { flag, record, u8, u32, wide } from '../layout/record.js';
import { littleEndian, viewOf } from '../layout/view.js';
import { checkCount } from './element-count.js';
import { defineLevel } from './level.js';
import type { Inet } from './levels.js';
import type { OptionCodec, ReadOnlyOption } from './option.js';
import { type TcpInfo, info as tcpInfo } from './tcp/info.js';

const mptcp = defineLevel({
  constants,
  level: SOL_MPTCP,
  families: ['inet', 'inet6'],
  types: [SOCK_STREAM],
  protocols: [constants.IPPROTO_MPTCP],
  man: 'Documentation/networking/mptcp.rst',
});

const since = '5.16';
const note = 'ENOTSUP if the connection fell back to plain TCP';

/** The state of a connection with several paths. Fields that an older kernel does not report are absent. */
export interface MptcpInfo {
  /** The number of additional subflows, without the first. */
  readonly subflows: number;
  /** The number of addresses that were announced to the peer. */
  readonly addAddrSignal: number;
  /** The number of the peer’s announced addresses that were accepted. */
  readonly addAddrAccepted: number;
  /** The maximum of `subflows`. */
  readonly subflowsMax: number;
  /** The maximum of `addAddrSignal`. */
  readonly addAddrSignalMax: number;
  /** The maximum of `addAddrAccepted`. */
  readonly addAddrAcceptedMax: number;
  /** `MPTCP_INFO_FLAG_` bits. */
  readonly flags: number;
  /** The local token, which identifies the connection. */
  readonly token: number;
  /** The sequence number of the next byte to send, 64 bits. */
  readonly writeSeq: bigint;
  /** The sequence number of the first byte that the peer has not acknowledged. */
  readonly sndUna: bigint;
  /** The sequence number of the next byte to receive. */
  readonly rcvNxt: bigint;
  /** The number of additional local addresses in use. */
  readonly localAddrUsed: number;
  /** The maximum of `localAddrUsed`. */
  readonly localAddrMax: number;
  /** Whether data carries a checksum. */
  readonly csumEnabled: boolean;
}

const infoCodec: Codec<MptcpInfo> = record<MptcpInfo>(
  mptcp_info.size,
  {
    subflows: u8(mptcp_info.mptcpi_subflows),
    addAddrSignal: u8(mptcp_info.mptcpi_add_addr_signal),
    addAddrAccepted: u8(mptcp_info.mptcpi_add_addr_accepted),
    subflowsMax: u8(mptcp_info.mptcpi_subflows_max),
    addAddrSignalMax: u8(mptcp_info.mptcpi_add_addr_signal_max),
    addAddrAcceptedMax: u8(mptcp_info.mptcpi_add_addr_accepted_max),
    flags: u32(mptcp_info.mptcpi_flags),
    token: u32(mptcp_info.mptcpi_token),
    writeSeq: wide(mptcp_info.mptcpi_write_seq),
    sndUna: wide(mptcp_info.mptcpi_snd_una),
    rcvNxt: wide(mptcp_info.mptcpi_rcv_nxt),
    localAddrUsed: u8(mptcp_info.mptcpi_local_addr_used),
    localAddrMax: u8(mptcp_info.mptcpi_local_addr_max),
    csumEnabled: flag(u8(mptcp_info.mptcpi_csum_enabled)),
  },
  mptcp_info.mptcpi_local_addr_used,
);

/** The state and counters of the whole connection. */
export const info: ReadOnlyOption<MptcpInfo, Inet> = mptcp.readOnly('MPTCP_INFO', infoCodec, { since, note });

/** More subflows than any kernel allows (8). */
const MOST_SUBFLOWS = 32;

/** The codec of a list with one element per subflow: a header with the size of an element, then the elements. */
function subflows<T>(
  type: string,
  size: number,
  decode: (element: Buffer) => T,
): OptionCodec<readonly T[], never> {
  const head = mptcp_subflow_data.size;
  const parameter = new Uint8Array(head);
  viewOf(parameter).setUint32(mptcp_subflow_data.size_subflow_data, head, littleEndian);
  viewOf(parameter).setUint32(mptcp_subflow_data.size_user, size, littleEndian);
  return {
    type: `array of ${type}`,
    size: head + MOST_SUBFLOWS * size,
    parameter,
    fits: length => length >= head,
    encode: () => parameter,
    decode(bytes) {
      const view = viewOf(bytes);
      const count = view.getUint32(mptcp_subflow_data.num_subflows, littleEndian);
      // An older kernel writes shorter elements than ours, and reports their size (net/mptcp/sockopt.c).
      const kernel = view.getUint32(mptcp_subflow_data.size_kernel, littleEndian);
      const step = Math.min(kernel, size);
      checkCount(count, step === 0 ? 0 : (bytes.length - head) / step, 'subflows');
      const at = (i: number) => head + i * step;
      return Object.freeze(
        Array.from({ length: count }, (_, i) => decode(bytes.subarray(at(i), at(i) + step))),
      );
    },
  };
}

/** `tcp.info` of each subflow. */
export const tcpinfo: ReadOnlyOption<readonly TcpInfo[], Inet> = mptcp.readOnly(
  'MPTCP_TCPINFO',
  subflows('TcpInfo', tcp_info.size, tcpInfo.read.decode),
  { since, note },
);

/** The addresses of a subflow. */
export interface SubflowAddresses {
  /** The local address; `null` if the kernel does not report it. */
  readonly local: SocketAddress | null;
  /** The peer’s address; `null` if the kernel does not report it. */
  readonly remote: SocketAddress | null;
}

function addressesOf(element: Buffer): SubflowAddresses {
  const addressAt = (offset: number) =>
    decodeAddress(element.subarray(offset, offset + sockaddr_storage.size), sockaddr_storage.size);
  return Object.freeze({
    local: addressAt(mptcp_subflow_addrs.ss_local),
    remote: addressAt(mptcp_subflow_addrs.ss_remote),
  });
}

/** The addresses of each subflow. */
export const subflowAddrs: ReadOnlyOption<readonly SubflowAddresses[], Inet> = mptcp.readOnly(
  'MPTCP_SUBFLOW_ADDRS',
  subflows('{ local, remote }', mptcp_subflow_addrs.size, addressesOf),
  { since, note },
);
