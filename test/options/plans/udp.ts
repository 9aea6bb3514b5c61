import { UDP_ENCAP_ESPINUDP } from 'berkeley/constants';
import { type GroupPlan, sets, where } from '../plan.js';

export const udpPlans: GroupPlan = {
  kinds: ['udp4', 'udp6'],
  rows: {
    cork: sets(true),
    encap: sets(UDP_ENCAP_ESPINUDP, UDP_ENCAP_ESPINUDP, {
      refused: where(['udp4', 'udp6'], { code: 'ENOPROTOOPT', why: 'a kernel without ESP', perhaps: true }),
    }),
    segment: sets(1200),
    gro: sets(true),
    noCheck6Tx: sets(true),
    noCheck6Rx: sets(true),
  },
};

export const udplitePlans: GroupPlan = {
  kinds: ['udplite4', 'udplite6'],
  rows: { sendCscov: sets(20), recvCscov: sets(20) },
};
