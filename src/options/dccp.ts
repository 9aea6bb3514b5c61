/** Options of DCCP, level SOL_DCCP. Documentation/networking/dccp.rst; RFC 4340. Linux removed DCCP in 6.16. */
import { SOCK_DCCP, SOL_DCCP } from '../constants/socket.js';
import { checkArray, checkInteger } from '../errors/argument.js';
import * as constants from '../families/inet/constants.js';
import { bytes as rawBytes } from '../layout/bytes.js';
import { asymmetric, type Codec } from '../layout/codec.js';
import { boolean, natural, range } from '../layout/numbers.js';
import { viewOf } from '../layout/view.js';
import { defineLevel } from './level.js';
import type { Inet } from './levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from './option.js';

const dccp = defineLevel({
  constants,
  level: SOL_DCCP,
  families: ['inet', 'inet6'],
  types: [SOCK_DCCP],
  protocols: [constants.IPPROTO_DCCP],
  man: 'Documentation/networking/dccp.rst',
});

const CODE = 4;

/** A list of service codes, in network byte order. */
const serviceCodes: Codec<readonly number[]> = {
  type: 'array of integers, 32 bits',
  // The kernel returns EINVAL if the buffer is too small for the first code and the list.
  size: CODE * (constants.DCCP_SERVICE_LIST_MAX_LEN + 1),
  fits: length => length % CODE === 0,
  encode(value, argument) {
    checkArray(value, argument);
    checkInteger(value.length, `${argument}.length`, 1, constants.DCCP_SERVICE_LIST_MAX_LEN);
    const bytes = new Uint8Array(CODE * value.length);
    for (const [i, code] of value.entries())
      viewOf(bytes).setUint32(CODE * i, checkInteger(code, `${argument}[${i}]`, 0, 0xfffffffe));
    return bytes;
  },
  decode: bytes =>
    Object.freeze(Array.from({ length: bytes.length / CODE }, (_, i) => viewOf(bytes).getUint32(CODE * i))),
};

/**
 * The service codes (RFC 5595), at most 32: on a client the code that it requests, on a server the codes that it
 * offers. The default is 0. Set them before connecting. If client and server do not agree, connecting fails with
 * `EBADRQC`.
 */
export const service: Option<readonly number[], Inet> = dccp.readWrite('DCCP_SOCKOPT_SERVICE', serviceCodes);

/** The maximum packet size at present, in bytes. A longer packet cannot be sent. */
export const getCurMps: ReadOnlyOption<number, Inet> = dccp.readOnly('DCCP_SOCKOPT_GET_CUR_MPS', natural);

/** Whether the server, instead of the client, keeps the TIMEWAIT state. */
export const serverTimewait: Option<boolean, Inet> = dccp.readWrite('DCCP_SOCKOPT_SERVER_TIMEWAIT', boolean, {
  note: 'EOPNOTSUPP except on an accepted socket',
});

const AGREED = 'set it before connecting; on a connected socket, reading returns the negotiated value';

/** The checksum coverage of sent packets: 0 covers all, 1 only the header, n the header and 4 * (n - 1) bytes. */
export const sendCscov: Option<number, Inet> = dccp.readWrite('DCCP_SOCKOPT_SEND_CSCOV', range(0, 15), {
  note: AGREED,
});

/** The minimum checksum coverage that received packets must have, in the same unit as `sendCscov`. */
export const recvCscov: Option<number, Inet> = dccp.readWrite('DCCP_SOCKOPT_RECV_CSCOV', range(0, 15), {
  note: AGREED,
});

/** A list of numbers of one byte each. */
const ccids: Codec<readonly number[]> = {
  type: 'array of DCCPC_CCID numbers',
  size: 16,
  fits: length => length <= 16,
  encode(value, argument) {
    checkArray(value, argument);
    checkInteger(value.length, `${argument}.length`, 1, 15);
    return Uint8Array.from(value, (ccid, i) => checkInteger(ccid, `${argument}[${i}]`, 0, 255));
  },
  decode: bytes => Object.freeze(Array.from(bytes)),
};

const ccidCodec: Codec<number, readonly number[]> = asymmetric(natural, ccids);

/** The congestion control algorithms that this kernel supports: `DCCPC_CCID2`, `DCCPC_CCID3`. */
export const availableCcids: ReadOnlyOption<readonly number[], Inet> = dccp.readOnly(
  'DCCP_SOCKOPT_AVAILABLE_CCIDS',
  ccids,
);

/**
 * The congestion control algorithms to negotiate for both directions, in order of preference. Set them before
 * connecting. The server’s first choice among those that both peers list is used.
 */
export const ccid: WriteOnlyOption<readonly number[], Inet> = dccp.writeOnly('DCCP_SOCKOPT_CCID', ccids);

/**
 * The congestion control algorithm for sending. Setting takes the algorithms to negotiate; reading returns the
 * negotiated one.
 */
export const txCcid: Option<number, Inet, readonly number[]> = dccp.readWrite(
  'DCCP_SOCKOPT_TX_CCID',
  ccidCodec,
  { note: 'readable on a connected socket; ENOPROTOOPT before' },
);

/** The congestion control algorithm for receiving. */
export const rxCcid: Option<number, Inet, readonly number[]> = dccp.readWrite(
  'DCCP_SOCKOPT_RX_CCID',
  ccidCodec,
  { note: 'readable on a connected socket; ENOPROTOOPT before' },
);

/** How packets in the send queue are ordered: `DCCPQ_POLICY_SIMPLE`, or `DCCPQ_POLICY_PRIO` (by priority). */
export const qpolicyId: Option<number, Inet> = dccp.readWrite('DCCP_SOCKOPT_QPOLICY_ID', range(0, 1), {
  note: 'set it before connecting',
});

/** The maximum number of packets in the send queue; 0 for no limit. */
export const qpolicyTxqlen: Option<number, Inet> = dccp.readWrite('DCCP_SOCKOPT_QPOLICY_TXQLEN', natural);

/** More bytes than any algorithm returns. */
const INFO = 128;

/**
 * The state of the congestion control algorithm for receiving, in the kernel’s layout: struct tfrc_rx_info for CCID 3.
 */
export const ccidRxInfo: ReadOnlyOption<Buffer, Inet> = dccp.readOnly(
  'DCCP_SOCKOPT_CCID_RX_INFO',
  rawBytes(INFO),
  { note: 'ENOPROTOOPT with CCID 2, which does not have it' },
);

/**
 * The state of the congestion control algorithm for sending, in the kernel’s layout: struct tfrc_tx_info for CCID 3.
 */
export const ccidTxInfo: ReadOnlyOption<Buffer, Inet> = dccp.readOnly(
  'DCCP_SOCKOPT_CCID_TX_INFO',
  rawBytes(INFO),
  { note: 'ENOPROTOOPT with CCID 2, which does not have it' },
);
