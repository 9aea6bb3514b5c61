import { DCCPC_CCID2, DCCPC_CCID3, DCCPQ_POLICY_PRIO } from 'berkeley/constants';
import { type GroupPlan, matching, reads, refusesToRead, refusesToSet, sets, writes } from '../plan.js';

const NONE = 'CCID 2 has no figures';

export const dccpPlans: GroupPlan = {
  kinds: ['dccp4', 'dccp6'],
  rows: {
    service: sets([0x44495343, 7]),
    getCurMps: reads(
      matching((most: number) => most > 1000),
      { on: ['dccp4 connected'] },
    ),
    serverTimewait: refusesToSet(true, 'ENOTSUP', 'it is no server’s end'),
    sendCscov: sets(3, 0),
    recvCscov: sets(1, 0),
    availableCcids: reads(
      matching((ccids: readonly number[]) => ccids.includes(DCCPC_CCID2) && ccids.includes(DCCPC_CCID3)),
    ),
    ccid: writes([DCCPC_CCID3, DCCPC_CCID2]),
    txCcid: sets([DCCPC_CCID3], undefined, {
      refusal: { code: 'ENOPROTOOPT', why: 'it is not connected', when: 'get' },
    }),
    rxCcid: reads(DCCPC_CCID2, { on: ['dccp4 connected'] }),
    qpolicyId: sets(DCCPQ_POLICY_PRIO),
    qpolicyTxqlen: sets(40),
    ccidRxInfo: refusesToRead('ENOPROTOOPT', NONE, { on: ['dccp4 connected'] }),
    ccidTxInfo: refusesToRead('ENOPROTOOPT', NONE, { on: ['dccp4 connected'] }),
  },
};
