/** The groups of families that few kernels support. They are tested in the guest of vm/run.mjs. */
import { CAN_EFF_FLAG, type Socket, TIPC_HIGH_IMPORTANCE } from 'berkeley';
import {
  BT_MODE_EXT_FLOWCTL,
  BT_SECURITY_MEDIUM,
  CAN_ERR_BUSOFF,
  CAN_ISOTP_TX_PADDING,
  CANFD_MTU,
  HCI_EVENT_PKT,
  RDS_TRANS_TCP,
} from 'berkeley/constants';
import { tipc } from 'berkeley/options';
import {
  does,
  type GroupPlan,
  matching,
  reads,
  refusesToRead,
  refusesToSet,
  sets,
  where,
  writes,
} from '../plan.js';

/** More than the buffer that is allocated at first. */
const manyFilters = Array.from({ length: 40 }, (_, id) => ({ id, mask: 0x7ff }));

export const canRawPlans: GroupPlan = {
  kinds: ['can raw'],
  rows: {
    filter: sets(
      [...manyFilters, { id: CAN_EFF_FLAG | 0x12345, mask: CAN_EFF_FLAG | 0x1fffffff }],
      [...manyFilters, { id: (CAN_EFF_FLAG | 0x12345) >>> 0, mask: (CAN_EFF_FLAG | 0x1fffffff) >>> 0 }],
    ),
    errFilter: sets(CAN_ERR_BUSOFF),
    loopback: sets(false),
    recvOwnMsgs: sets(true),
    fdFrames: sets(true),
    xlFrames: sets(true),
    joinFilters: sets(true),
    xlVcidOpts: sets({ flags: 1, txVcid: 7 }, { flags: 1, txVcid: 7, rxVcid: 0, rxVcidMask: 0 }),
  },
};

const options = {
  flags: CAN_ISOTP_TX_PADDING,
  frameTxtime: 1000,
  extAddress: 0,
  txpadContent: 0xaa,
  rxpadContent: 0xcc,
  rxExtAddress: 0,
};

export const canIsotpPlans: GroupPlan = {
  kinds: ['can isotp'],
  rows: {
    opts: sets(options),
    recvFc: sets({ blockSize: 8, separationTime: 0.5, maxWait: 2 }),
    txStmin: sets(100_000),
    rxStmin: sets(100_000),
    llOpts: sets({ mtu: CANFD_MTU, txDl: 64, txFlags: 1 }),
  },
};

export const canJ1939Plans: GroupPlan = {
  kinds: ['can j1939'],
  rows: {
    filter: writes([
      { pgn: 0xfeca, pgnMask: 0x3ffff },
      { name: 7n, nameMask: 0xffn },
    ]),
    promisc: sets(true),
    sendPrio: sets(3),
    errqueue: sets(true),
  },
};

const group = { type: 4711, instance: 3 };

export const tipcPlans: GroupPlan = {
  kinds: ['tipc'],
  rows: {
    importance: sets(TIPC_HIGH_IMPORTANCE),
    srcDroppable: sets(true),
    destDroppable: sets(false),
    connTimeout: sets(4000),
    nodeRecvqDepth: reads(0),
    sockRecvqDepth: reads(0),
    sockRecvqUsed: reads(0),
    mcastBroadcast: does({ on: ['tipc rdm'] }),
    mcastReplicast: does({ on: ['tipc rdm'] }),
    nodelay: writes(true),
    groupJoin: sets(group, group.type, { on: ['tipc rdm'] }),
    groupLeave: does({
      on: ['tipc rdm'],
      before: socket => (socket as unknown as Socket<'tipc'>).setOption(tipc.groupJoin, group),
    }),
  },
};

export const rdsPlans: GroupPlan = {
  kinds: ['rds'],
  rows: {
    cancelSentTo: refusesToSet({ host: '127.0.0.1', port: 1 }, 'ENOTCONN', 'the socket is not bound'),
    recverr: sets(true),
    congMonitor: writes(true),
    transport: sets(RDS_TRANS_TCP),
  },
};

export const algPlans: GroupPlan = {
  kinds: ['alg'],
  rows: {
    setKey: writes(new Uint8Array(16)),
    setAeadAuthsize: writes(16),
    setDrbgEntropy: refusesToSet(new Uint8Array(16), 'EINVAL', 'an AEAD is no generator', {
      refused: where(['alg'], { code: 'ENOPROTOOPT', why: 'an AEAD is no generator' }),
    }),
    setKeyByKeySerial: refusesToSet(1, 'ENOKEY', 'there is no such key'),
  },
};

const secure = { level: BT_SECURITY_MEDIUM, keySize: 0 };

export const bluetoothPlans: GroupPlan = {
  kinds: ['l2cap'],
  rows: {
    security: sets({ level: BT_SECURITY_MEDIUM }, secure),
    deferSetup: refusesToSet(true, 'EINVAL', 'the socket is neither bound nor listening'),
    flushable: sets(true),
    power: sets({ forceActive: true }),
    voice: reads(
      matching((voice: { setting: number }) => voice.setting >= 0),
      { on: ['sco'] },
    ),
    sndmtu: refusesToRead('EINVAL', 'the socket is not of low energy'),
    rcvmtu: refusesToRead('EINVAL', 'the socket is not of low energy'),
    phy: refusesToRead('ENOTCONN', 'the socket is not connected'),
    mode: reads(
      matching((mode: number) => mode <= BT_MODE_EXT_FLOWCTL),
      {
        refusal: {
          code: 'ENOPROTOOPT',
          why: 'the module bluetooth of older kernels has to be told enable_ecred',
          when: 'get',
          perhaps: true,
        },
      },
    ),
    pktStatus: sets(true, true, { on: ['sco'] }),
  },
};

export const l2capPlans: GroupPlan = {
  kinds: ['l2cap'],
  rows: {
    options: reads(matching((value: { imtu: number }) => value.imtu > 0)),
    conninfo: refusesToRead('ENOTCONN', 'the socket is not connected'),
    lm: sets(0x2),
  },
};

export const rfcommPlans: GroupPlan = {
  kinds: ['rfcomm'],
  rows: {
    conninfo: refusesToRead('ENOTCONN', 'the socket is not connected'),
    lm: sets(0x2),
  },
};

export const scoPlans: GroupPlan = {
  kinds: ['sco'],
  rows: {
    options: refusesToRead('ENOTCONN', 'the socket is not connected'),
    conninfo: refusesToRead('ENOTCONN', 'the socket is not connected'),
  },
};

export const hciPlans: GroupPlan = {
  kinds: ['hci'],
  rows: {
    filter: sets(
      { typeMask: 1 << HCI_EVENT_PKT, eventMask: 1n << 4n },
      { typeMask: 1 << HCI_EVENT_PKT, eventMask: 1n << 4n, opcode: 0 },
    ),
    dataDir: sets(true),
    timeStamp: sets(true),
  },
};
