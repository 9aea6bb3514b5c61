/** Options of DCCP, level SOL_DCCP. Documentation/networking/dccp.rst; RFC 4340. It has left Linux with 6.16. */
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

/** Service codes in network order, one after the other. */
const serviceCodes: Codec<readonly number[]> = {
  type: 'array of integers, 32 bits',
  // The kernel says EINVAL to less space than it needs: for the first code, and for those of the list.
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
 * The service codes (RFC 5595): of a client the one that it wants, of a server those that it has, 32 at most. Both have to
 * agree, or connecting fails with `EBADRQC`; it is set before the connection is made, and is 0 where it is not.
 */
export const service: Option<readonly number[], Inet> = dccp.readWrite('DCCP_SOCKOPT_SERVICE', serviceCodes);

/** The longest packet that goes whole now, in bytes: the longest that may be sent. */
export const getCurMps: ReadOnlyOption<number, Inet> = dccp.readOnly('DCCP_SOCKOPT_GET_CUR_MPS', natural);

/** Whether the server’s end keeps the TIMEWAIT state, instead of the client’s. */
export const serverTimewait: Option<boolean, Inet> = dccp.readWrite('DCCP_SOCKOPT_SERVER_TIMEWAIT', boolean, {
  note: 'EOPNOTSUPP but on a socket that was accepted',
});

const AGREED = 'set before the connection is made; read after it, as it was agreed on';

/** How much of each packet sent the checksum covers: 0 all of it, 1 the head alone, n the head and 4 * (n - 1) bytes. */
export const sendCscov: Option<number, Inet> = dccp.readWrite('DCCP_SOCKOPT_SEND_CSCOV', range(0, 15), {
  note: AGREED,
});

/** How much of each packet received the checksum has to cover at least, in the same measure. */
export const recvCscov: Option<number, Inet> = dccp.readWrite('DCCP_SOCKOPT_RECV_CSCOV', range(0, 15), {
  note: AGREED,
});

/** Numbers of one byte. */
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

/** The congestion controls that this kernel has: `DCCPC_CCID2`, `DCCPC_CCID3`. */
export const availableCcids: ReadOnlyOption<readonly number[], Inet> = dccp.readOnly(
  'DCCP_SOCKOPT_AVAILABLE_CCIDS',
  ccids,
);

/**
 * The congestion controls to choose from, the best liked first, both ways. Before the connection is made; of those that both
 * ends name, the server’s best liked one is taken.
 */
export const ccid: WriteOnlyOption<readonly number[], Inet> = dccp.writeOnly('DCCP_SOCKOPT_CCID', ccids);

/** The congestion control of what is sent: those to choose from are set, and the one that was agreed on is read. */
export const txCcid: Option<number, Inet, readonly number[]> = dccp.readWrite(
  'DCCP_SOCKOPT_TX_CCID',
  ccidCodec,
  { note: 'read on a connected socket; ENOPROTOOPT before' },
);

/** The congestion control of what is received. */
export const rxCcid: Option<number, Inet, readonly number[]> = dccp.readWrite(
  'DCCP_SOCKOPT_RX_CCID',
  ccidCodec,
  { note: 'read on a connected socket; ENOPROTOOPT before' },
);

/** How packets wait to be sent: `DCCPQ_POLICY_SIMPLE`, or by priority: `DCCPQ_POLICY_PRIO`. */
export const qpolicyId: Option<number, Inet> = dccp.readWrite('DCCP_SOCKOPT_QPOLICY_ID', range(0, 1), {
  note: 'before the connection is made',
});

/** How many packets may wait to be sent; 0: any number. */
export const qpolicyTxqlen: Option<number, Inet> = dccp.readWrite('DCCP_SOCKOPT_QPOLICY_TXQLEN', natural);

/** More than any congestion control tells. */
const INFO = 128;

/** The figures of the congestion control of what is received, as the kernel lays them out: struct tfrc_rx_info of CCID 3. */
export const ccidRxInfo: ReadOnlyOption<Buffer, Inet> = dccp.readOnly(
  'DCCP_SOCKOPT_CCID_RX_INFO',
  rawBytes(INFO),
  { note: 'ENOPROTOOPT of CCID 2, which has none' },
);

/** The figures of the congestion control of what is sent, as the kernel lays them out: struct tfrc_tx_info of CCID 3. */
export const ccidTxInfo: ReadOnlyOption<Buffer, Inet> = dccp.readOnly(
  'DCCP_SOCKOPT_CCID_TX_INFO',
  rawBytes(INFO),
  { note: 'ENOPROTOOPT of CCID 2, which has none' },
);
